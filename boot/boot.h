/* SPDX-License-Identifier: BSD-2-Clause */
/* A boot as it stands: what its stages are handed, and hand on. */
#ifndef BOOT_BOOT_H
#define BOOT_BOOT_H

#include <stdbool.h>

#include "boot/plan/plan.h"
#include "boot/staging.h"

struct boot {
	bool started;		/* a core runs: from now on nothing can be tried anew */
	bool fdt_is_stale;	/* a context has failed since Linux's tree was written */
	struct staging staging; /* the board's */
	/*
	 * Whoever boots sets its board, slot, minimum and compatible; the stages find, manifest
	 * and plan fill in the rest.
	 */
	struct plan_input in;
	struct plan plan;
};

#endif
