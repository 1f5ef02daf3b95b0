/* SPDX-License-Identifier: GPL-2.0-only */
/* What the shared headers include, in the kernel's words: they are built without a C library. */
#include <linux/types.h>
