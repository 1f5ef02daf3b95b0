/* SPDX-License-Identifier: BSD-2-Clause */
/* What refers to nodes that are left out must go with them. */
#include <string.h>

#include "fdt/linux_tree_edit.h"

/*
 * Lists of phandles that may name a core or what lies below one. An entry is the phandle and the
 * cells after it. Does a node make sense that has nothing left to refer to, or does it go as well?
 */
static const struct reference {
	const char *name;
	uint8_t cells;
	bool goes;
	bool paired; /* its entries go with those of the node's interrupt-affinity */
} references[] = {
	{ "cpu", 1, true, false },   /* leaves of cpu-map; trace units and their like */
	{ "cpus", 1, false, false }, /* idle, thermal and performance domains */
	{ "interrupt-affinity", 1, true, false }, /* performance counters: one interrupt per core */
	{ "interrupts", 1, false, true },
	{ "interrupts-extended", 1, false, true },
	{ "affinity", 1, true, false },		 /* interrupt partitions */
	{ "cooling-device", 3, true, false },	 /* thermal maps: two cells of limits */
	{ "next-level-cache", 1, false, false }, /* a cache that lies in a core's node */
	{ "remote-endpoint", 1, true, false },	 /* ports of trace units */
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
		error_set(edit->e, E_TOO_MANY, "more than %u nodes left out", EDIT_REMOVED);
	else
		edit->removed[edit->removed_count++] = phandle;
}

static const struct reference *find_reference(const char *name)
{
	for (unsigned i = 0; i < sizeof(references) / sizeof(references[0]); i++)
		if (*references[i].name == *name && !strcmp(references[i].name, name))
			return &references[i];
	return NULL;
}

bool edit_is_sense(const char *name)
{
	const struct reference *r = find_reference(name);

	return r && r->goes;
}

/*
 * @value is a list of as many entries as that of the phandles in it, or beside it: which stay?
 * Lists of another shape are somebody else's and stay whole.
 */
size_t edit_reference(const struct edit *edit, int node, const char *name, struct bytes value,
		      uint8_t *to)
{
	const struct reference *r = edit->removed_count ? find_reference(name) : NULL;
	struct bytes keys = value;
	size_t size = value.size, step = 4, count = 0, kept = 0;

	if (r) {
		if (r->paired)
			keys = property_get(edit->fdt, node, "interrupt-affinity");
		step *= r->cells;
		count = keys.size / step;
	}
	if (!count || keys.size % step || size % (4 * count)) {
		if (to)
			memcpy(to, value.data, size);
		return size;
	}
	size /= count;
	for (size_t i = 0; i < count; i++) {
		if (edit_removed(edit, (uint32_t)cells_get(keys.data + i * step, 1)))
			continue;
		if (to)
			memcpy(to + kept, value.data + i * size, size);
		kept += size;
	}
	return kept;
}
