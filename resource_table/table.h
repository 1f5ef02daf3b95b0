/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Read, check and fill a resource table. Pure: works on a copy in the caller's memory; the one
 * reader of loader, images, host command and Linux's module.
 *
 * The rules are those of Linux's remoteproc, rproc_handle_resources() and its handlers: what they
 * take is taken, and an entry of a type that they step over is stepped over. Entries may lie in any
 * order, at any offset. Only what is written to later, and so must not change what was
 * checked, has to lie apart from everything else: carve-outs, vdevs, link resources.
 *
 * What a link asks of its vdev (two vrings, their num and align) is checked where one uses it.
 */
#ifndef RESOURCE_TABLE_TABLE_H
#define RESOURCE_TABLE_TABLE_H

#include "base/error.h"
#include "base/range.h"
#include "resource_table/layout.h"
#include "resource_table/link_layout.h"
#include "resource_table/vring.h"

#define TABLE_VDEVS 32 /* links may use those below */

struct table_entry {
	uint32_t type;
	uint32_t offset; /* bytes from the start of the table */
	uint32_t size;	 /* bytes, as its type and counts demand; TABLE_OPAQUE: not known */
};
#define TABLE_OPAQUE ((uint32_t)sizeof(uint32_t)) /* nothing but the type is known */

struct table {
	uint8_t *data;	  /* the caller's copy, which the fillers change; any alignment */
	size_t size;	  /* at most RESOURCE_TABLE_MAX: what lies behind is not looked at */
	unsigned count;	  /* of its entries */
	bool zero_is_any; /* address 0 is RESOURCE_ANY: no RAM there; the reader says false */
};

/* @owner names the context in errors. @t has no entries after E_TABLE_BROKEN. */
int table_read(struct table *t, uint8_t *data, size_t size, const char *owner, struct error *e);

/* Entry @i, one of t->count. A link resource without our magic is opaque: it is somebody else's. */
struct table_entry table_entry(const struct table *t, unsigned i);

/*
 * The @n-th entry of @type, one of the four of remoteproc or RESOURCE_LINK, from 0; NULL if there
 * is none. All of it is there.
 */
void *table_find(const struct table *t, uint32_t type, unsigned n);

/* The link resource of @vdev, or the @n-th reference (LINK_NO_VDEV), from 0; NULL: none. */
struct link_resource *table_find_link(const struct table *t, uint32_t vdev, unsigned n);

/*
 * The carve-out that is, by its name, the place of vring 0 or 1 of vdev number @vdev, or of its
 * buffers: "vdev0vring0", "vdev0vring1", "vdev0buffer". The first of that name; NULL: none.
 */
struct resource_carveout *table_find_place(const struct table *t, unsigned vdev,
					   enum link_place place);

/* Is @address to be chosen? */
bool table_is_any(const struct table *t, uint32_t address);

/* What the loader knows of a link. Whom errors are about, the caller says. */
struct link_description {
	const char *name[2];  /* [LINK_OWNER], [LINK_PEER] */
	phys_addr_t table[2]; /* 0: none */
	enum link_role role[2];
	struct link_doorbell doorbell[2];
	uint32_t buffer_len;
	uint32_t buffer_count[2]; /* 0: as many as that end's transmit vring has; never more */
	enum link_method method;
	bool by_resource;     /* an end knows it only from the link resource: there has to be one */
	bool stock;	      /* the master is Linux's virtio_rpmsg_bus: link_layout_be_stock() */
	struct range memory;  /* where ANY addresses and the buffer pool are taken from */
	phys_addr_t pristine; /* of the table; 0: none */
};

/*
 * Do for vdev number @vdev what a remoteproc master would: give vrings with address ANY a place
 * in @d->memory and check the others (where they may lie is for the planner to say), number the
 * vrings' notifyids, clear status and gfeatures. A carve-out that is the place of a vring or of the
 * buffers by its name is where they lie, at its start. DA and PA are one here. Then lay out the
 * buffer pool, a power of two of pages as Linux's coherent pools hand them out, and fill in the
 * link resource for this vdev if there is one, its session at 0. All places are first fit in
 * @d->memory: vring 0, vring 1, buffers, around what has a fixed address. @part says what was
 * taken: a carve-out as a whole. The table is unchanged after an error. E_TABLE_NO_VDEV,
 * E_TABLE_NO_ROOM, E_TABLE_BROKEN, E_LINK_LIMITS; E_TABLE_NO_LINK without a link resource, if it
 * takes one.
 */
int table_fill_link(struct table *t, unsigned vdev, const struct link_description *d,
		    struct link_layout *layout, struct link_part part[LINK_PLACES],
		    struct error *e);

/*
 * The handshake way (@d->method): find the same layout, so that others can keep clear of it and
 * hand it to the end that will fill the link in, but fill in only the link resource, without its
 * buffer_ members, and carve-outs that are a place; vdev and vrings stay as the ELF has them.
 * Errors as above.
 */
int table_offer_link(struct table *t, unsigned vdev, const struct link_description *d,
		     struct link_layout *layout, struct link_part part[LINK_PLACES],
		     struct error *e);

/* The same layout, with nothing filled in. */
int table_lay_out_link(const struct table *t, unsigned vdev, const struct link_description *d,
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
 * start, around the table's other areas; DA and PA are one. Calls @each for every carve-out and
 * every trace, in table order; a trace may have no address: RESOURCE_ANY. If @each returns other
 * than 0, the walk ends and returns that. Left out is what is the place of a vring or of buffers of
 * a vdev in the mask @linked: that is for table_fill_link(). DEVMEM is a device, and nobody's to
 * place. E_TABLE_NO_ROOM, E_TABLE_BROKEN.
 */
struct table_area {
	uint32_t type;	     /* RESOURCE_CARVEOUT, RESOURCE_TRACE */
	const uint8_t *name; /* in the table; 32 bytes, perhaps without a NUL */
	struct link_part part;
};
int table_fill_areas(struct table *t, struct range memory, uint32_t linked, const char *owner,
		     int (*each)(void *arg, const struct table_area *area), void *arg,
		     struct error *e);

#endif
