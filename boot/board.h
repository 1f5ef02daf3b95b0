/* SPDX-License-Identifier: BSD-2-Clause */
/* What differs between boards: data, and the few functions behind it. One instance a board. */
#ifndef BOOT_BOARD_H
#define BOOT_BOARD_H

#include "base/bytes.h"
#include "base/range.h"

struct board_claim { /* what the loader itself occupies of RAM */
	const char *what;
	struct range range;
	unsigned phases; /* CLAIM_… */
};

struct board {
	const char *name;
	struct range slot[2]; /* flash, memory-mapped */
	struct range
		fdt_source;  /* where the board's own tree may be found; size: the most it takes */
	struct range fdt;    /* where the finished tree goes */
	struct range initrd; /* where an initrd without load address goes */
	phys_addr_t kernel;  /* where a kernel without load address goes */
	struct range record; /* boot record and pristine tables */
	struct range flash;  /* outside RAM, so that sources can't be destinations: not claimed */
	const struct board_claim *claims;
	unsigned claim_count;
};

extern const struct board board;

#endif
