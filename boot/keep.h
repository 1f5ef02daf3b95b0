/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What contexts are made anew from (base/kept.h): images where they lie in flash that nobody else
 * reaches; of what does not, of resource tables as they were filled in and of Linux's tree, copies
 * in the board's room for them. For the features that have contexts made anew: monitor, resets.
 */
#ifndef BOOT_KEEP_H
#define BOOT_KEEP_H

#include "base/kept.h"
#include "boot/plan/plan.h"

struct keep {
	uint32_t contexts;	  /* a mask of the plan's; those that have failed are left out */
	const struct range *room; /* for copies */
	struct range flash;	  /* memory-mapped; what lies there stays. Size 0: all is copied */
};

/* Is there room for it? How much is @used. E_TOO_MANY, E_STAGING_FULL. */
int keep_check(const struct plan *plan, const struct keep *what, struct range *used,
	       struct error *e);

/*
 * Where all of it is going to be, to @kept; for which there has to be room. And when all of it is
 * in its place, with @copies, these, and of each image its SHA-256; of one that is not compressed
 * it is the boot image's. What can't be read any more has a wrong one: storage_failed().
 */
void keep_make(const struct plan *plan, const struct keep *what, bool copies, struct kept *kept);

#endif
