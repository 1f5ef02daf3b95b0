/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/board_tree.h"
#include "fdt/linux_tree_edit.h"

static int broken(const struct edit *edit, const char *why)
{
	return error_set(edit->e, E_FDT_BROKEN, "%s", why);
}

/*
 * Linux looks for these by their paths, once early on and once later (drivers/of/fdt.c,
 * drivers/of/base.c): both must find the same.
 */
static int find_places(struct edit *edit)
{
	static const char *const names[PLACES] = {
		[PLACE_ROOT] = "",
		[PLACE_CHOSEN] = "chosen",
		[PLACE_CPUS] = "cpus",
		[PLACE_RESERVED] = "reserved-memory",
	};
	int node;

	node_for_each_child(node, edit->fdt, 0) {
		const char *name = node_name(edit->fdt, node);

		for (unsigned i = PLACE_CHOSEN; i < PLACES; i++) {
			size_t length = strlen(names[i]);

			if (strncmp(name, names[i], length) ||
			    (name[length] && name[length] != '@'))
				continue;
			if (edit->at[i] || (name[length] && strcmp(name, "chosen@0")) ||
			    property_is(edit->fdt, node, "device_type", "memory"))
				return error_set(edit->e, E_FDT_BROKEN,
						 "/%s is the second, has an address, or is memory",
						 name);
			edit->at[i] = node;
		}
	}
	return 0;
}

/* Regions that are there already keep their #cells: they must be the root's, or Linux sees none. */
static bool find_cells(struct edit *edit)
{
	int reserved = edit->at[PLACE_RESERVED];
	struct cells cells;

	if (!cells_of(edit->fdt, 0, &edit->root) || !edit->root.size ||
	    !cells_of(edit->fdt, edit->at[PLACE_CPUS], &edit->cpus))
		return false;
	return !reserved || (cells_of(edit->fdt, reserved, &cells) &&
			     cells.address == edit->root.address && cells.size == edit->root.size);
}

static int find_disabled(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->disables; i++) {
		edit->disabled[i] = node_of_path(edit->fdt, edit->t->disable[i]);
		if (edit->disabled[i] <= 0)
			return error_set(edit->e, E_MANIFEST_BROKEN, "no device %s",
					 edit->t->disable[i]);
	}
	return 0;
}

/* Linux believes its command line: it has to fit, and to leave alone what the plan is made by. */
static int check_bootargs(struct edit *edit)
{
	const struct linux_tree *t = edit->t;
	enum error_code code = t->bootargs ? E_MANIFEST_BROKEN : E_FDT_BROKEN;
	struct bytes args = property_get(edit->fdt, edit->at[PLACE_CHOSEN], "bootargs");

	if (t->bootargs) {
		args = (struct bytes){ (const uint8_t *)t->bootargs, strlen(t->bootargs) + 1 };
		error_about(edit->e, "", "manifest");
	}
	if (t->command_line && args.size > t->command_line)
		error_set(edit->e, code, "bootargs of %u bytes, Linux takes %u",
			  (unsigned)args.size, t->command_line);
	edit_check_words(edit, args, code);
	error_about(edit->e, "", "device tree");
	return edit->e->code;
}

int edit_open(struct edit *edit)
{
	if (find_places(edit) || check_bootargs(edit))
		return edit->e->code;
	if (!find_cells(edit))
		return broken(edit, "#cells of /, /cpus or /reserved-memory");
	return find_disabled(edit);
}

int edit_prepare(struct edit *edit, struct bytes source)
{
	const struct core_set *cores = &edit->t->cores;
	uint32_t found;
	int node;

	edit->fdt = source.data;
	if (board_tree_cores(source, cores, true, &found, edit->e)) /* checks the tree as such */
		return edit->e->code;
	if (!found || found != cores->mask)
		return error_set(edit->e, E_CORE_ABSENT, "has cores 0x%x of Linux's 0x%x",
				 (unsigned)found, (unsigned)cores->mask);
	if (edit_open(edit) || reserved_prepare(edit))
		return edit->e->code;
	/* Much refers to cores, and may come before them. */
	node_for_each_child(node, edit->fdt, edit->at[PLACE_CPUS])
		if (edit_is_foreign_core(edit, node))
			edit_leave_out(edit, node);
	return edit->e->code;
}
