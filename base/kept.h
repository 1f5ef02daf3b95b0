/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What contexts are made anew from, as the loader keeps it for whoever does that: images, each as
 * one piece with its SHA-256, and which bytes of them go where. What no segment has of a context's
 * memory stays as it is.
 */
#ifndef BASE_KEPT_H
#define BASE_KEPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/range.h"

#define KEPT_CONTEXTS 8
#define KEPT_IMAGES   6	 /* of one context: its images, its table twice, a tree */
#define KEPT_SEGMENTS 96 /* of all */
#define KEPT_HASH     32 /* bytes: SHA-256 */

/* Bytes from @from of the image on go to @to; the rest of it is cleared. */
struct kept_segment {
	struct range to;
	const uint8_t *from;
	size_t size;
	phys_addr_t at; /* of @from, as others address it */
};

/* Verified again before any of it is written. */
struct kept_image {
	const uint8_t *data;
	size_t size;
	size_t unpacked;	  /* it is an LZ4 frame that makes so much: all of its segment */
	unsigned first, segments; /* of struct kept's segment[] */
	uint8_t hash[KEPT_HASH];
	phys_addr_t at; /* of @data, as others address it */
};

struct kept_context {
	struct kept_image image[KEPT_IMAGES];
	unsigned images; /* 0: it is not kept */
};

struct kept {
	struct kept_context context[KEPT_CONTEXTS]; /* as in the manifest */
	unsigned segments;
	struct kept_segment segment[KEPT_SEGMENTS];
};

#endif
