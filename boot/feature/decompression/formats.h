/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The formats, one a file. Their decoders are libraries: libdeflate, LZ4's (lz4_block.h), xxHash's
 * header. What they write to is one piece, so none needs a window or a heap worth mentioning.
 */
#ifndef BOOT_FEATURE_DECOMPRESSION_FORMATS_H
#define BOOT_FEATURE_DECOMPRESSION_FORMATS_H

#include "boot/feature/decompression.h"

/*
 * gzip (RFC 1952), one member: its last word says how many bytes it makes, and that is what there
 * is room for.
 */
int gzip_run(struct bytes from, uint8_t *to, size_t room, size_t *size, struct error *e);

/*
 * LZ4 (its frame format 1.6.3, not the legacy one of `lz4 -l`), one frame without a dictionary.
 * With a content size that is what there is room for.
 */
int lz4_run(struct bytes from, uint8_t *to, size_t room, size_t *size, struct error *e);

/*
 * The first @size bytes that @from makes, BEGIN_MAX at most, to @to, and how many it announces to
 * make, *all. What it begins with is @first; nothing of it is verified. False: it announces none,
 * or does not begin with a piece that a decoder can take on its own. Then nothing is said of it.
 */
#define BEGIN_MAX 64u
typedef bool begin_t(struct bytes from, struct bytes first, uint8_t *to, size_t size, size_t *all);
begin_t gzip_begin, lz4_begin;

#endif
