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
	int node;
	bool is_roots;	   /* whom nodes have that name none */
	const char *name;  /* its `compatible`; of what the root has instead */
	const char *lacks; /* why that can't ring doorbells: ": …" */
};

/*
 * Find the one of resource_table/doorbell_gic.h: the root's interrupt parent, or else the first in
 * the tree with a phandle. false: there is none.
 */
bool interrupts_find_gic(const void *fdt, struct interrupt_controller *gic);

#define INTERRUPTS_NONE UINT32_MAX /* no SPI */
#define INTERRUPTS_PATH 96	   /* bytes of a node's path, with NUL; a longer one is cut */

/*
 * Which of the @count SPIs @spi of the GIC does a device of the tree have that is enabled, and
 * which device? Its path goes to @path. Interrupts of nexus nodes (`interrupt-map`) count, and
 * those that a GICv2m frame hands out if the tree names them; links of ours don't. @count: none.
 */
typedef unsigned interrupts_find_user_t(const void *fdt, const struct interrupt_controller *gic,
					const uint32_t *spi, unsigned count,
					char path[INTERRUPTS_PATH]);
interrupts_find_user_t interrupts_find_user;

#endif
