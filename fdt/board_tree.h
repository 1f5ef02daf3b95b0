/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the planner wants to know from the device tree that Linux will get. A tree lies at a
 * multiple of 8 (fdt/check.h), and is checked before it is read.
 */
#ifndef FDT_BOARD_TREE_H
#define FDT_BOARD_TREE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/range.h"

/* Mask of the cores under /cpus, by affinity level 0 of `reg` (at most 31). E_FDT_BROKEN. */
int board_tree_cores(struct bytes tree, uint32_t *cores, struct error *e);

/* RAM: the ranges of /memory nodes, empty ones left out. E_FDT_BROKEN, E_TOO_MANY (> @max). */
int board_tree_memory(struct bytes tree, struct range *ram, unsigned max, unsigned *count,
		      struct error *e);

/*
 * @names = the root's `compatible`: strings, each with its NUL; size 0 if there is none, or no tree
 * (size 0). E_FDT_BROKEN.
 */
int board_tree_compatible(struct bytes tree, struct bytes *names, struct error *e);

struct cells;
/* For a child of /cpus in a checked tree: is it a core, and which? false: no number below 32. */
bool board_tree_is_core(const void *fdt, int node);
bool board_tree_core(const void *fdt, int node, struct cells cells, unsigned *core);

#endif
