/* SPDX-License-Identifier: BSD-2-Clause */
/* What refers to nodes that are left out must go with them. */
#include <string.h>

#include "fdt/linux_tree_edit.h"

#define ENTRIES_MAX 64 /* of a list that loses some */

/*
 * Lists of phandles that may name a core or what lies below one. An entry is the phandle and the
 * cells after it. Does a node make sense that has nothing left to refer to, or does it go as well?
 */
static const struct reference {
	const char *name;
	uint8_t cells;
	bool goes;
} references[] = {
	{ "cpu", 1, true },		   /* leaves of cpu-map; trace units and their like */
	{ "cpus", 1, false },		   /* idle, thermal and performance domains */
	{ "interrupt-affinity", 1, true }, /* performance counters: one interrupt per core */
	{ "affinity", 1, true },	   /* interrupt partitions */
	{ "cooling-device", 3, true },	   /* thermal maps: two cells of limits */
	{ "next-level-cache", 1, false },  /* a cache that lies in a core's node */
	{ "remote-endpoint", 1, true },	   /* ports of trace units */
};

static bool edit_removed(const struct edit *edit, uint32_t phandle)
{
	for (unsigned i = 0; i < edit->removed_count; i++)
		if (edit->removed[i] == phandle)
			return true;
	return false;
}

void edit_remove_phandle(struct edit *edit, uint32_t phandle)
{
	if (edit_removed(edit, phandle))
		return;
	if (edit->removed_count == EDIT_REMOVED)
		error_set(edit->e, E_TOO_MANY, "device tree: more than %u phandles left out",
			  EDIT_REMOVED);
	else
		edit->removed[edit->removed_count++] = phandle;
}

static const struct reference *find_reference(const char *name)
{
	for (unsigned i = 0; i < sizeof(references) / sizeof(references[0]); i++)
		if (!strcmp(references[i].name, name))
			return &references[i];
	return NULL;
}

/*
 * @value is a list of entries as long as that of the phandles @keys, one every @step bytes: which
 * stay? Lists of another shape are somebody else's and stay whole.
 */
static bool find_kept(const struct edit *edit, struct bytes keys, size_t step, uint64_t *kept,
		      unsigned *count)
{
	if (keys.size % step || keys.size / step > ENTRIES_MAX)
		return false;
	*count = (unsigned)(keys.size / step);
	*kept = 0;
	for (unsigned i = 0; i < *count; i++)
		if (!edit_removed(edit, (uint32_t)cells_get(keys.data + i * step, 1)))
			*kept |= (uint64_t)1 << i;
	return true;
}

enum edit_reference edit_reference(struct edit *edit, int node, const struct fdt_property *p)
{
	struct bytes value = { (const uint8_t *)p->data, fdt32_to_cpu(p->len) }, keys = value;
	const char *name = fdt_string(edit->fdt, (int)fdt32_to_cpu(p->nameoff));
	const struct reference *r = find_reference(name);
	bool paired = !strcmp(name, "interrupts") || !strcmp(name, "interrupts-extended");
	unsigned count = 0;
	uint64_t kept = 0;

	if (edit->removed_count && paired)
		keys = property_get(edit->fdt, node, "interrupt-affinity");
	if (!edit->removed_count || !(r || paired) || !keys.size ||
	    !find_kept(edit, keys, r ? 4 * r->cells : 4, &kept, &count) ||
	    value.size % (4 * count) || kept == UINT64_MAX >> (64 - count)) {
		out_copy(edit, p);
		return REFERENCE_KEPT;
	}
	if (kept) {
		out_copy_entries(edit, p, value.size / count, kept);
		return REFERENCE_KEPT;
	}
	return r && r->goes ? REFERENCE_GOES : REFERENCE_LOST;
}
