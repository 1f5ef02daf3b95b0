/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What both ends of a link must agree on: where the vrings and buffers are, and how large. Pure;
 * compiled into loader, images, host command and Linux's module alike.
 */
#ifndef RESOURCE_TABLE_LINK_LAYOUT_H
#define RESOURCE_TABLE_LINK_LAYOUT_H

#include <stdbool.h>

#include "base/error.h"
#include "base/range.h"
#include "resource_table/layout.h"
#include "resource_table/link_resource.h"

enum link_place { /* what a link needs a place for */
	LINK_VRING0,
	LINK_VRING1,
	LINK_BUFFERS,
	LINK_PLACES
};

/* What one of them takes. Tables have 32 bits for it. */
struct link_part {
	uint32_t base; /* RESOURCE_ANY: not known yet */
	uint32_t size; /* bytes */
};

struct link_layout {
	/*
	 * Page multiples, as a remoteproc master sizes them; bytes where a fixed one ends within a
	 * page.
	 */
	struct range vring[2];
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

/*
 * As a filled-in table says it, for checked entries. false if it is not filled in or makes no
 * sense.
 */
bool link_layout_read(struct link_layout *l, const struct resource_vdev *vdev,
		      const struct link_resource *link);

/* As remoteproc names their carve-outs, behind "vdevN": "vring0", "vring1", "buffer". */
extern const char link_part_names[LINK_PLACES][7];

struct range link_part_range(const struct link_part *part);

/*
 * What each part of a link takes: @part becomes RESOURCE_ANY and a size, bytes of a vring or a
 * power of two of pages for the pool. Given are num, align, buffer_len, and buffer_count, where 0
 * stands for num. Whom errors are about, the caller says. E_TABLE_BROKEN, E_TABLE_NO_ROOM.
 */
int link_layout_measure(struct link_layout *l, struct link_part part[LINK_PLACES], struct error *e);

/*
 * Then lay it out in @memory. What has got a base in @part, by its table, stays there: vrings have
 * to be at a multiple of their align (E_TABLE_BROKEN), and anything below 4 GiB. What has got a
 * larger size takes all of it. Then a place for the rest, first fit: vring 0, vring 1, buffers,
 * each in whole pages. @l is of no use after an error. E_TABLE_NO_ROOM.
 */
int link_layout_place(struct link_layout *l, struct link_part part[LINK_PLACES],
		      const struct range *memory, struct error *e);

/*
 * Linux as master is stock: drivers/rpmsg/virtio_rpmsg_bus.c takes buffers of 512 bytes, as many
 * each way as its receive ring has descriptors but no more than 256, and warns where the other ring
 * has not as many. Make @l's counts what it will take; E_LINK_LIMITS if that is less than they are
 * or, @exact, not the same.
 */
int link_layout_be_stock(struct link_layout *l, bool exact, struct error *e);

/* Does each of its parts lie in pages of its own? Linux reserves and maps whole ones. */
bool link_layout_in_pages(const struct link_layout *l);

/*
 * The static way: both ends and the loader come to the same layout by themselves. @memory starts
 * with a page for struct link_session; then vring 0, vring 1, and the pool, a power of two of
 * pages, each at a multiple of a page and of @align. buffer_count[] is by vring; 0 stands for @num.
 * @stock: Linux is the master, and link_layout_be_stock() has to hold, exactly. Errors as above,
 * and E_TABLE_BROKEN if a number makes no sense.
 */
struct link_static {
	struct range memory;
	uint32_t num;	/* descriptors of both vrings; a power of two */
	uint32_t align; /* bytes; a power of two */
	uint32_t buffer_len;
	uint32_t buffer_count[2];
};
int link_layout_static(struct link_layout *l, struct link_part part[LINK_PLACES],
		       const struct link_static *s, bool stock, struct error *e);

/* CRC-32 (IEEE 802.3) over all fields above, in their order, little-endian. Never 0. */
uint32_t link_layout_checksum(const struct link_layout *l);

#endif
