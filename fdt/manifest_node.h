/* SPDX-License-Identifier: BSD-2-Clause */
/* One node of a manifest, read by a table of its properties. Internal to fdt/. */
#ifndef FDT_MANIFEST_NODE_H
#define FDT_MANIFEST_NODE_H

#include <libfdt.h>

#include "fdt/cells.h"
#include "fdt/manifest.h"

struct manifest_reading {
	struct manifest *m;
	const void *fdt;
	struct cells cells;
	struct error *e;
};

enum field_kind {      /* and what lies at the field's offset */
	FIELD_ANY,     /* nothing: it is read elsewhere */
	FIELD_FLAG,    /* no value: bool */
	FIELD_NAME,    /* a string, not empty: char[MANIFEST_NAME] */
	FIELD_CELLS,   /* uint32_t[max] */
	FIELD_STRINGS, /* const char *[max] into the manifest; of several, none is empty */
	FIELD_PATHS,   /* likewise, each with a slash first */
	FIELD_RANGES,  /* struct range[max], none empty */
};

struct field {
	const char *name;
	uint8_t kind;
	uint8_t min, max; /* how many there have to be, and may be */
	uint16_t offset;  /* of the member in the caller's struct, which is zeroed */
	uint16_t counted; /* and of the unsigned that says how many there are; 0: nobody asks */
};

/*
 * Reads the properties of @node into @to, and notes in @seen which there were, 1 << index.
 * E_MANIFEST_BROKEN: an unknown property, or one not of its kind; E_TOO_MANY.
 */
int manifest_node_read(const struct manifest_reading *r, int node, const struct field *field,
		       unsigned fields, void *to, uint32_t *seen);

/* Errors from here on are about that node: manifest_node_read() says so of its own. */
static inline void manifest_about(const struct manifest_reading *r, const char *node)
{
	error_about(r->e, "manifest: ", node);
}

/* manifest_context.c, manifest_link.c: one node of each, to a struct that has its name already. */
int manifest_context_read(const struct manifest_reading *r, int node, void *context);
int manifest_link_read(const struct manifest_reading *r, int node, void *link);
/* When all links are read: a vdev of its table for each. */
int manifest_give_vdevs(const struct manifest_reading *r);

#endif
