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

static void tags_and_names_are_libfdts(void **state)
{
	int at = 0, next = 0, wanted = 0;
	uint32_t tag;

	(void)state;
	make_tree();
	do {
		tag = tag_next(tree, at, &next);
		assert_int_equal(tag, fdt_next_tag(tree, at, &wanted));
		if (tag == FDT_BEGIN_NODE)
			assert_string_equal(node_name(tree, at), fdt_get_name(tree, at, NULL));
		at = wanted;
		assert_true(tag == FDT_END || next == wanted);
	} while (tag != FDT_END);
}

static void properties_are_libfdts(void **state)
{
	const char *name, *wanted_name;
	struct bytes value;
	unsigned count = 0;

	(void)state;
	make_tree();
	for (int node = 0; node >= 0; node = fdt_next_node(tree, node, NULL)) {
		const fdt32_t *at = property_first(tree, node);
		int wanted, size;

		fdt_for_each_property_offset(wanted, tree, node) {
			const void *data = fdt_getprop_by_offset(tree, wanted, &wanted_name, &size);

			assert_true(property_next(tree, &at, &name, &value));
			assert_string_equal(name, wanted_name);
			assert_ptr_equal(value.data, data);
			assert_int_equal(value.size, size);
			count++;
		}
		assert_false(property_next(tree, &at, &name, &value));
	}
	assert_int_equal(count, 2);
}

static void paths_and_phandles_are_libfdts(void **state)
{
	static const char *const paths[] = { "/",	  "/cpus",	   "/cpus@7",
					     "/cpu-map/", "/cpu-map/deep", "//cpu-map//deep/c",
					     "/deep",	  "/cpu-map/c",	   "/cpu-map/deep/deep",
					     "/memory/c", "/memory@1000",  "/memory@100",
					     "cpus",	  "cpu-map/c",	   "/deep/c/c" };

	(void)state;
	make_tree();
	for (size_t i = 0; i < COUNT(paths); i++)
		assert_same(node_of_path(tree, paths[i]), fdt_path_offset(tree, paths[i]));
	assert_int_equal(fdt_setprop_u32(tree, fdt_path_offset(tree, "/cpus"), "phandle", 3), 0);
	assert_int_equal(fdt_setprop_u32(tree, fdt_path_offset(tree, "/cpu-map/deep"),
					 "linux,phandle", 4),
			 0);
	for (int node = 0; node >= 0; node = fdt_next_node(tree, node, NULL))
		assert_int_equal(node_phandle(tree, node), fdt_get_phandle(tree, node));
	assert_int_equal(node_of_phandle(tree, 4), fdt_node_offset_by_phandle(tree, 4));
	assert_true(node_of_phandle(tree, 5) < 0);
}

static void string_of_a_value_ends(void **state)
{
	const int last = (make_tree(), fdt_path_offset(tree, "/last"));

	(void)state;
	assert_string_equal(property_string(tree, last, "compatible"), "first");
	assert_null(property_string(tree, last, "absent"));
	assert_null(string_of((struct bytes){ (const uint8_t *)"cut", 3 }));
	assert_non_null(string_of((struct bytes){ (const uint8_t *)"cut", 4 }));
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
		cmocka_unit_test(tags_and_names_are_libfdts),
		cmocka_unit_test(properties_are_libfdts),
		cmocka_unit_test(paths_and_phandles_are_libfdts),
		cmocka_unit_test(string_of_a_value_ends),
		cmocka_unit_test(compatible_is_one_of_the_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
