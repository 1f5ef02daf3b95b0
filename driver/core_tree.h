/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How Linux starts cores, as a device tree tells it. For the host: the loader's own way is that of
 * driver/core_ops.h.
 */
#ifndef DRIVER_CORE_TREE_H
#define DRIVER_CORE_TREE_H

#include <stdbool.h>

#include "base/core.h"
#include "base/error.h"

/*
 * Can a Linux with the device tree @tree start its cores, all that @tree has, by the firmware that
 * the board's own tree @board describes? It is entered on @first, and is one of 64 bits or not. A
 * board whose tree describes none is no matter of this. Both trees are whole. E_FDT_BROKEN.
 */
int core_tree_check(const void *tree, const void *board, core_id_t first, bool is_64,
		    struct error *e);

#endif
