/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/board_tree.h"
#include "fdt/linux_tree_edit.h"

struct level {
	int node; /* offset in the source */
	enum edit_place place;
	bool lost; /* something of it was left out … */
	bool kept; /* … and something was not */
};

static enum edit_place find_place(const struct edit *edit, const struct level *parent, int node)
{
	if (parent->place == PLACE_CPUS && board_tree_is_core(edit->fdt, node))
		return PLACE_CORE;
	for (unsigned i = 0; i < PLACES; i++)
		if (edit->at[i] == node)
			return (enum edit_place)i;
	return PLACE_OTHER;
}

static const void *at(const struct edit *edit, int offset)
{
	return tag_at(edit->fdt, offset);
}

bool edit_is_foreign_core(const struct edit *edit, int node)
{
	return board_tree_is_core(edit->fdt, node) &&
	       !board_tree_core(edit->fdt, node, edit->cpus, &edit->t->cores);
}

static bool is_disabled(const struct edit *edit, int node)
{
	for (unsigned i = 0; i < edit->t->disables; i++)
		if (edit->disabled[i] == node)
			return true;
	return false;
}

void edit_find_highest(struct edit *edit)
{
	int depth = 0;

	for (int node = 0; node >= 0; node = node_next(edit->fdt, node, &depth)) {
		const uint32_t phandle = node_phandle(edit->fdt, node);

		if (phandle > edit->highest)
			edit->highest = phandle;
	}
}

/* What Linux's tree is to refer to, or to disable, would be missed when that is read back. */
static void refuse_wanted(struct edit *edit, int node)
{
	if (is_disabled(edit, node))
		error_set(edit->e, E_MANIFEST_BROKEN, "device %s is not left in it",
			  node_name(edit->fdt, node));
}

int edit_leave_out(struct edit *edit, int node)
{
	int depth = 0, next = node;

	do {
		int offset = next;
		uint32_t tag = tag_next(edit->fdt, offset, &next);
		uint32_t phandle = tag == FDT_BEGIN_NODE ? node_phandle(edit->fdt, offset) : 0;

		if (tag == FDT_BEGIN_NODE) {
			refuse_wanted(edit, offset);
			depth++;
		} else if (tag == FDT_END_NODE) {
			depth--;
		}
		if (phandle)
			edit_remove_phandle(edit, phandle);
		if (phandle && phandle == edit->t->controller.phandle)
			error_set(edit->e, E_FDT_BROKEN, "%s is not left in it",
				  node_name(edit->fdt, edit->t->controller.node));
	} while (depth);
	return next;
}

/* Is anything left of it? */
static bool copy_property(struct edit *edit, const struct level *level,
			  const struct fdt_property *p)
{
	const struct bytes value = { (const uint8_t *)p->data, fdt32_to_cpu(p->len) };
	const char *name = property_name(edit->fdt, p);
	size_t size;
	uint8_t *to;

	if (nodes_replace_property(edit, level->place, name) ||
	    (!strcmp(name, "status") && is_disabled(edit, level->node)))
		return true;
	size = edit_reference(edit, level->node, name, value, NULL);
	if (!size && value.size)
		return false;
	to = out_place(edit, name, size);
	if (to && size == value.size)
		memcpy(to, value.data, size);
	else if (to)
		edit_reference(edit, level->node, name, value, to);
	return true;
}

static void begin_node(struct edit *edit, struct level *level, const char *name)
{
	level->lost = false;
	level->kept = level->place != PLACE_OTHER;
	out_begin(edit, name);
	if (is_disabled(edit, level->node))
		out_string(edit, "status", "disabled");
	nodes_begin(edit, level->place);
}

/* @node goes because of what else goes: the next walk leaves it out from the start. */
static void set_gone(struct edit *edit, int node)
{
	refuse_wanted(edit, node);
	if (edit->gone_count == EDIT_GONE)
		error_set(edit->e, E_TOO_MANY, "more than %u nodes left out", EDIT_GONE);
	else
		edit->gone[edit->gone_count++] = node;
}

static bool is_gone(const struct edit *edit, int node)
{
	for (unsigned i = 0; i < edit->gone_count; i++)
		if (edit->gone[i] == node)
			return true;
	return false;
}

/* All that it is for has been left out: that is better known before it is begun. */
static bool is_senseless(const struct edit *edit, int node)
{
	const fdt32_t *at = property_first(edit->fdt, node);
	struct bytes value;
	const char *name;

	while (property_next(edit->fdt, &at, &name, &value))
		if (edit_is_sense(name) && !edit_reference(edit, node, name, value, NULL))
			return true;
	return false;
}

int edit_walk(struct edit *edit)
{
	struct level levels[FDT_DEPTH_MAX + 1], *level = levels; /* [0] stands for no node */
	int offset = 0, next;
	uint32_t tag;

	*level = (struct level){ .place = PLACE_OTHER };
	while ((tag = tag_next(edit->fdt, offset, &next)) != FDT_END) {
		const char *name = (const char *)at(edit, offset + (int)FDT_TAGSIZE);
		const struct fdt_property *p = at(edit, offset);
		enum edit_place place;

		switch (tag) {
		case FDT_BEGIN_NODE:
			if (is_gone(edit, offset) ||
			    nodes_replace_node(edit, level->place, offset, name) ||
			    (level->place == PLACE_CPUS && edit_is_foreign_core(edit, offset)) ||
			    ((place = find_place(edit, level, offset)) == PLACE_OTHER &&
			     is_senseless(edit, offset))) {
				next = edit_leave_out(edit, offset);
				level->lost = true;
				break;
			}
			level++;
			level->node = offset;
			level->place = place;
			begin_node(edit, level, name);
			break;
		case FDT_PROP:
			if (copy_property(edit, level, p)) {
				level->kept = true;
				break;
			}
			if (level->place == PLACE_OTHER &&
			    edit_is_sense(property_name(edit->fdt, p))) {
				set_gone(edit, level->node);
				next = edit_leave_out(edit, level->node);
				level--;
			}
			level->lost = true;
			break;
		case FDT_END_NODE:
			nodes_end(edit, level->place);
			out_end(edit);
			/* A cluster whose cores have all gone goes too. */
			if (level->lost && !level->kept) {
				set_gone(edit, level->node);
				level[-1].lost = true;
			} else {
				level[-1].kept = true;
			}
			level--;
			break;
		}
		if (edit->e->code)
			break;
		offset = next;
	}
	return edit->e->code;
}
