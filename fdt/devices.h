/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of a device tree can be somebody else's than Linux's? For trees that fdt_check_tree() has
 * passed.
 */
#ifndef FDT_DEVICES_H
#define FDT_DEVICES_H

#include <stdbool.h>

#include "base/core.h"

/* Is @other the node @node, or in it? */
bool device_contains(const void *fdt, int node, int other);

/*
 * Why can't Linux do without the node @node at @path? NULL: it can. It has PSCI, the cores' timers
 * or an interrupt controller in it, one from the root's up or @controller (0: none); or it is no
 * device at all but describes the board (/chosen, /cpus, /memory, /reserved-memory … and what is
 * in them). What it says is for people, and empty where nobody advises.
 */
const char *device_is_linuxs(const void *fdt, const char *path, int node, int controller);

/*
 * The first node that is enabled and refers to @node, or to what is in it, by a @property that
 * names what it cannot do without (clocks, interrupt controllers, supplies, GPIOs …); it is none
 * of @others (@count of them), nor in one, nor a core that is none of @linuxs. 0: there is none;
 * nobody uses what is disabled already, or is in such a thing. Not looked at: graphs
 * (`remote-endpoint`), whose ends refer to each other, and properties of a vendor's own.
 */
int device_find_user(const void *fdt, int node, const struct core_set *linuxs, const int *others,
		     unsigned count, const char **property);

#endif
