/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The resource table of an image with one link: vdev with two vrings, trace, link resource. It
 * goes into the section .resource_table, which the linker script puts at the fixed address that
 * the board's memory_map.h gives to it. Addresses of vrings and buffers are the loader's to fill in.
 */
#ifndef IMAGES_LIB_TABLE_H
#define IMAGES_LIB_TABLE_H

#include <stddef.h>

#include "resource_table/layout.h"
#include "resource_table/link_resource.h"

#define IMAGE_VRING_NUM	  256
#define IMAGE_VRING_ALIGN 4096

struct image_table {
	struct resource_table head;
	uint32_t offset[3]; /* of head */
	struct resource_vdev vdev;
	struct resource_vring vring[2]; /* of vdev */
	struct resource_trace trace;
	struct link_resource link;
} __attribute__((packed, aligned(8)));

_Static_assert(offsetof(struct image_table, link) % 8 == 0, "the link resource is aligned to 8");

/* Define the table. The link's owner is @own_role, its trace is named @trace_name. */
#define IMAGE_TABLE(table, own_role, trace_name)                                                \
	extern char trace_start[], trace_end[]; /* linker script */                             \
	__attribute__((section(".resource_table"), used)) volatile struct image_table table = { \
		.head = { .ver = RESOURCE_TABLE_VERSION, .num = 3 },                            \
		.offset = { offsetof(struct image_table, vdev),                                 \
			    offsetof(struct image_table, trace),                                \
			    offsetof(struct image_table, link) },                               \
		.vdev = { .type = RESOURCE_VDEV,                                                \
			  .id = VIRTIO_ID_RPMSG_DEVICE,                                         \
			  .dfeatures = RPMSG_FEATURE_NS,                                        \
			  .num_of_vrings = 2 },                                                 \
		.vring = { { .da = RESOURCE_ANY,                                                \
			     .align = IMAGE_VRING_ALIGN,                                        \
			     .num = IMAGE_VRING_NUM,                                            \
			     .notifyid = 0 },                                                   \
			   { .da = RESOURCE_ANY,                                                \
			     .align = IMAGE_VRING_ALIGN,                                        \
			     .num = IMAGE_VRING_NUM,                                            \
			     .notifyid = 1 } },                                                 \
		.trace = { .type = RESOURCE_TRACE,                                              \
			   .da = (uint32_t)trace_start,                                         \
			   .len = TRACE_SIZE,                                                   \
			   .name = trace_name },                                                \
		.link = { .type = RESOURCE_LINK,                                                \
			  .magic = LINK_MAGIC,                                                  \
			  .version = LINK_VERSION,                                              \
			  .length = sizeof(struct link_resource),                               \
			  .role = { own_role, LINK_MASTER - own_role } },                       \
	}

#endif
