/* SPDX-License-Identifier: GPL-2.0-only */
/* Lets headers shared with the loader include <stddef.h> in the kernel, which has no libc. */
#include <linux/stddef.h>
#include <linux/types.h>
