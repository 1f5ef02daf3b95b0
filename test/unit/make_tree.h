/* SPDX-License-Identifier: BSD-2-Clause */
/* Linux's trees, written and read back, in a block of exactly their size. */
#ifndef TEST_UNIT_MAKE_TREE_H
#define TEST_UNIT_MAKE_TREE_H

#include "test/unit/tree.h"

#include "doorbell/kind.h"
#include "fdt/check.h"
#include "fdt/linux_tree.h"

static inline struct bytes source(const char *path)
{
	void *fdt = tree_open(path);
	struct bytes b = tree_close(fdt);

	free(fdt);
	return b;
}

/* With the source's own interrupt controller, as the plan finds it. */
static inline int write_tree(void *to, size_t room, struct bytes from,
			     const struct linux_tree *asked, struct error *e)
{
	struct linux_tree t = *asked;
	struct error broken = { 0 };

	if (!fdt_check_tree(from, "it", &broken))
		doorbell_find_controller(from.data, &t.controller);
	if (linux_tree_write(to, room, from, &t, e))
		return e->code;
	return linux_tree_verify((struct bytes){ to, fdt_totalsize(to) }, &t, e);
}

/* How long is it? 0: it can't be made. */
static inline size_t tree_size(struct bytes from, const struct linux_tree *t)
{
	size_t room = 2 * from.size + 0x10000, size;
	void *to = malloc(room);
	struct error e = { 0 };

	size = write_tree(to, room, from, t, &e) ? 0 : fdt_totalsize(to);
	free(to);
	return size;
}

/* In a block of exactly the size that it had in a larger one. */
static inline int make(struct bytes from, const struct linux_tree *t, void **to)
{
	size_t size = tree_size(from, t);
	struct error e = { 0 };
	uint8_t *before = malloc(from.size);

	memcpy(before, from.data, from.size);
	*to = malloc(size ? size : 1);
	assert_non_null(*to);
	if (!write_tree(*to, size, from, t, &e) != !!size)
		fail_msg("0x%zx bytes, but then %s", size, e.text);
	assert_memory_equal(from.data, before, from.size);
	free(before);
	if (!e.code)
		assert_int_equal(fdt_totalsize(*to), size);
	return e.code;
}

static inline void *make_from(const char *path, const struct linux_tree *t)
{
	struct bytes from = source(path);
	void *to;

	assert_int_equal(make(from, t, &to), 0);
	bytes_free(from);
	return to;
}

static inline unsigned count_nodes(const void *fdt, const char *path)
{
	unsigned count = 0;
	int node;

	fdt_for_each_subnode(node, fdt, tree_node(fdt, path))
		count++;
	return count;
}

#endif
