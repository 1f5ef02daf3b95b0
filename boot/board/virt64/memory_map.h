/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory map of QEMU's `virt` machine with 64-bit cores: virt's, but for the kernel. */
#ifndef VIRT64_MEMORY_MAP_H
#define VIRT64_MEMORY_MAP_H

#include "boot/board/virt/memory_map.h"

/* It runs where it is loaded. */
#undef KERNEL_BASE
#define KERNEL_BASE 0x40200000

#endif
