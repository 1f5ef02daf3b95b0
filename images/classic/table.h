/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an ordinary firmware has of its own in each variant, a folder here: its resource table, with
 * what Linux's remoteproc knows and nothing else, and how Linux and it wake each other.
 */
#ifndef IMAGES_CLASSIC_TABLE_H
#define IMAGES_CLASSIC_TABLE_H

#include <stdbool.h>

#include "resource_table/layout.h"

#define CLASSIC_VDEVS  2 /* at most */
#define CLASSIC_VRINGS 2 /* of each: 0 for what we send, 1 for what we receive */

struct classic_vdev {
	struct resource_vdev vdev;
	struct resource_vring vring[CLASSIC_VRINGS];
} __attribute__((packed));

#define CLASSIC_VRING                                        \
	{                                                    \
		.da = RESOURCE_ANY, .align = 4096, .num = 64 \
	}
#define CLASSIC_VDEV                                         \
	{                                                    \
		.vdev = { .type = RESOURCE_VDEV,             \
			  .id = VIRTIO_ID_RPMSG_DEVICE,      \
			  .dfeatures = RPMSG_FEATURE_NS,     \
			  .num_of_vrings = CLASSIC_VRINGS }, \
		.vring = {                                   \
			CLASSIC_VRING,                       \
			CLASSIC_VRING                        \
		}                                            \
	}
#define CLASSIC_CARVEOUT                                                      \
	{                                                                     \
		.type = RESOURCE_CARVEOUT, .da = RESOURCE_ANY, .len = 0x2000, \
		.name = "classic-heap"                                        \
	}
#define CLASSIC_TRACE                                                                            \
	{                                                                                        \
		.type = RESOURCE_TRACE, .da = IMAGE_TRACE, .len = TRACE_SIZE, .name = IMAGE_NAME \
	}

struct classic {
	const char *channel; /* that it announces */
	unsigned vdevs;
	volatile struct classic_vdev *vdev;
	const volatile struct resource_carveout *carveout;
	/* Before all else: Linux may be told. */
	void (*start)(void);
	/* Wake the master: a ring of that vdev has news. */
	void (*ring)(unsigned vdev);
	/* Has the master rung since the last call? */
	bool (*rung)(void);
	void (*wait)(void);
	/* Whoever watches over this core says that it has crashed. */
	void (*crash)(void);
};
extern const struct classic classic;

#endif
