/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/tree.h"

#include "fdt/board_tree.h"

#define VIRT FIXTURES "/virt.dtb"
#define PART FIXTURES "/part.dtb"

static void set_string(void *fdt, const char *path, const char *name, const char *value)
{
	int size = (int)strlen(value) + 1;

	assert_int_equal(fdt_setprop(fdt, tree_node(fdt, path), name, value, size), 0);
}

static const struct core_set all = TREE_CORES(UINT32_MAX);

static int cores(void *fdt, uint32_t *mask)
{
	struct bytes b = tree_close(fdt);
	struct error e = { 0 };
	int rc = board_tree_cores(b, &all, true, mask, &e);

	assert_int_equal(rc, e.code);
	bytes_free(b);
	return rc;
}

static struct range ram[BOARD_TREE_MEMORIES];
static unsigned count;

static int memory(void *fdt)
{
	struct bytes b = tree_close(fdt);
	struct error e = { 0 };
	int rc = board_tree_memory(b, ram, &count, &e);

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

static void test_no_cores_at_all(void **state)
{
	void *fdt = tree_open(VIRT);
	struct error e = { 0 };
	struct bytes b;
	uint32_t mask;

	(void)state;
	assert_int_equal(fdt_del_node(fdt, tree_node(fdt, "/cpus")), 0);
	b = tree_close(fdt);
	assert_int_equal(board_tree_cores(b, &all, true, &mask, &e), E_FDT_BROKEN);
	assert_non_null(strstr(e.text, "no /cpus"));
	assert_null(strstr(e.text, "cells"));
	bytes_free(b);
	free(fdt);
}

/* Each hardware id as a whole: a core of one cluster is never taken for one of another. */
static void test_hardware_ids(void **state)
{
	static const core_id_t ids[] = { 1,  2,	      3,	  0x100,       0x103, 0xf00,
					 31, 0x10003, 0x80000004, 0x100000000, 6,     0x200 };
	static const struct core_set many = { ids, 0x7ff };
	static const struct {
		uint32_t reg[2], cells;
		int rc;
		uint32_t mask;
		const char *id;
	} cases[] = {
		{ { 31 }, 1, 0, 0x47, NULL },
		{ { 0x100 }, 1, 0, 0x0f, NULL }, /* affinity level 1 */
		{ { 0x103 }, 1, 0, 0x17, NULL },
		{ { 0xf00 }, 1, 0, 0x27, NULL },
		{ { 0x80000004 }, 1, 0, 0x107, NULL },
		{ { 0 }, 1, 0, 0x07, NULL }, /* nobody's */
		{ { 0x101 }, 1, 0, 0x07, NULL },
		{ { 0x200 }, 1, 0, 0x07, NULL }, /* in the list, but not in the set */
		{ { 1 }, 1, E_CORE_TWICE, 0, "cpu@1: twice" },
		{ { 0, 6 }, 2, 0, 0x407, NULL },
		{ { 0, 0x10003 }, 2, 0, 0x87, NULL },
		{ { 1, 0 }, 2, 0, 0x207, NULL }, /* level 3: 64 bits */
		{ { 1, 6 }, 2, 0, 0x07, NULL },
		{ { 0, 6 }, 3, E_FDT_BROKEN, 0, "/cpus" },
	};
	uint32_t mask;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		void *fdt = tree_open(VIRT);
		struct error e = { 0 };
		struct bytes b;

		TREE_CELLS(fdt, "/cpus", "#address-cells", cases[i].cells);
		for (uint32_t core = 1; cases[i].cells > 1 && core < 4; core++) {
			char path[] = "/cpus/cpu@0";

			path[10] = (char)('0' + core);
			TREE_CELLS(fdt, path, "reg", 0, core);
		}
		tree_set_cells(fdt, "/cpus/cpu@0", "reg", cases[i].reg,
			       cases[i].cells > 2 ? 2 : cases[i].cells);
		b = tree_close(fdt);
		assert_int_equal(board_tree_cores(b, &many, true, &mask, &e), cases[i].rc);
		if (!cases[i].rc)
			assert_int_equal(mask, cases[i].mask);
		else
			assert_non_null(strstr(e.text, cases[i].id));
		bytes_free(b);
		free(fdt);
	}
}

/* Which nodes are cores is for Linux to say. */
static void test_what_is_a_core(void **state)
{
	static const struct {
		const char *name, *type, *status;
		uint32_t mask;
	} cases[] = {
		{ "cpu@3", NULL, NULL, 0xf },
		{ "cpu", NULL, NULL, 0xf },
		{ "cpux@3", NULL, NULL, 0x7 },
		{ "core@3", "cpu", NULL, 0xf },
		{ "cpu@3", "cpu", "okay", 0xf },
		{ "cpu@3", "cpu", "disabled", 0xf }, /* to be started by PSCI all the same */
		{ "cpu@3", "cpu", "fail", 0x7 },
		{ "cpu@3", "cpu", "fail-cache", 0x7 },
		{ "cpu@3", "cpu", "failed", 0xf },
	};
	uint32_t mask;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		void *fdt = tree_open(VIRT);

		fdt_delprop(fdt, tree_node(fdt, "/cpus/cpu@3"), "device_type");
		if (cases[i].type)
			set_string(fdt, "/cpus/cpu@3", "device_type", cases[i].type);
		if (cases[i].status)
			set_string(fdt, "/cpus/cpu@3", "status", cases[i].status);
		fdt_set_name(fdt, tree_node(fdt, "/cpus/cpu@3"), cases[i].name);
		assert_int_equal(cores(fdt, &mask), 0);
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
	assert_int_equal(cores(fdt, &mask), 0);
	assert_int_equal(mask, 0x7); /* Linux can't tell which one that is */
	assert_int_equal(fdt_del_node(fdt, tree_node(fdt, "/cpus")), 0);
	assert_int_equal(cores(fdt, &mask), E_FDT_BROKEN);
	free(fdt);
}

#define assert_ram(i, start, bytes)                     \
	do {                                            \
		assert_true((i) < count);               \
		assert_int_equal(ram[i].base, (start)); \
		assert_int_equal(ram[i].size, (bytes)); \
	} while (0)

static void test_memory(void **state)
{
	void *fdt = tree_open(VIRT);

	(void)state;
	assert_int_equal(memory(fdt), 0);
	assert_int_equal(count, 1);
	assert_ram(0, 0x40000000, 0x20000000);
	TREE_CELLS(fdt, "/memory@40000000", "reg", 0xffffffff, 0xffff0000, 0, 0x10000);
	assert_int_equal(memory(fdt), 0);
	assert_ram(0, 0xffffffffffff0000, 0xf000);
	TREE_CELLS(fdt, "/memory@40000000", "reg", 0xffffffff, 0xfffff000, 0, 0x1001);
	assert_int_equal(memory(fdt), E_FDT_BROKEN);
	free(fdt);

	fdt = tree_open(PART); /* two nodes; an empty range is left out */
	assert_int_equal(memory(fdt), 0);
	assert_int_equal(count, 2);
	assert_ram(1, 0xa0000000, 0x8000000);
	TREE_CELLS(fdt, "/", "#size-cells", 0);
	assert_int_equal(memory(fdt), E_FDT_BROKEN);
	free(fdt);
}

/* Which nodes are memory, and which of their properties counts, is for Linux to say. */
static void test_what_is_memory(void **state)
{
	static const struct {
		const char *name, *value;
		unsigned count;
	} cases[] = {
		{ "status", "okay", 1 },
		{ "status", "ok", 1 },
		{ "status", "disabled", 0 },
		{ "status", "reserved", 0 },
		{ "device_type", "memory\0odd", 1 },
		{ "device_type", "cpu", 0 },
		{ "device_type", NULL, 0 },
		{ "reg", NULL, 0 },
		{ "linux,usable-memory", "", 0 },
		{ "hotpluggable", "", 1 },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		void *fdt = tree_open(VIRT);
		int node = tree_node(fdt, "/memory@40000000");

		if (!cases[i].value)
			fdt_delprop(fdt, node, cases[i].name);
		else
			set_string(fdt, "/memory@40000000", cases[i].name, cases[i].value);
		assert_int_equal(memory(fdt), 0);
		assert_int_equal(count, cases[i].count);
		free(fdt);
	}
}

static void test_usable_memory(void **state)
{
	void *fdt = tree_open(VIRT);

	(void)state;
	TREE_CELLS(fdt, "/memory@40000000", "linux,usable-memory", 0, 0x48000000, 0, 0x1000, 0);
	assert_int_equal(memory(fdt), 0);
	assert_int_equal(count, 1);
	assert_ram(0, 0x48000000, 0x1000);
	free(fdt);
}

/* Ranges that touch or overlap are one, in whatever order they come; parts of pages are none. */
static void test_joined_memory(void **state)
{
	void *fdt = tree_open(VIRT);

	(void)state;
	TREE_CELLS(fdt, "/memory@40000000", "reg", 0, 0x5c100000, 0, 0x3f00000, 0, 0x10000000, 0,
		   0x1000, 0, 0x40000000, 0, 0x1c100000, 0, 0x50000000, 0, 0x1000, 0, 0x10000800, 0,
		   0x1fff, 0, 0x20000800, 0, 0x17ff, 0, 0x30000001, 0, 0xfff);
	assert_int_equal(memory(fdt), 0);
	assert_int_equal(count, 2);
	assert_ram(0, 0x40000000, 0x20000000);
	assert_ram(1, 0x10000000, 0x2000);
	free(fdt);
}

/* To the last byte that an address can have. */
static void test_memory_at_the_end(void **state)
{
	static const struct {
		uint32_t base, size, taken;
	} cases[] = { { 0xfffff800, 0x800, 0 },
		      { 0xffffffff, 1, 0 },
		      { 0xffffd800, 0x2800, 0x1000 } };

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		void *fdt = tree_open(VIRT);

		TREE_CELLS(fdt, "/memory@40000000", "reg", ~0u, cases[i].base, 0, cases[i].size);
		assert_int_equal(memory(fdt), 0);
		assert_int_equal(count, cases[i].taken ? 1 : 0);
		if (cases[i].taken)
			assert_ram(0, 0xffffffffffffe000, cases[i].taken);
		free(fdt);
	}
}

/* As much as Linux has room for. */
static void test_much_memory(void **state)
{
	(void)state;
	for (unsigned banks = BOARD_TREE_MEMORIES; banks <= BOARD_TREE_MEMORIES + 1; banks++) {
		void *fdt = tree_open(VIRT);

		for (unsigned i = 1; i < banks; i++) {
			char path[32];

			snprintf(path, sizeof(path), "/memory@%x", i << 16);
			fdt_add_subnode(fdt, 0, path + 1);
			fdt_setprop_string(fdt, tree_node(fdt, path), "device_type", "memory");
			TREE_CELLS(fdt, path, "reg", 0, i << 16, 0, 0x1000);
		}
		assert_int_equal(memory(fdt), banks > BOARD_TREE_MEMORIES ? E_TOO_MANY : 0);
		assert_int_equal(count, BOARD_TREE_MEMORIES);
		free(fdt);
	}
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

	(void)state;
	for (unsigned i = 0; i < COUNT(odd); i++) {
		void *fdt = tree_open(VIRT);

		tree_set_cells(fdt, "/", odd[i].name, odd[i].cell, odd[i].cells);
		assert_int_equal(memory(fdt), E_FDT_BROKEN);
		free(fdt);
	}
}

/* Linux's: one cell each if the root does not say, and what the root says if /cpus does not. */
static void test_default_cells(void **state)
{
	void *fdt = tree_open(VIRT);
	uint32_t mask;

	(void)state;
	assert_int_equal(fdt_delprop(fdt, tree_node(fdt, "/cpus"), "#address-cells"), 0);
	assert_int_equal(cores(fdt, &mask), 0);
	assert_int_equal(mask, 0); /* of 64 bits by the root, but 32 long */
	TREE_CELLS(fdt, "/", "#address-cells", 1);
	TREE_CELLS(fdt, "/", "#size-cells", 1);
	TREE_CELLS(fdt, "/memory@40000000", "reg", 0x1000, 0x2000, 0x40000000, 0x5000, 0x6000);
	assert_int_equal(memory(fdt), 0);
	assert_int_equal(count, 2);
	assert_ram(1, 0x40000000, 0x5000);
	assert_int_equal(cores(fdt, &mask), 0);
	assert_int_equal(mask, 0xf);
	free(fdt);
}

/* Linux would take 1 for each: nothing that was written with 2 may be read so in silence. */
static void test_root_without_cells(void **state)
{
	static const char *const names[] = { "#address-cells", "#size-cells" };

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		void *fdt = tree_open(VIRT);
		struct error e = { 0 };
		struct bytes b;

		assert_int_equal(fdt_delprop(fdt, 0, names[i]), 0);
		b = tree_close(fdt);
		assert_int_equal(board_tree_memory(b, ram, &count, &e), E_FDT_BROKEN);
		assert_non_null(strstr(e.text, names[i]));
		bytes_free(b);
		free(fdt);
	}
}

/* What a tree keeps for somebody, as text: "name base+size", "name … base+size" for one of several. */
struct listing {
	char text[512];
	unsigned left; /* calls before it has enough */
};

static int list_region(void *arg, const struct tree_region *r)
{
	struct listing *l = arg;
	size_t used = strlen(l->text);

	snprintf(l->text + used, sizeof(l->text) - used, "%s%s %llx+%llx\n",
		 r->name ? r->name : "-", r->alone ? "" : " …", (unsigned long long)r->range.base,
		 (unsigned long long)r->range.size);
	return --l->left ? 0 : 7;
}

static void assert_regions(void *fdt, const char *text)
{
	struct bytes b = tree_close(fdt);
	struct listing l = { .left = 100 };

	assert_int_equal(board_tree_regions(b.data, list_region, &l), 0);
	assert_string_equal(l.text, text);
	bytes_free(b);
}

static void add_region(void *fdt, const char *name, const uint32_t *reg, unsigned cells)
{
	int parent = fdt_path_offset(fdt, "/reserved-memory");
	char path[64];

	if (parent < 0)
		parent = fdt_add_subnode(fdt, 0, "reserved-memory");
	assert_true(fdt_add_subnode(fdt, parent, name) > 0);
	snprintf(path, sizeof(path), "/reserved-memory/%s", name);
	tree_set_cells(fdt, path, "reg", reg, cells);
}
#define ADD_REGION(fdt, name, ...)                               \
	add_region(fdt, name, (const uint32_t[]){ __VA_ARGS__ }, \
		   sizeof((const uint32_t[]){ __VA_ARGS__ }) / 4)

static void test_regions(void **state)
{
	void *fdt = tree_open(VIRT);
	struct listing l = { .left = 2 };
	struct bytes b;
	int node;

	(void)state;
	assert_regions(fdt, "");
	assert_int_equal(fdt_add_mem_rsv(fdt, 0x5c000000, 0x400000), 0);
	assert_int_equal(fdt_add_mem_rsv(fdt, 0xfffffffffffff000, 0x2000), 0);
	ADD_REGION(fdt, "many@1000", 0, 0x1000, 0, 0x10, 0, 0x2000, 0, 0, 1, 0, 2, 0);
	ADD_REGION(fdt, "crooked", 0, 0x1000, 0, 0x10, 0);
	ADD_REGION(fdt, "disabled", 0, 0x1000, 0, 0x10);
	node = fdt_path_offset(fdt, "/reserved-memory/disabled");
	assert_int_equal(fdt_setprop_string(fdt, node, "status", "disabled"), 0);
	ADD_REGION(fdt, "optee@42000000", 0, 0x42000000, 0, 0x200000);
	node = fdt_path_offset(fdt, "/reserved-memory/optee@42000000");
	assert_int_equal(fdt_setprop(fdt, node, "no-map", "", 0), 0);
	node = fdt_add_subnode(fdt, fdt_path_offset(fdt, "/reserved-memory"), "anywhere");
	assert_int_equal(fdt_setprop_u64(fdt, node, "size", 0x1000), 0);
	assert_regions(fdt, "- 5c000000+400000\n"
			    "- fffffffffffff000+1000\n"
			    "optee@42000000 42000000+200000\n"
			    "many@1000 … 1000+10\n"
			    "many@1000 … 100000000+200000000\n");
	b = tree_close(fdt);
	assert_int_equal(board_tree_regions(b.data, list_region, &l), 7);
	assert_string_equal(l.text, "- 5c000000+400000\n- fffffffffffff000+1000\n");
	bytes_free(b);
	free(fdt);
}

/* U-Boot reserves the ramdisk that it hands over, and the tree. */
static void test_stale_reservations(void **state)
{
	void *fdt = tree_open(VIRT);
	int chosen = tree_node(fdt, "/chosen");
	struct bytes b;

	(void)state;
	assert_int_equal(fdt_setprop_u64(fdt, chosen, "linux,initrd-start", 0x48000000), 0);
	assert_int_equal(
		fdt_setprop_u32(fdt, tree_node(fdt, "/chosen"), "linux,initrd-end", 0x48001234), 0);
	assert_int_equal(fdt_add_mem_rsv(fdt, 0x48000000, 0x1234), 0);
	assert_regions(fdt, "");
	assert_int_equal(fdt_add_mem_rsv(fdt, 0x48000000, 0x1235), 0);
	assert_regions(fdt, "- 48000000+1235\n");
	assert_int_equal(fdt_del_mem_rsv(fdt, 1), 0);

	assert_int_equal(fdt_add_mem_rsv(fdt, 0x49000000, 1), 0);
	b = tree_close(fdt);
	assert_int_equal(fdt_del_mem_rsv(fdt, 1), 0);
	assert_int_equal(fdt_add_mem_rsv(fdt, 0x49000000, b.size), 0);
	assert_regions(fdt, "");
	bytes_free(b);
	free(fdt);

	/* A tree that is as long as a secure world, since it is filled up, is none. */
	fdt = tree_open(VIRT);
	assert_int_equal(fdt_add_mem_rsv(fdt, 0x5c000000, 0x100000), 0);
	b = (struct bytes){ malloc(0x100000), 0x100000 };
	assert_int_equal(fdt_open_into(fdt, (void *)b.data, 0x100000), 0);
	assert_false(board_tree_is_stale(b.data, &(struct range){ 0x5c000000, 0x100000 }));
	bytes_free(b);
	free(fdt);
}

static void test_broken_trees(void **state)
{
	struct error e = { 0 };
	struct bytes none = { (const uint8_t *)"", 0 };
	uint32_t mask;

	(void)state;
	assert_int_equal(board_tree_cores(none, &all, true, &mask, &e), E_FDT_BROKEN);
	e.code = 0;
	assert_int_equal(board_tree_memory(none, ram, &count, &e), E_FDT_BROKEN);
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
		cmocka_unit_test(test_cores),
		cmocka_unit_test(test_no_cores_at_all),
		cmocka_unit_test(test_hardware_ids),
		cmocka_unit_test(test_what_is_a_core),
		cmocka_unit_test(test_broken_cores),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_what_is_memory),
		cmocka_unit_test(test_usable_memory),
		cmocka_unit_test(test_joined_memory),
		cmocka_unit_test(test_memory_at_the_end),
		cmocka_unit_test(test_much_memory),
		cmocka_unit_test(test_broken_trees),
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_default_cells),
		cmocka_unit_test(test_root_without_cells),
		cmocka_unit_test(test_regions),
		cmocka_unit_test(test_stale_reservations),
		cmocka_unit_test(test_compatible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
