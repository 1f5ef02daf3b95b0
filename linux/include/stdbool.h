/* SPDX-License-Identifier: GPL-2.0-only */
/* Lets headers shared with the loader include <stdbool.h> in the kernel, which has no libc. */
#include <linux/types.h>
