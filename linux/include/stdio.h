/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Lets files shared with the loader use snprintf() and vsnprintf() in the kernel, which has no
 * libc.
 */
#include <linux/kernel.h>
