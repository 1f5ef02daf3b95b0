/* SPDX-License-Identifier: BSD-2-Clause */
#include "fdt/linux_tree_edit.h"

static int measure(struct edit *edit, struct bytes source)
{
	unsigned known;

	if (edit_prepare(edit, source))
		return edit->e->code;
	/* What is left out may take more with it; the last walk counts what stays. */
	do {
		known = edit->removed_count;
		if (edit_walk(edit))
			return edit->e->code;
	} while (edit->removed_count != known);
	return 0;
}

int linux_tree_check(struct bytes source, const struct linux_tree *t, size_t *size, struct error *e)
{
	struct edit edit = { .t = t, .e = e };
	int rc = measure(&edit, source);

	*size = rc ? 0 : edit.used;
	return rc;
}

size_t linux_tree_size(struct bytes source, const struct linux_tree *t)
{
	struct error e = { 0 };
	size_t size;

	linux_tree_check(source, t, &size, &e);
	return size;
}

int linux_tree_write(void *to, size_t room, struct bytes source, const struct linux_tree *t,
		     struct error *e)
{
	struct edit edit = { .t = t, .e = e };

	if (measure(&edit, source))
		return e->code;
	edit.to = to;
	edit.room = room;
	if (edit.used > room)
		return error_set(e, E_FDT_FULL, "device tree takes %u bytes, there are %u",
				 (unsigned)edit.used, (unsigned)room);
	if (edit_walk(&edit))
		return e->code;
	return linux_tree_verify((struct bytes){ to, edit.used }, t, e);
}
