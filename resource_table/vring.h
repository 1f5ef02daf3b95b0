/* SPDX-License-Identifier: BSD-2-Clause */
/* The size of a split vring (virtio 1.2, 2.7, legacy layout) and what limits it. */
#ifndef RESOURCE_TABLE_VRING_H
#define RESOURCE_TABLE_VRING_H

#include <stdint.h>

#define VRING_NUM_MAX	32768	/* virtio 1.2, 2.7 */
#define VRING_ALIGN_MAX 0x10000 /* keeps a ring's size far from 2^32 */

/*
 * Bytes of a ring of @num descriptors at @align; 0 if either is no power of two or over its limit.
 */
uint32_t vring_bytes(uint32_t num, uint32_t align);

#endif
