/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The resource table of Linux's remoteproc (include/linux/remoteproc.h), as it lies in an ELF's
 * `.resource_table` section: little-endian, packed, offsets from the start of the table.
 */
#ifndef RESOURCE_TABLE_LAYOUT_H
#define RESOURCE_TABLE_LAYOUT_H

#include <stdint.h>

#define RESOURCE_TABLE_VERSION 1
#define RESOURCE_ANY	       0xFFFFFFFFu /* "choose an address for me" */
#define RESOURCE_TABLE_MAX     2048	   /* bytes; the largest table that peerboot takes */

enum resource_type {
	RESOURCE_CARVEOUT = 0,
	RESOURCE_DEVMEM = 1,
	RESOURCE_TRACE = 2,
	RESOURCE_VDEV = 3,
	RESOURCE_VENDOR_FIRST = 128,
	RESOURCE_VENDOR_LAST = 512,
};

struct resource_table {
	uint32_t ver;
	uint32_t num;
	uint32_t reserved[2];
	uint32_t offset[]; /* num of them */
} __attribute__((packed));

/* Every entry starts with its type; the sizes below include it. */
struct resource_carveout { /* DEVMEM has the same layout */
	uint32_t type;
	uint32_t da;
	uint32_t pa;
	uint32_t len;
	uint32_t flags;
	uint32_t reserved;
	uint8_t name[32];
} __attribute__((packed));

struct resource_trace {
	uint32_t type;
	uint32_t da;
	uint32_t len;
	uint32_t reserved;
	uint8_t name[32];
} __attribute__((packed));

struct resource_vring {
	uint32_t da;
	uint32_t align; /* bytes */
	uint32_t num;	/* buffers; a power of two */
	uint32_t notifyid;
	uint32_t pa;
} __attribute__((packed));

struct resource_vdev {
	uint32_t type;
	uint32_t id; /* virtio device id; 7 is RPMsg */
	uint32_t notifyid;
	uint32_t dfeatures;
	uint32_t gfeatures;
	uint32_t config_len; /* bytes of config space behind the last vring */
	uint8_t status;	     /* virtio device status */
	uint8_t num_of_vrings;
	uint8_t reserved[2];
	struct resource_vring vring[];
} __attribute__((packed));

#define VIRTIO_ID_RPMSG_DEVICE 7
#define RPMSG_FEATURE_NS       (1u << 0)

#endif
