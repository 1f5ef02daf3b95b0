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

enum field_kind {     /* and what lies at the field's offset */
	FIELD_FLAG,   /* no value: bool */
	FIELD_CELL,   /* one cell: uint32_t */
	FIELD_NAME,   /* one string: char[MANIFEST_NAME] */
	FIELD_STRING, /* one string: const char * into the manifest */
	FIELD_RANGE,  /* one range of at least a byte: struct range */
	FIELD_RAW,    /* anything: struct bytes */
};

struct field {
	const char *name;
	enum field_kind kind;
	size_t offset; /* of the member in the caller's struct */
};

/* E_MANIFEST_BROKEN: an unknown property, or one that is not of its kind. */
int manifest_node_read(const struct manifest_reading *r, int node, const struct field *field,
		       unsigned fields, void *to);

/* Is @p a list of exactly @count strings, none empty? They are left in @string. */
bool strings_get(struct bytes p, const char **string, unsigned count);

/* "manifest: <node>: <why>". */
int manifest_error(const struct manifest_reading *r, enum error_code code, const char *node,
		   const char *why);

/* manifest_context.c, manifest_link.c: the children of @parent. */
int manifest_contexts_read(const struct manifest_reading *r, int parent);
int manifest_links_read(const struct manifest_reading *r, int parent);

#endif
