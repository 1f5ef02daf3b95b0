/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux's own resource table: three vdevs, each with a link resource, for links that Linux is the
 * owner of, and three references to links that others' tables describe. What the manifest has no
 * use for stays as it is here. On its own it is a small ELF beside the kernel (`table-image` in the
 * manifest), and it is a part of the ELF with the kernel (images/bootstrap).
 */
#include "images/lib/table.h"

#define LINUX_VDEVS	 3
#define LINUX_REFERENCES 3

struct linux_table {
	struct resource_table head;
	uint32_t offset[2 * LINUX_VDEVS + LINUX_REFERENCES]; /* of head */
	struct image_vdev vdev[LINUX_VDEVS];
	struct link_resource link[LINUX_VDEVS + LINUX_REFERENCES] __attribute__((aligned(8)));
} __attribute__((packed, aligned(8)));

#define OFFSET(member) offsetof(struct linux_table, member)

IMAGE_TABLE_SECTION const struct linux_table linux_table = {
	IMAGE_HEAD(linux_table),
	.offset = { OFFSET(vdev[0]), OFFSET(vdev[1]), OFFSET(vdev[2]), OFFSET(link[0]),
		    OFFSET(link[1]), OFFSET(link[2]), OFFSET(link[3]), OFFSET(link[4]),
		    OFFSET(link[5]) },
	.vdev = { IMAGE_VDEV, IMAGE_VDEV, IMAGE_VDEV },
	.link = { IMAGE_LINK(0), IMAGE_LINK(1), IMAGE_LINK(2), IMAGE_REFERENCE, IMAGE_REFERENCE,
		  IMAGE_REFERENCE },
};
