/* SPDX-License-Identifier: GPL-2.0-only */
/* Lets files shared with the loader include <stdarg.h> in the kernel, which has no libc. */
#include <linux/stdarg.h>
