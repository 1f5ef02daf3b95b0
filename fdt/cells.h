/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers in device-tree properties: big-endian 32-bit cells, one or two for an address or size
 * (Devicetree Specification 0.4, 2.3.5). For trees that fdt_check_tree() has passed. Internal to
 * fdt/.
 */
#ifndef FDT_CELLS_H
#define FDT_CELLS_H

#include <libfdt.h>

#include "base/bytes.h"
#include "base/range.h"

struct cells {
	uint32_t address; /* cells of an address: 1 or 2 */
	uint32_t size;	  /* cells of a size: 0 (only for numbered nodes such as cores), 1 or 2 */
};

/*
 * What children of the root, or of @node directly below it, use, as Linux reads it: where a node
 * does not say, as its parent, and where the root does not, 1 and 1 (drivers/of/fdt.c,
 * early_init_dt_scan_root(); drivers/of/base.c, of_n_addr_cells()). The Devicetree Specification's
 * defaults are others. false for any other number than struct cells has.
 */
bool cells_of(const void *fdt, int node, struct cells *cells);

/* @count cells (0 to 2) of a property's value as one number. */
uint64_t cells_get(const uint8_t *data, unsigned count);

/* Property @name of @node: its value, .data NULL if there is none. */
struct bytes property_get(const void *fdt, int node, const char *name);
/* Several at once, by as many names. */
void properties_get(const void *fdt, int node, const char *const *name, unsigned count,
		    struct bytes *value);
/* The first string of a value; NULL: there is none, or it does not end. And of one by its name. */
const char *string_of(struct bytes value);
const char *property_string(const void *fdt, int node, const char *name);
/* One after the other: @at is where the next may begin; false behind the last. */
const fdt32_t *property_first(const void *fdt, int node);
bool property_next(const void *fdt, const fdt32_t **at, const char **name, struct bytes *value);
/* The same as property_get(), if it is a single cell. */
bool property_get_cell(const void *fdt, int node, const char *name, uint32_t *value);
/* As fdt_get_name() and fdt_next_tag(): of a node, and of what is at an offset. */
const char *node_name(const void *fdt, int node);
uint32_t tag_next(const void *fdt, int at, int *next);
/* What lies at an offset, and how a property there is called. */
static inline const void *tag_at(const void *fdt, int at)
{
	return (const uint8_t *)fdt + fdt_off_dt_struct(fdt) + at;
}

static inline const char *property_name(const void *fdt, const struct fdt_property *p)
{
	return (const char *)fdt + fdt_off_dt_strings(fdt) + fdt32_to_cpu(p->nameoff);
}

/* The node behind @node, as fdt_next_node(); negative: that was the last. */
int node_next(const void *fdt, int node, int *depth);

/* The first child of @node, and the next one behind @child; negative: there is none. */
int node_child(const void *fdt, int node);
int node_sibling(const void *fdt, int child);
#define node_for_each_child(child, fdt, parent) \
	for ((child) = node_child(fdt, parent); (child) >= 0; (child) = node_sibling(fdt, child))
/* That of a name as fdt_subnode_offset() has it: "cpu" is also "cpu@0", if that comes first. */
int node_child_named(const void *fdt, int node, const char *name);
bool node_is_named(const void *fdt, int node, const char *name);

/* The node that has @phandle, or is at @path from the root; below 0: none. */
int node_of_phandle(const void *fdt, uint32_t phandle);
int node_of_path(const void *fdt, const char *path);
/* 0: it has none. */
uint32_t node_phandle(const void *fdt, int node);
/* Is @name one of the strings of @node's `compatible`? */
bool node_is_compatible(const void *fdt, int node, const char *name);

/*
 * Which string of @list, counted from 1, is one of @node's `compatible`, or of a value's? NULs
 * separate them, an empty one ends them. 0: none.
 */
unsigned node_is_one_of(const void *fdt, int node, const char *list);
unsigned strings_one_of(struct bytes value, const char *list);
/* Is the property's first string @value? */
bool property_is(const void *fdt, int node, const char *name, const char *value);

/*
 * As Linux: has it no `status`, or is that "okay" or "ok"? (drivers/of/fdt.c,
 * of_fdt_device_is_available())
 */
bool node_is_available(const void *fdt, int node);

/* Bytes of an address and a size. */
size_t cells_step(const struct cells *cells);
/*
 * The first of a list of <address size>, taken from @list; false if it is not wholly there or
 * wraps.
 */
bool range_take(struct bytes *list, const struct cells *cells, struct range *r);

#endif
