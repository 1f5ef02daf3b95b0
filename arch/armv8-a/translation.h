/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stage 1 translation of the loader's and of images' addresses (ARM DDI 0487, D8): 39 bits, granule
 * of 4 KiB, as large blocks as fit. What nobody maps faults.
 */
#ifndef ARCH_ARMV8_A_TRANSLATION_H
#define ARCH_ARMV8_A_TRANSLATION_H

#include <stdbool.h>

#include "base/range.h"

#define TRANSLATION_ENTRIES 512 /* of a table, which takes a page */

typedef uint64_t translation_table[TRANSLATION_ENTRIES] __attribute__((aligned(4096)));

struct translation {
	translation_table *table; /* the first is where walks start; zeros at first */
	unsigned tables, used;	  /* used: 1 at first */
};

/* Descriptor bits. Memory type by its number in MAIR, which translation_start() sets. */
#define TRANSLATION_DEVICE   (0ull << 2)	       /* nGnRE */
#define TRANSLATION_CACHED   (1ull << 2)	       /* write-back, allocating */
#define TRANSLATION_UNCACHED (2ull << 2)	       /* normal */
#define TRANSLATION_RO	     (1ull << 7)	       /* AP[2] */
#define TRANSLATION_XN	     (1ull << 54 | 1ull << 53) /* UXN, or XN at EL2, and PXN */
#define TRANSLATION_NONE     (~0ull)		       /* fault */

/*
 * Map @range, whole pages, to as many bytes from @to on, over what was mapped there. false if there
 * are not tables enough. Of what is in use, only that may be changed which the architecture lets
 * change without breaking it before (D8.14.1); then translation_changed().
 */
bool translation_map(struct translation *t, struct range range, phys_addr_t to,
		     uint64_t attributes);

/* Written by a core whose caches are on: let the walks see it, and forget what they saw before. */
void translation_changed(void);

/*
 * MMU and caches on. Of @uncached, whole lines that we wrote without caches, other cores' may hold
 * what was there before, and show us that once ours are on: it is invalidated first, so nobody
 * may hold more of it than RAM does. QEMU has no caches: no test shows it.
 */
void translation_start(const struct translation *t, struct range uncached);

#endif
