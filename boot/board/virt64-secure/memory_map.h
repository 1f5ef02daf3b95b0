/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory map of QEMU's `virt` machine with 64-bit cores and its Secure world. */
#ifndef VIRT64_SECURE_MEMORY_MAP_H
#define VIRT64_SECURE_MEMORY_MAP_H

#include "boot/board/virt-secure/memory_map.h"

/* As on virt64, it runs where it is loaded. */
#undef KERNEL_BASE
#define KERNEL_BASE 0x40200000

/* The GIC is a version 2, or 3 (-M virt,gic-version=3). */
#undef GIC_VERSION
#define GIC_VERSION 0

/* At EL3 the monitor has addresses of its own: no context maps it. */
#undef MONITOR_CODE_SIZE

#endif
