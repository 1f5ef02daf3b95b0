/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How cores are started: a driver has it (psci_ops, imx_src_ops), or the board. A board
 * names that of each of its clusters.
 */
#ifndef DRIVER_CORE_OPS_H
#define DRIVER_CORE_OPS_H

#include <stdbool.h>

#include "base/core.h"
#include "base/error.h"
#include "base/range.h"

struct core_ops {
	/*
	 * Start @core, by its hardware id, at @entry as the core sees it, in Thumb state if @thumb,
	 * with @argument where a function has its first one, its MMU and caches off. All that it
	 * reads is in RAM by then. E_CORE_START.
	 */
	int (*start)(core_id_t core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		     struct error *e);
	bool (*is_off)(core_id_t core); /* else it can't be started */
	/* Switch the core that this runs on off, so that anybody may start it. */
	void (*off)(void) __attribute__((noreturn));
};

#endif
