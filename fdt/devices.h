/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of a device tree can be somebody else's than Linux's? For trees that fdt_check_tree() has
 * passed.
 */
#ifndef FDT_DEVICES_H
#define FDT_DEVICES_H

#include <stdbool.h>

/*
 * Can't Linux do without the node @node at @path? PSCI, the cores' timers, the interrupt
 * controllers from the root's to the GIC; or it is no device at all but describes the board
 * (/chosen, /cpus, /memory, /reserved-memory … and what is in them).
 */
bool device_is_linuxs(const void *fdt, const char *path, int node);

/*
 * The first node that is enabled and has @node for one of its `clocks`; it is none of @others
 * (@count of them), nor in one. 0: there is none.
 */
int device_find_user(const void *fdt, int node, const int *others, unsigned count);

#endif
