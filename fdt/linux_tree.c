/* SPDX-License-Identifier: BSD-2-Clause */
#include "fdt/linux_tree_edit.h"

int linux_tree_write(void *to, size_t room, struct bytes source, const struct linux_tree *t,
		     struct error *e)
{
	struct edit edit = { .t = t, .e = e };
	unsigned known;
	uint32_t highest;

	if (edit_prepare(&edit, source))
		return e->code;
	edit_find_highest(&edit);
	if (reserved_give_phandles(&edit))
		return e->code;
	highest = edit.highest;
	/* What is left out may take more with it. */
	do {
		known = edit.removed_count + edit.gone_count;
		edit.highest = highest;
		out_open(&edit, to, room);
		if (edit_walk(&edit))
			return e->code;
	} while (edit.removed_count + edit.gone_count != known);
	return out_close(&edit, room);
}
