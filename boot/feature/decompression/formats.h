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

#endif
