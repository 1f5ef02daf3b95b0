/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The resource table of a bare-metal image, in the section .resource_table, which the linker script
 * puts at the fixed address that the board's memory_map.h gives to it:
 *	vdevs		each for one link that this table describes, with its link resource
 *	trace
 *	references	each for one link that another context's table describes
 * The loader or the master fills in the addresses of vrings and buffers. Entries that the manifest
 * does not use stay as they are here.
 */
#ifndef IMAGES_LIB_TABLE_H
#define IMAGES_LIB_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include BOARD_MEMORY_MAP /* TRACE_SIZE */
#include "resource_table/layout.h"
#include "resource_table/link_resource.h"

#define IMAGE_VDEVS	  3
#define IMAGE_REFERENCES  3
#define IMAGE_LINKS	  (IMAGE_VDEVS + IMAGE_REFERENCES)
#define IMAGE_VRING_NUM	  256
#define IMAGE_VRING_ALIGN 4096

struct image_vdev {
	struct resource_vdev vdev;
	struct resource_vring vring[2];
} __attribute__((packed));

struct image_table {
	struct resource_table head;
	uint32_t offset[2 * IMAGE_VDEVS + 1 + IMAGE_REFERENCES]; /* of head */
	struct image_vdev vdev[IMAGE_VDEVS];
	struct resource_trace trace;
	struct link_resource link[IMAGE_LINKS] __attribute__((aligned(8))); /* the vdevs' first */
} __attribute__((packed, aligned(8)));

/* A table with a trace only, for an image whose links are described elsewhere. */
struct image_trace_table {
	struct resource_table head;
	uint32_t offset[1];
	struct resource_trace trace;
} __attribute__((packed, aligned(8)));

_Static_assert(sizeof(struct image_table) <= RESOURCE_TABLE_MAX, "the loader takes it");
_Static_assert(sizeof(struct link_resource) % 8 == 0, "each link resource is aligned to 8");

#define IMAGE_HEAD(table)                        \
	.head = { .ver = RESOURCE_TABLE_VERSION, \
		  .num = sizeof(((struct table *)0)->offset) / sizeof(uint32_t) }

#define IMAGE_TRACE_ENTRY(trace_name)                                                            \
	.trace = {                                                                               \
		.type = RESOURCE_TRACE, .da = IMAGE_TRACE, .len = TRACE_SIZE, .name = trace_name \
	}

#define IMAGE_VRING                                                                    \
	{                                                                              \
		.da = RESOURCE_ANY, .align = IMAGE_VRING_ALIGN, .num = IMAGE_VRING_NUM \
	}

#define IMAGE_VDEV                                       \
	{                                                \
		.vdev = { .type = RESOURCE_VDEV,         \
			  .id = VIRTIO_ID_RPMSG_DEVICE,  \
			  .dfeatures = RPMSG_FEATURE_NS, \
			  .num_of_vrings = 2 },          \
		.vring = {                               \
			IMAGE_VRING,                     \
			IMAGE_VRING                      \
		}                                        \
	}

#define IMAGE_LINK(number)                                                           \
	{                                                                            \
		.type = RESOURCE_LINK, .magic = LINK_MAGIC, .version = LINK_VERSION, \
		.length = sizeof(struct link_resource), .vdev = number               \
	}

#define IMAGE_REFERENCE IMAGE_LINK(LINK_NO_VDEV)

#define IMAGE_OFFSET(member) offsetof(struct image_table, member)

#define IMAGE_TABLE_SECTION __attribute__((section(".resource_table"), used))

/* Define the table of an image. @trace_name is the name of its trace, IMAGE_TRACE the address. */
#define IMAGE_TABLE(table, trace_name)                                                           \
	IMAGE_TABLE_SECTION volatile struct image_table table = {                                \
		IMAGE_HEAD(image_table),                                                         \
		.offset = { IMAGE_OFFSET(vdev[0]), IMAGE_OFFSET(vdev[1]), IMAGE_OFFSET(vdev[2]), \
			    IMAGE_OFFSET(trace), IMAGE_OFFSET(link[0]), IMAGE_OFFSET(link[1]),   \
			    IMAGE_OFFSET(link[2]), IMAGE_OFFSET(link[3]), IMAGE_OFFSET(link[4]), \
			    IMAGE_OFFSET(link[5]) },                                             \
		.vdev = { IMAGE_VDEV, IMAGE_VDEV, IMAGE_VDEV },                                  \
		IMAGE_TRACE_ENTRY(trace_name),                                                   \
		.link = { IMAGE_LINK(0), IMAGE_LINK(1), IMAGE_LINK(2), IMAGE_REFERENCE,          \
			  IMAGE_REFERENCE, IMAGE_REFERENCE },                                    \
	}

#define IMAGE_TRACE_TABLE(table, trace_name)                             \
	IMAGE_TABLE_SECTION volatile struct image_trace_table table = {  \
		IMAGE_HEAD(image_trace_table),                           \
		.offset = { offsetof(struct image_trace_table, trace) }, \
		IMAGE_TRACE_ENTRY(trace_name),                           \
	}

/*
 * After a restart, write into our own table what the loader had filled in, from the pristine copy
 * that its link resources name. Status, accepted features and sessions do not change, because both
 * ends use them. Returns false, and changes nothing, if there is no such copy.
 */
bool image_table_restore(volatile struct image_table *table);

/* Do the same only for the vdev and the link resource of our link @n, with status and features. */
bool image_table_lay_out(volatile struct image_table *table, unsigned n);

#endif
