/* SPDX-License-Identifier: GPL-2.0-only */
/* The memory of a link: its regions in the device tree, what lies where in them, the mappings. */
#ifndef PEERBOOT_MEMORY_H
#define PEERBOOT_MEMORY_H

struct peer_link;

/*
 * Find @link's table and layout, check them against the regions that are reserved for them, and map
 * everything write-combined, for as long as its device is bound. 0 or a negative errno; the reason
 * is in the log.
 */
int memory_map(struct peer_link *link);

/* Have the link's buffers taken from its pool: dma_alloc_coherent() of its device does so then. */
int memory_take_pool(struct peer_link *link);

/* Map the pool as it is, for an end that finds the buffers in it. */
int memory_map_pool(struct peer_link *link);

#endif
