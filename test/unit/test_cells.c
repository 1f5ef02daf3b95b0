/* SPDX-License-Identifier: BSD-2-Clause */
/* Steps through a tree that has been checked lead where libfdt's do. */
#include <libfdt.h>

#include "fdt/cells.h"
#include "fdt/check.h"
#include "test/unit/unit.h"

static uint64_t tree[512];

static const char *const names[] = { "cpus", "cpu", "memory", "deep", "last", "absent", "c" };

/* Of two of a name the first, whatever is behind its @; and what has been removed in between. */
static void make_tree(void)
{
	static const char *const roots[] = { "memory@1000", "cpu-map", "cpus@7",
					     "cpus",	    "removed", "last" };
	int node, deep;

	assert_int_equal(fdt_create_empty_tree(tree, sizeof(tree)), 0);
	for (size_t i = COUNT(roots); i--;)
		assert_true(fdt_add_subnode(tree, 0, roots[i]) > 0);
	node = fdt_path_offset(tree, "/cpu-map");
	deep = fdt_add_subnode(tree, node, "deep");
	assert_int_equal(fdt_setprop_string(tree, deep, "compatible", "one"), 0);
	assert_true(fdt_add_subnode(tree, deep, "deep@2") > 0);
	assert_true(fdt_add_subnode(tree, deep, "c") > 0);
	node = fdt_path_offset(tree, "/last");
	assert_int_equal(fdt_setprop(tree, node, "compatible", "first\0second\0cut", 16), 0);
	assert_int_equal(fdt_setprop_u32(tree, node, "other", 1), 0);
	assert_int_equal(fdt_nop_property(tree, node, "other"), 0);
	assert_int_equal(fdt_nop_node(tree, fdt_path_offset(tree, "/removed")), 0);
	assert_int_equal(fdt_check_tree((struct bytes){ (uint8_t *)tree, sizeof(tree) }, "tree",
					&(struct error){ 0 }),
			 0);
}

static void assert_same(int is, int wanted)
{
	assert_int_equal(is < 0 ? -1 : is, wanted < 0 ? -1 : wanted);
}

static void children_are_libfdts(void **state)
{
	unsigned nodes = 0;

	(void)state;
	make_tree();
	for (int node = 0; node >= 0; node = fdt_next_node(tree, node, NULL), nodes++) {
		assert_same(node_child(tree, node), fdt_first_subnode(tree, node));
		if (node)
			assert_same(node_sibling(tree, node), fdt_next_subnode(tree, node));
		for (size_t i = 0; i < COUNT(names); i++)
			assert_same(node_child_named(tree, node, names[i]),
				    fdt_subnode_offset(tree, node, names[i]));
	}
	assert_int_equal(nodes, 9);
	assert_true(node_child(tree, -FDT_ERR_NOTFOUND) < 0);
	assert_true(node_child_named(tree, -FDT_ERR_NOTFOUND, "cpus") < 0);
}

static void compatible_is_one_of_the_strings(void **state)
{
	static const char *const compatible[] = { "first", "second", "cut", "fir",
						  "rst",   "",	     "one", "firsts" };

	(void)state;
	make_tree();
	for (int node = 0; node >= 0; node = fdt_next_node(tree, node, NULL))
		for (size_t i = 0; i < COUNT(compatible); i++)
			assert_int_equal(node_is_compatible(tree, node, compatible[i]),
					 fdt_stringlist_search(tree, node, "compatible",
							       compatible[i]) >= 0);
	assert_true(node_is_compatible(tree, fdt_path_offset(tree, "/last"), "second"));
	assert_int_equal(node_is_one_of(tree, fdt_path_offset(tree, "/last"), "cut\0second\0"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(children_are_libfdts),
		cmocka_unit_test(compatible_is_one_of_the_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
