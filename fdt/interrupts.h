/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who can ring doorbells in a device tree. For trees that fdt_check_tree() has passed.
 */
#ifndef FDT_INTERRUPTS_H
#define FDT_INTERRUPTS_H

#include <stdbool.h>
#include <stdint.h>

struct interrupt_controller {
	uint32_t phandle; /* 0: there is none */
	bool is_roots;	  /* whom nodes have that name none */
	const char *name; /* its `compatible`; of what the root has instead */
};

/*
 * Find the one of resource_table/doorbell_gic.h: the root's interrupt parent, or else the first in the
 * tree with a phandle. false: there is none.
 */
bool interrupts_find_gic(const void *fdt, struct interrupt_controller *gic);

#endif
