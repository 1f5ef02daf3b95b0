/* SPDX-License-Identifier: GPL-2.0-only */
/* Lets headers shared with the loader include <stdint.h> in the kernel, which has no libc. */
#include <linux/types.h>
#include <linux/limits.h>

#ifndef UINT16_MAX
#define UINT16_MAX U16_MAX
#endif
#ifndef UINT32_MAX
#define UINT32_MAX U32_MAX
#endif
#ifndef UINT64_MAX
#define UINT64_MAX U64_MAX
#endif
