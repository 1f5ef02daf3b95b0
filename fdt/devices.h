/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of a device tree can be somebody else's than Linux's? For trees that fdt_check_tree() has
 * passed.
 */
#ifndef FDT_DEVICES_H
#define FDT_DEVICES_H

#include <stdbool.h>

/* Is @other the node @node, or in it? */
bool device_contains(const void *fdt, int node, int other);

/*
 * Can't Linux do without the node @node at @path? It has PSCI, the cores' timers or an interrupt
 * controller in it, one from the root's up or @controller (0: none); or it is no device at all but
 * describes the board
 * (/chosen, /cpus, /memory, /reserved-memory … and what is in them).
 */
bool device_is_linuxs(const void *fdt, const char *path, int node, int controller);

/*
 * The first node that is enabled and refers to @node, or to what is in it, by a @property that
 * names what it cannot do without (clocks, interrupt controllers, supplies, GPIOs …); it is none
 * of @others (@count of them), nor in one. 0: there is none; nobody uses what is disabled
 * already. Not looked at: graphs (`remote-endpoint`), whose ends refer to each other, and
 * properties of a vendor's own.
 */
int device_find_user(const void *fdt, int node, const int *others, unsigned count,
		     const char **property);

#endif
