/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What both ends of a link must agree on: where the vrings and buffers are, and how large. Pure;
 * compiled into loader, images, host command and Linux's module alike.
 */
#ifndef RESOURCE_TABLE_LINK_LAYOUT_H
#define RESOURCE_TABLE_LINK_LAYOUT_H

#include <stdbool.h>

#include "base/range.h"
#include "resource_table/layout.h"
#include "resource_table/link_resource.h"

struct link_layout {
	struct range vring[2];	  /* page multiples, as a remoteproc master sizes them */
	uint32_t num[2];	  /* descriptors of each */
	uint32_t align[2];	  /* bytes */
	struct range buffers;	  /* the pool: vring 0's buffers first, then vring 1's */
	uint32_t buffer_len;	  /* bytes of one */
	uint32_t buffer_count[2]; /* of each vring */
};

/*
 * Vring 0 is the one in which the remote transmits; between two alike the link's owner does. The
 * owner is the end whose table describes the link, or whom the manifest's `table` names where
 * there is none.
 */
static inline unsigned link_transmit_vring(enum link_role role, enum link_end end)
{
	unsigned driver_of = end == LINK_OWNER ? LINK_ROLE_RX_DRIVER : LINK_ROLE_TX_DRIVER;

	return role & driver_of ? 1 : 0;
}

/* As a filled-in table says it, for checked entries. false if it is not filled in or makes no sense. */
bool link_layout_read(struct link_layout *l, const struct resource_vdev *vdev,
		      const struct link_resource *link);

/*
 * Lay out a link in @memory: a place for each vring whose base is RESOURCE_ANY (the others stay:
 * E_TABLE_BROKEN if they can't, at a multiple of their align and of a page, below 4 GiB), then for
 * the pool. Given are num, align, buffer_len, and buffer_count, where 0 stands for num. All places
 * are first fit: vring 0, vring 1, buffers. @l is of no use after an error. E_TABLE_NO_ROOM.
 */
int link_layout_place(struct link_layout *l, const struct range *memory);

/*
 * The static way: both ends and the loader come to the same layout by themselves. @memory starts
 * with a page for struct link_session; then vring 0, vring 1, and the pool, a power of two of pages,
 * each at a multiple of a page and of @align. buffer_count[] is by vring; 0 stands for @num.
 * false if @memory is too small or a number makes no sense.
 */
struct link_static {
	struct range memory;
	uint32_t num;	/* descriptors of both vrings; a power of two */
	uint32_t align; /* bytes; a power of two */
	uint32_t buffer_len;
	uint32_t buffer_count[2];
};
bool link_layout_static(struct link_layout *l, const struct link_static *s);

/* CRC-32 (IEEE 802.3) over all fields above, in their order, little-endian. Never 0. */
uint32_t link_layout_checksum(const struct link_layout *l);

#endif
