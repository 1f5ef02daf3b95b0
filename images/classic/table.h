/* SPDX-License-Identifier: BSD-2-Clause */
/* The resource table of an ordinary firmware: what Linux's remoteproc knows, and nothing else. */
#ifndef IMAGES_CLASSIC_TABLE_H
#define IMAGES_CLASSIC_TABLE_H

#include "resource_table/layout.h"

#define CLASSIC_VDEVS  2
#define CLASSIC_VRINGS 2 /* of each: 0 for what we send, 1 for what we receive */

struct classic_vdev {
	struct resource_vdev vdev;
	struct resource_vring vring[CLASSIC_VRINGS];
} __attribute__((packed));

struct classic_table {
	struct resource_table head;
	uint32_t offset[3 + CLASSIC_VDEVS];
	struct resource_carveout carveout;
	struct resource_carveout devmem;
	struct resource_trace trace;
	struct classic_vdev vdev[CLASSIC_VDEVS];
} __attribute__((packed, aligned(4)));

#endif
