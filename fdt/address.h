/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a device is. For trees that fdt_check_tree() has passed. */
#ifndef FDT_ADDRESS_H
#define FDT_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/range.h"

/*
 * The first address of @node's `reg` as the processor has it, by the `ranges` of what @node is in
 * (Devicetree Specification 0.4, 2.3.8). false: it has none. @node is not the root.
 */
bool node_address(const void *fdt, int node, uint64_t *address);

/*
 * Call @one for each range of each node's `reg` that the processor has, up to the first that
 * returns other than 0, which is then returned. What @enter says no to is left out with all that is
 * in it.
 */
typedef bool node_enter_t(void *arg, int node);
typedef int node_range_t(void *arg, int node, const struct range *range);
int node_each_range(const void *fdt, node_enter_t *enter, node_range_t *one, void *arg);

#endif
