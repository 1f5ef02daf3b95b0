/* SPDX-License-Identifier: BSD-2-Clause */
/* What the planner wants to know from the device tree that Linux will get. */
#ifndef FDT_BOARD_TREE_H
#define FDT_BOARD_TREE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/range.h"

/* Mask of the cores under /cpus, by affinity level 0 of `reg`. E_FDT_BROKEN. */
int board_tree_cores(struct bytes tree, uint32_t *cores, struct error *e);

/* RAM: the ranges of /memory nodes, at most @max. E_FDT_BROKEN, E_TOO_MANY. */
int board_tree_memory(struct bytes tree, struct range *ram, unsigned max, unsigned *count,
		      struct error *e);

#endif
