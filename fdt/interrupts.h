/* SPDX-License-Identifier: BSD-2-Clause */
/* Interrupts in device trees, as far as they are the same whatever the controller. */
#ifndef FDT_INTERRUPTS_H
#define FDT_INTERRUPTS_H

#include <stdbool.h>
#include <stdint.h>

#define INTERRUPTS_CELLS 3 /* of one interrupt, at most */

struct interrupt_controller {
	uint32_t phandle;  /* 0: there is none */
	int node;	   /* 0: none */
	bool is_roots;	   /* whom nodes have that name none */
	unsigned version;  /* of its kind */
	const char *lacks; /* why what the root has instead, `node`, can't ring doorbells: ": …" */
};

#define INTERRUPTS_NONE UINT32_MAX /* no interrupt */
#define INTERRUPTS_PATH 96	   /* bytes of a node's path, with NUL; a longer one is cut */

/*
 * Which of the @count interrupts @number of @controller does a device of the tree have that is
 * enabled, and which device? Its path goes to @path. Interrupts of nexus nodes (`interrupt-map`)
 * count, and those that an MSI frame hands out if the tree names them; links of ours don't.
 * @count: none.
 */
typedef unsigned interrupts_find_user_t(const void *fdt,
					const struct interrupt_controller *controller,
					const uint32_t *number, unsigned count,
					char path[INTERRUPTS_PATH]);

#endif
