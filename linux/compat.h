/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where kernels differ, and nowhere else. Known to fit: Linux 6.1 (Debian 12) up to 6.12
 * (Debian 13).
 *
 * What an rpmsg bus needs is in a header that kernels keep to themselves,
 * drivers/rpmsg/rpmsg_internal.h of their source: it comes from there when the module is built, and
 * has to be of the kernel's own version, since its structures grow. The bus names each operation
 * that it fills in.
 *
 * 6.11 packed the callbacks, names and contexts that find_vqs() gets into one array.
 */
#ifndef PEERBOOT_COMPAT_H
#define PEERBOOT_COMPAT_H

#include <linux/version.h>

#include "rpmsg_internal.h"

#ifdef __BIG_ENDIAN
#error "resource tables are little-endian and read as they lie"
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)

#define FIND_VQS_PARAMETERS struct virtqueue_info vqs_info[], struct irq_affinity *desc

#define FIND_VQS_CALLBACK(i) (vqs_info[i].callback)
#define FIND_VQS_NAME(i)     (vqs_info[i].name)
#define FIND_VQS_CONTEXT(i)  (vqs_info[i].ctx)

#else

#define FIND_VQS_PARAMETERS                                                     \
	vq_callback_t *callbacks[], const char *const names[], const bool *ctx, \
		struct irq_affinity *desc

#define FIND_VQS_CALLBACK(i) (callbacks[i])
#define FIND_VQS_NAME(i)     (names[i])
#define FIND_VQS_CONTEXT(i)  (ctx ? ctx[i] : false)

#endif

#endif
