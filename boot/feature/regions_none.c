/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature regions, out of the build: nobody is given any. */
#include "boot/feature/regions.h"

bool gives_regions(void)
{
	return false;
}

const struct plan_context *regions_taker(const struct plan *plan, const struct tree_region *r)
{
	(void)plan, (void)r;
	return NULL;
}

int regions_take(struct plan *plan, struct error *e)
{
	(void)plan, (void)e;
	return 0;
}
