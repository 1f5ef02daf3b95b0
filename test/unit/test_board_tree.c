/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/tree.h"

#include "fdt/board_tree.h"

#define VIRT FIXTURES "/virt.dtb"
#define PART FIXTURES "/part.dtb"

static int cores(void *fdt, uint32_t *mask)
{
	struct bytes b = tree_close(fdt);
	struct error e = { 0 };
	int rc = board_tree_cores(b, mask, &e);

	assert_int_equal(rc, e.code);
	bytes_free(b);
	return rc;
}

static int memory(void *fdt, struct range *ram, unsigned max, unsigned *count)
{
	struct bytes b = tree_close(fdt);
	struct error e = { 0 };
	int rc = board_tree_memory(b, ram, max, count, &e);

	assert_int_equal(rc, e.code);
	bytes_free(b);
	return rc;
}

static void test_cores(void **state)
{
	static const char *const files[] = { VIRT, PART };
	uint32_t mask;

	(void)state;
	for (unsigned i = 0; i < COUNT(files); i++) {
		void *fdt = tree_open(files[i]);

		assert_int_equal(cores(fdt, &mask), 0);
		assert_int_equal(mask, 0xf);
		assert_int_equal(fdt_del_node(fdt, tree_node(fdt, "/cpus/cpu@2")), 0);
		assert_int_equal(cores(fdt, &mask), 0);
		assert_int_equal(mask, 0xb);
		assert_int_equal(fdt_set_name(fdt, tree_node(fdt, "/cpus/cpu@1"), "example,c@1"),
				 0);
		assert_int_equal(cores(fdt, &mask), 0);
		assert_int_equal(mask, 0xb); /* by its device_type */
		free(fdt);
	}
}

static void test_affinity(void **state)
{
	static const struct {
		uint32_t reg[2], cells;
		int rc;
		uint32_t mask;
	} cases[] = {
		{ { 31 }, 1, 0, 0x8000000e },	  { { 32 }, 1, E_FDT_BROKEN, 0 },
		{ { 0x80000004 }, 1, 0, 0x1e },	  { { 0xf05 }, 1, 0, 0x2e },
		{ { 0, 6 }, 2, E_FDT_BROKEN, 0 }, /* the others are cut off then */
	};
	uint32_t mask;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		void *fdt = tree_open(VIRT);

		TREE_CELLS(fdt, "/cpus", "#address-cells", cases[i].cells);
		tree_set_cells(fdt, "/cpus/cpu@0", "reg", cases[i].reg, cases[i].cells);
		assert_int_equal(cores(fdt, &mask), cases[i].rc);
		if (!cases[i].rc)
			assert_int_equal(mask, cases[i].mask);
		free(fdt);
	}
}

static void test_broken_cores(void **state)
{
	void *fdt = tree_open(PART);
	uint32_t mask;

	(void)state;
	assert_int_equal(fdt_delprop(fdt, tree_node(fdt, "/cpus/cpu@3"), "reg"), 0);
	assert_int_equal(cores(fdt, &mask), E_FDT_BROKEN);
	assert_int_equal(fdt_del_node(fdt, tree_node(fdt, "/cpus")), 0);
	assert_int_equal(cores(fdt, &mask), E_FDT_BROKEN);
	free(fdt);
}

static void test_memory(void **state)
{
	void *fdt = tree_open(VIRT);
	struct range ram[4];
	unsigned count;

	(void)state;
	assert_int_equal(memory(fdt, ram, 4, &count), 0);
	assert_int_equal(count, 1);
	assert_int_equal(ram[0].base, 0x40000000);
	assert_int_equal(ram[0].size, 0x20000000);
	TREE_CELLS(fdt, "/memory@40000000", "reg", 0xffffffff, 0xfffff000, 0, 0x1000);
	assert_int_equal(memory(fdt, ram, 4, &count), 0);
	TREE_CELLS(fdt, "/memory@40000000", "reg", 0xffffffff, 0xfffff000, 0, 0x1001);
	assert_int_equal(memory(fdt, ram, 4, &count), E_FDT_BROKEN);
	free(fdt);

	fdt = tree_open(PART); /* two nodes; an empty range is left out */
	assert_int_equal(memory(fdt, ram, 2, &count), 0);
	assert_int_equal(count, 2);
	assert_int_equal(ram[1].base, 0xa0000000);
	assert_int_equal(ram[1].size, 0x8000000);
	assert_int_equal(memory(fdt, ram, 1, &count), E_TOO_MANY);
	TREE_CELLS(fdt, "/", "#size-cells", 0);
	assert_int_equal(memory(fdt, ram, 2, &count), E_FDT_BROKEN);
	free(fdt);
}

static void test_cells(void **state)
{
	static const struct {
		const char *name;
		uint32_t cell[2], cells;
	} odd[] = {
		{ "#address-cells", { 3 }, 1 },	   { "#size-cells", { 3 }, 1 },
		{ "#address-cells", { 0 }, 1 },	   { "#size-cells", { 0 }, 1 },
		{ "#address-cells", { 2, 2 }, 2 }, { "#size-cells", { 0, 1 }, 2 },
	};
	struct range ram[2];
	unsigned count;

	(void)state;
	for (unsigned i = 0; i < COUNT(odd); i++) {
		void *fdt = tree_open(VIRT);

		tree_set_cells(fdt, "/", odd[i].name, odd[i].cell, odd[i].cells);
		assert_int_equal(memory(fdt, ram, 2, &count), E_FDT_BROKEN);
		free(fdt);
	}
}

/* Devicetree Specification, 2.3.5: two cells of address and one of size, if it does not say. */
static void test_default_cells(void **state)
{
	void *fdt = tree_open(VIRT);
	struct range ram[2];
	unsigned count;

	(void)state;
	assert_int_equal(fdt_delprop(fdt, 0, "#address-cells"), 0);
	assert_int_equal(fdt_delprop(fdt, 0, "#size-cells"), 0);
	TREE_CELLS(fdt, "/memory@40000000", "reg", 1, 2, 3, 4, 5, 6);
	assert_int_equal(memory(fdt, ram, 2, &count), 0);
	assert_int_equal(count, 2);
	assert_int_equal(ram[1].base, 0x400000005);
	assert_int_equal(ram[1].size, 6);
	free(fdt);
}

static void test_broken_trees(void **state)
{
	struct error e = { 0 };
	struct bytes none = { (const uint8_t *)"", 0 };
	struct range ram;
	uint32_t mask;
	unsigned count;

	(void)state;
	assert_int_equal(board_tree_cores(none, &mask, &e), E_FDT_BROKEN);
	e.code = 0;
	assert_int_equal(board_tree_memory(none, &ram, 1, &count, &e), E_FDT_BROKEN);
}

static void test_compatible(void **state)
{
	static const struct {
		const char *value;
		int size; /* -1: no such property */
		int rc;
	} cases[] = {
		{ "vendor,board\0vendor,family", 27, 0 },
		{ "vendor,board", 13, 0 },
		{ "vendor,board", 12, E_FDT_BROKEN }, /* no NUL */
		{ "", 0, 0 },
		{ "", -1, 0 },
	};
	struct bytes none = { 0 }, names;
	struct error e = { 0 };

	(void)state;
	assert_int_equal(board_tree_compatible(none, &names, &e), 0);
	assert_int_equal(names.size, 0);
	for (unsigned i = 0; i < COUNT(cases); i++) {
		void *fdt = tree_open(VIRT);
		size_t size = cases[i].size < 0 ? 0 : (size_t)cases[i].size;
		struct bytes tree;

		if (cases[i].size < 0)
			fdt_delprop(fdt, 0, "compatible");
		else
			fdt_setprop(fdt, 0, "compatible", cases[i].value, cases[i].size);
		tree = tree_close(fdt);
		free(fdt);
		e.code = 0;
		assert_int_equal(board_tree_compatible(tree, &names, &e), cases[i].rc);
		if (!cases[i].rc) {
			assert_int_equal(names.size, size);
			if (size)
				assert_memory_equal(names.data, cases[i].value, size);
		}
		bytes_free(tree);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cores),	      cmocka_unit_test(test_affinity),
		cmocka_unit_test(test_broken_cores),  cmocka_unit_test(test_memory),
		cmocka_unit_test(test_broken_trees),  cmocka_unit_test(test_cells),
		cmocka_unit_test(test_default_cells), cmocka_unit_test(test_compatible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
