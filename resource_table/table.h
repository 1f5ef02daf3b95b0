/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Read, check and fill a resource table. Pure: works on a copy in the caller's memory.
 *
 * table_read() checks what Linux's rproc_handle_resources() and its handlers would refuse
 * (version, reserved words, truncated entries, more than two vrings, num not a power of two …),
 * that entries lie in the order of their offsets and apart, and says where each lies; nothing of
 * an unread table is ever trusted. Entries of unknown type are stepped over, as Linux does.
 */
#ifndef RESOURCE_TABLE_TABLE_H
#define RESOURCE_TABLE_TABLE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/range.h"
#include "resource_table/layout.h"
#include "resource_table/link_layout.h"
#include "resource_table/vring.h"

#define TABLE_VDEVS 4

struct table_entry {
	uint32_t type;
	uint32_t offset; /* bytes from the start of the table */
	/* Bytes, as its type and counts demand; an unknown type reaches to the next entry. */
	uint32_t size;
};

struct table {
	uint8_t *data; /* the caller's copy, which the fillers change; any alignment */
	size_t size;
	unsigned count;
	struct table_entry entry[RESOURCE_ENTRIES_MAX];
};

/* @owner names the context in errors. @t has no entries after E_TABLE_BROKEN or E_TOO_MANY. */
int table_read(struct table *t, uint8_t *data, size_t size, const char *owner, struct error *e);

/* The @n-th entry of @type, from 0; NULL if there is none. */
const struct table_entry *table_find(const struct table *t, uint32_t type, unsigned n);

/* What the loader knows of a link from manifest and board. */
struct link_description {
	const char *name[2];  /* [LINK_OWNER], [LINK_PEER] */
	phys_addr_t table[2]; /* 0: none */
	enum link_role role[2];
	struct link_doorbell doorbell[2];
	uint32_t buffer_len;
	uint32_t buffer_count[2]; /* 0: as many as that end's transmit vring has; never more */
	enum link_method method;
	bool by_resource;     /* an end knows it only from the link resource: there has to be one */
	struct range memory;  /* where ANY addresses and the buffer pool are taken from */
	phys_addr_t pristine; /* of the table; 0: none */
};

/*
 * Do for vdev number @vdev what a remoteproc master would: give vrings with address ANY a place
 * in @d->memory and check the others (a multiple of their align and of a page, below 4 GiB; where
 * they may lie is for the planner to say), number the vrings' notifyids, clear status and
 * gfeatures. DA and PA are one here. Then lay out the buffer pool, a power of two of pages as
 * Linux's coherent pools hand them out, and fill in the link resource for this vdev if there is
 * one, its session at 0. All places are first fit in @d->memory: vring 0, vring 1, buffers, around
 * vrings with fixed addresses. The table is unchanged after an error.
 * E_TABLE_NO_VDEV, E_TABLE_NO_ROOM, E_TABLE_BROKEN; E_TABLE_NO_LINK without a link resource,
 * if it takes one.
 */
int table_fill_link(struct table *t, unsigned vdev, const struct link_description *d,
		    struct link_layout *layout, struct error *e);

/*
 * The handshake way (@d->method): find the same layout, so that others can keep clear of it and hand
 * it to the end that will fill the link in, but fill in only the link resource, without its buffer_
 * members; vdev and vrings stay as the ELF has them. Errors as above.
 */
int table_offer_link(struct table *t, unsigned vdev, const struct link_description *d,
		     struct link_layout *layout, struct error *e);

/*
 * Tell an end of a link that another's table describes: fill in the next reference that is free
 * (table[LINK_OWNER] is 0) in its table @t, all of it, the buffers by @layout, and LINK_NO_VDEV
 * stays. false: there is none.
 */
bool table_fill_reference(struct table *t, const struct link_description *d,
			  const struct link_layout *layout);

/*
 * Give every carve-out with address ANY a place in @memory: page-aligned, first fit from its
 * start, around the table's other areas; DA and PA are one. Calls @each for every carve-out,
 * DEVMEM (its PA) and trace entry with its final address, in table order; a non-zero return of
 * it ends the walk and is returned. E_TABLE_NO_ROOM, E_TABLE_BROKEN.
 */
struct table_area {
	uint32_t type; /* RESOURCE_CARVEOUT, RESOURCE_TRACE, RESOURCE_DEVMEM */
	struct range range;
};
int table_fill_areas(struct table *t, struct range memory, const char *owner,
		     int (*each)(void *arg, const struct table_area *area), void *arg,
		     struct error *e);

#endif
