/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Read a finished tree as Linux will. What is expected comes from where it was made, but its
 * output now goes to a comparison: each new node is looked up by its name, of which the first
 * counts, as for Linux, each property by its own, by what knows nothing of how the tree was
 * written.
 */
#include <string.h>

#include "base/features.h"
#include "fdt/board_tree.h"
#include "fdt/linux_tree_edit.h"

static int differs(struct edit *edit, const char *what)
{
	/* Whatever else may be wrong with a tree: a finished one is not what was planned. */
	if (edit->e->code != E_FDT_CHECK)
		edit->e->code = 0;
	return error_set(edit->e, E_FDT_CHECK, "%s is missing or differs", what);
}

#define NAMES 512u /* more than most nodes have children */

/* The children of the node that was looked into last. */
static struct {
	int parent;	  /* negative: none yet */
	int first[NAMES]; /* by the hash of a name: of all that may be called so; 0: none */
} seen;

/*
 * Returns the hash of @name. That of @child counts: with it the child is known, and with what is
 * before an @.
 */
static unsigned hash_name(const char *name, int child)
{
	unsigned hash = 0;

	for (;; name++) {
		if ((!*name || *name == '@') && !seen.first[hash])
			seen.first[hash] = child;
		if (!*name)
			return hash;
		hash = (hash * 33 + (uint8_t)*name) % NAMES;
	}
}

/* The first of that name: looked for among all only if another one is where it should be. */
static int find_child(const void *fdt, int parent, const char *name)
{
	int child;

	if (seen.parent != parent) {
		memset(&seen, 0, sizeof(seen));
		seen.parent = parent;
		node_for_each_child(child, fdt, parent)
			hash_name(node_name(fdt, child), child);
	}
	child = seen.first[hash_name(name, 0)];
	return child && node_is_named(fdt, child, name) ? child :
							  node_child_named(fdt, parent, name);
}

void expect_begin(struct edit *edit, const char *name)
{
	int *node = &edit->node[++edit->depth];

	*node = find_child(edit->fdt, node[-1], name); /* of none: none */
	if (*node < 0)
		differs(edit, name);
}

void expect_property(struct edit *edit, const char *name, const void *data, size_t size)
{
	int node = edit->node[edit->depth];
	const struct bytes is = property_get(edit->fdt, node, name);

	if (!is.data || is.size != size || memcmp(is.data, data, size))
		differs(edit, name);
}

static bool counts_hold(struct edit *edit, struct bytes tree)
{
	unsigned memories = 0;
	uint32_t found;
	int node;

	if (board_tree_cores(tree, &edit->t->cores, false, &found, edit->e) ||
	    found != edit->t->cores.mask)
		return false;
	node_for_each_child(node, tree.data, 0)
		memories += property_is(tree.data, node, "device_type", "memory");
	return !edit->t->memories || memories == edit->t->memories;
}

static void expect_cores(struct edit *edit)
{
	int node;

	node_for_each_child(node, edit->fdt, edit->at[PLACE_CPUS]) {
		edit->node[0] = node;
		if (board_tree_is_core(edit->fdt, node))
			nodes_begin(edit, PLACE_CORE);
	}
}

int linux_tree_verify(struct bytes tree, const struct linux_tree *t, struct error *e)
{
	struct edit edit = { .fdt = tree.data, .t = t, .e = e, .expecting = true };

	seen.parent = -1;
	if (!counts_hold(&edit, tree)) /* checks the tree as such */
		return differs(&edit, "/cpus or /memory");
	if (edit_open(&edit))
		return differs(&edit, "what was there");
	if (!t->initrd.size &&
	    property_get(tree.data, edit.at[PLACE_CHOSEN], "linux,initrd-start").data)
		return differs(&edit, "linux,initrd-start");
	nodes_end(&edit, PLACE_ROOT);
	if (features->monitor && t->firmware)
		expect_cores(&edit);
	for (unsigned i = 0; i < t->disables; i++) {
		edit.node[0] = edit.disabled[i];
		out_string(&edit, "status", "disabled");
	}
	return e->code;
}
