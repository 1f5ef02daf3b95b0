/* SPDX-License-Identifier: BSD-2-Clause */
/* What Linux's device tree says of the monitor. */
#ifndef MONITOR_TREE_H
#define MONITOR_TREE_H

#include "fdt/linux_tree.h"

extern const struct linux_firmware monitor_firmware;

#endif
