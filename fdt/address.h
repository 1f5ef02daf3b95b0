/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a device is. For trees that fdt_check_tree() has passed. */
#ifndef FDT_ADDRESS_H
#define FDT_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The first address of @node's `reg` as the processor has it, by the `ranges` of what @node is in
 * (Devicetree Specification 0.4, 2.3.8). false: it has none. @node is not the root.
 */
bool node_address(const void *fdt, int node, uint64_t *address);

#endif
