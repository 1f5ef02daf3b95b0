/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux's own resource table: three vdevs for links that Linux owns, and three references to links
 * that others' tables describe. What the manifest has no use for stays as it is here.
 */
#include <stddef.h>

#include "resource_table/layout.h"
#include "resource_table/link_resource.h"

#define VDEVS	   3
#define REFERENCES 3
#define VRING                                                 \
	{                                                     \
		.da = RESOURCE_ANY, .align = 4096, .num = 256 \
	}
#define LINK(number)                                                                 \
	{                                                                            \
		.type = RESOURCE_LINK, .magic = LINK_MAGIC, .version = LINK_VERSION, \
		.length = sizeof(struct link_resource), .vdev = number               \
	}
#define OFFSET(member) offsetof(struct linux_table, member)

struct linux_table {
	struct resource_table head;
	uint32_t offset[2 * VDEVS + REFERENCES]; /* of head */
	struct {
		struct resource_vdev vdev;
		struct resource_vring vring[2]; /* of vdev */
	} __attribute__((packed)) vdev[VDEVS];
	struct link_resource link[VDEVS + REFERENCES] __attribute__((aligned(8)));
} __attribute__((packed, aligned(8)));

__attribute__((section(".resource_table"), used)) struct linux_table linux_table = {
	.head = { .ver = RESOURCE_TABLE_VERSION, .num = 2 * VDEVS + REFERENCES },
	.offset = { OFFSET(vdev[0]), OFFSET(vdev[1]), OFFSET(vdev[2]), OFFSET(link[0]),
		    OFFSET(link[1]), OFFSET(link[2]), OFFSET(link[3]), OFFSET(link[4]),
		    OFFSET(link[5]) },
	.vdev = { [0 ... VDEVS - 1] = { .vdev = { .type = RESOURCE_VDEV,
						  .id = VIRTIO_ID_RPMSG_DEVICE,
						  .dfeatures = RPMSG_FEATURE_NS,
						  .num_of_vrings = 2 },
					.vring = { VRING, VRING } } },
	.link = { LINK(0), LINK(1), LINK(2),
		  [VDEVS... VDEVS + REFERENCES - 1] = LINK(LINK_NO_VDEV) },
};
