/* SPDX-License-Identifier: BSD-2-Clause */
/* The peer with a table at the very start of its memory, of the size that TI's drivers read. */
#include "resource_table/layout.h"
#include "test/boot/images/peer.c"

static const struct {
	struct resource_table head;
	uint32_t offset[1];
	struct resource_vdev vdev;
	struct resource_vring vring[2];
} __attribute__((packed, aligned(8))) table __attribute__((section(".resource_table"), used)) = {
	.head = { .ver = RESOURCE_TABLE_VERSION, .num = 1 },
	.offset = { sizeof(table.head) + sizeof(table.offset) },
	.vdev = { .type = RESOURCE_VDEV, .id = VIRTIO_ID_RPMSG_DEVICE, .num_of_vrings = 2 },
	.vring = { { .da = RESOURCE_ANY, .align = 4096, .num = 256 },
		   { .da = RESOURCE_ANY, .align = 4096, .num = 256 } },
};
