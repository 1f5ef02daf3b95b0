/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests of device trees: trees from files, changed at will, in blocks of exactly their size. */
#ifndef TEST_UNIT_TREE_H
#define TEST_UNIT_TREE_H

#include <dlfcn.h>

#include <libfdt.h>

#include "base/core.h"
#include "test/unit/unit.h"

/* A struct core_set of cores that are called by their numbers. */
static const core_id_t tree_numbers[32] = { 0,	1,  2,	3,  4,	5,  6,	7,  8,	9,  10,
					    11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
					    22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };
#define TREE_CORES(mask)             \
	{                            \
		tree_numbers, (mask) \
	}

#define TREE_ROOM 65536 /* bytes to change a tree in */

/* A changeable copy of @path with TREE_ROOM bytes, without padding of its own. */
static inline void *tree_open(const char *path)
{
	struct bytes file = bytes_load(path);
	void *fdt = malloc(file.size + TREE_ROOM);

	assert_non_null(fdt);
	assert_int_equal(fdt_open_into(file.data, fdt, (int)(file.size + TREE_ROOM)), 0);
	assert_int_equal(fdt_pack(fdt), 0);
	assert_int_equal(fdt_open_into(fdt, fdt, (int)fdt_totalsize(fdt) + TREE_ROOM), 0);
	bytes_free(file);
	return fdt;
}

/* As it is now, in a block of exactly its size; bytes_free() it. */
static inline struct bytes tree_close(void *fdt)
{
	struct bytes b;

	assert_int_equal(fdt_pack(fdt), 0);
	b = bytes_copy(fdt, fdt_totalsize(fdt));
	assert_int_equal(fdt_open_into(fdt, fdt, (int)fdt_totalsize(fdt) + TREE_ROOM), 0);
	return b;
}

static inline int tree_node(const void *fdt, const char *path)
{
	int node = fdt_path_offset(fdt, path);

	if (node < 0)
		fail_msg("no %s in the tree", path);
	return node;
}

/* @cells big-endian words. */
static inline void tree_set_cells(void *fdt, const char *path, const char *name,
				  const uint32_t *cell, unsigned cells)
{
	fdt32_t value[64];

	assert_true(cells <= COUNT(value));
	for (unsigned i = 0; i < cells; i++)
		value[i] = cpu_to_fdt32(cell[i]);
	assert_int_equal(fdt_setprop(fdt, tree_node(fdt, path), name, value, (int)(4 * cells)), 0);
}

#define TREE_CELLS(fdt, path, name, ...)                                   \
	tree_set_cells(fdt, path, name, (const uint32_t[]){ __VA_ARGS__ }, \
		       sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

/* A property's bytes, checked. */
static inline void tree_expect(const void *fdt, const char *path, const char *name,
			       const void *value, size_t size)
{
	int len;
	const void *data = fdt_getprop(fdt, tree_node(fdt, path), name, &len);

	if (!data || (size_t)len != size || memcmp(data, value, size))
		fail_msg("%s: %s is missing or differs (%d bytes)", path, name, len);
}

#define TREE_EXPECT_STRING(fdt, path, name, value) \
	tree_expect(fdt, path, name, value, strlen(value) + 1)

static inline void tree_expect_cells(const void *fdt, const char *path, const char *name,
				     const uint32_t *cell, unsigned cells)
{
	fdt32_t value[64];

	assert_true(cells <= COUNT(value));
	for (unsigned i = 0; i < cells; i++)
		value[i] = cpu_to_fdt32(cell[i]);
	tree_expect(fdt, path, name, value, 4 * cells);
}

#define TREE_EXPECT_CELLS(fdt, path, name, ...)                               \
	tree_expect_cells(fdt, path, name, (const uint32_t[]){ __VA_ARGS__ }, \
			  sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

static inline void tree_expect_absent(const void *fdt, const char *path)
{
	if (fdt_path_offset(fdt, path) != -FDT_ERR_NOTFOUND)
		fail_msg("%s is there", path);
}

static inline void tree_expect_no_property(const void *fdt, const char *path, const char *name)
{
	if (fdt_getprop(fdt, tree_node(fdt, path), name, NULL))
		fail_msg("%s: %s is there", path, name);
}

/*
 * What the host's own libfdt says of a tree. Not linked: the program's libfdt, told to take checked
 * trees for granted, would stand in for what fdt_check_full() calls.
 */
static inline int tree_check_full(struct bytes tree)
{
	static int (*check)(const void *fdt, size_t size);

	if (!check) {
		void *library = dlopen("libfdt.so.1", RTLD_NOW | RTLD_LOCAL);

		assert_non_null(library);
		*(void **)&check = dlsym(library, "fdt_check_full");
		assert_non_null(check);
	}
	return check(tree.data, tree.size);
}

#endif
