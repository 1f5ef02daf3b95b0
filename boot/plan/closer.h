/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a plan that holds can still be wrong about: all is well-formed and in its place, and Linux,
 * or a firmware, then fails without a word that says why. Only the host's command has room to look
 * (looks_closer(), base/explain.h).
 */
#ifndef BOOT_PLAN_CLOSER_H
#define BOOT_PLAN_CLOSER_H

#include "boot/plan/plan.h"

struct closer_feature {
	/*
	 * For a whole @plan. @tree is what Linux will get, as linux_tree_write() made it; NULL: no
	 * Linux is started. e->culprit is the context whose fault it is.
	 */
	int (*check)(struct plan *plan, const void *tree, struct error *e);
};
extern const struct closer_feature closer_feature;

#endif
