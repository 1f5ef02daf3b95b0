/* SPDX-License-Identifier: GPL-2.0-only */
/* Lets headers shared with the loader include <string.h> in the kernel, which has no libc. */
#include <linux/string.h>
