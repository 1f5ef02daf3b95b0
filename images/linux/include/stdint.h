/* SPDX-License-Identifier: GPL-2.0-only */
/* Lets headers shared with the loader include <stdint.h> in the kernel, which has no libc. */
#include <linux/types.h>
#include <linux/limits.h>
