/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/tree.h"

#include "base/error.h"
#include "fdt/check.h"

static const char *const files[] = { FIXTURES "/virt.dtb", FIXTURES "/part.dtb" };

static int check(struct bytes tree)
{
	struct error e = { 0 };
	int rc = fdt_check_tree(tree, "tree", &e);

	assert_int_equal(rc, e.code);
	return rc;
}

static struct bytes load(unsigned file)
{
	void *fdt = tree_open(files[file]);
	struct bytes b = tree_close(fdt);

	free(fdt);
	return b;
}

static void put_be32(struct bytes b, size_t at, uint32_t value)
{
	fdt32_st(bytes_at(b, at), value);
}

static void test_accepts(void **state)
{
	(void)state;
	for (unsigned i = 0; i < COUNT(files); i++) {
		struct bytes padded = bytes_load(files[i]), packed = load(i);

		assert_int_equal(check(padded), 0);
		assert_int_equal(check(packed), 0);
		bytes_free(padded);
		bytes_free(packed);
	}
}

static void test_refuses_cut_off(void **state)
{
	(void)state;
	for (unsigned i = 0; i < COUNT(files); i++) {
		struct bytes packed = load(i);

		for (size_t size = 0; size < packed.size; size += size < 64 ? 1 : 37) {
			struct bytes part = bytes_copy(packed.data, size);

			assert_int_equal(check(part), E_FDT_BROKEN);
			/* shorter, and saying so */
			if (size >= sizeof(struct fdt_header)) {
				put_be32(part, offsetof(struct fdt_header, totalsize),
					 (uint32_t)size);
				assert_int_equal(check(part), E_FDT_BROKEN);
			}
			bytes_free(part);
		}
		bytes_free(packed);
	}
}

static void test_refuses_headers(void **state)
{
#define FIELD(name, value)                                                   \
	{                                                                    \
#name " = " #value, offsetof(struct fdt_header, name), value \
	}
	static const struct {
		const char *what;
		size_t at;
		uint32_t value;
	} cases[] = {
		FIELD(magic, 0xd00dfeee),
		FIELD(magic, 0xedfe0dd0),
		FIELD(version, 16),
		FIELD(version, 3),
		FIELD(last_comp_version, 18),
		FIELD(totalsize, 0),
		FIELD(totalsize, 39),
		FIELD(totalsize, 0x7fffffff),
		FIELD(totalsize, 0xffffffff),
		FIELD(off_mem_rsvmap, 0),
		FIELD(off_mem_rsvmap, 44),
		FIELD(off_mem_rsvmap, 0xfffffff8),
		FIELD(off_dt_struct, 0),
		FIELD(off_dt_struct, 41),
		FIELD(off_dt_struct, 0xfffffffc),
		FIELD(size_dt_struct, 0),
		FIELD(size_dt_struct, 4),
		FIELD(size_dt_struct, 0xffffffff),
		FIELD(off_dt_strings, 0),
		FIELD(off_dt_strings, 0xffffffff),
		FIELD(size_dt_strings, 1), /* "#" of the first name, without its NUL */
		FIELD(size_dt_strings, 0),
		FIELD(size_dt_strings, 0xfffffff0),
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct bytes b = load(1);

		put_be32(b, cases[i].at, cases[i].value);
		if (check(b) != E_FDT_BROKEN)
			fail_msg("%s is taken", cases[i].what);
		bytes_free(b);
	}
}

static void test_refuses_misaligned(void **state)
{
	struct bytes b = load(1);
	uint8_t *wide = malloc(b.size + 8);

	(void)state;
	assert_non_null(wide);
	for (unsigned shift = 0; shift < 8; shift++) {
		struct bytes moved = { wide + shift, b.size };

		memcpy(wide + shift, b.data, b.size);
		assert_int_equal(check(moved), shift ? E_FDT_BROKEN : 0);
	}
	free(wide);
	bytes_free(b);
}

/* Trees of a few words, each with one fault that only a walk finds. */
static void test_refuses_structures(void **state)
{
	enum {
		BEGIN = FDT_BEGIN_NODE,
		END = FDT_END_NODE,
		PROP = FDT_PROP,
		NOP = FDT_NOP,
		DONE = FDT_END,
		ROOT = 0,
		NAME = 0x61000000 /* "a" */,
		LONG = 0x61616161
	};
	static const struct {
		int rc;
		uint32_t word[16];
	} cases[] = {
		{ 0, { BEGIN, ROOT, END, DONE } },
		{ 0, { NOP, BEGIN, ROOT, NOP, END, NOP, DONE } },
		{ 0, { BEGIN, ROOT, PROP, 1, 0, NAME, BEGIN, NAME, END, END, DONE } },
		{ E_FDT_BROKEN, { DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, END, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, NAME, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, BEGIN, ROOT, END, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, BEGIN, 0x2f610000, END, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, END, BEGIN, ROOT, END, DONE } },
		{ E_FDT_BROKEN, { PROP, 0, 0, BEGIN, ROOT, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, END, PROP, 0, 0, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, BEGIN, NAME, END, PROP, 0, 0, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, PROP, 0, 3, END, DONE } }, /* past the strings */
		{ E_FDT_BROKEN, { BEGIN, ROOT, PROP, 0, 2, END, DONE } }, /* an empty name */
		{ E_FDT_BROKEN, { BEGIN, ROOT, PROP, 0, 0xffffffff, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, PROP, 49, 0, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, PROP, 0xfffffffc, 0, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, PROP, 0x7ffffff0, 0, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, 5, END, DONE } },
		{ E_FDT_BROKEN, { BEGIN, ROOT, 0x01000000, END, DONE } },
		{ E_FDT_BROKEN,
		  { NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP, NOP,
		    NOP } },
		{ E_FDT_BROKEN,
		  { BEGIN, ROOT, BEGIN, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG,
		    LONG, LONG, LONG } },
	};
	struct {
		fdt32_t header[10], reserved[4], word[16];
		char strings[4];
	} tree;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		const uint32_t header[] = { FDT_MAGIC, sizeof(tree), 56, 120, 40, 17, 16, 0, 3, 64 };
		struct bytes b;

		memset(&tree, 0, sizeof(tree));
		for (unsigned k = 0; k < COUNT(header); k++)
			tree.header[k] = cpu_to_fdt32(header[k]);
		for (unsigned k = 0; k < COUNT(tree.word); k++)
			tree.word[k] = cpu_to_fdt32(cases[i].word[k]);
		tree.strings[0] = 'p';
		b = bytes_copy(&tree, sizeof(tree));
		if (check(b) != cases[i].rc)
			fail_msg("case %u: wanted %d", i, cases[i].rc);
		bytes_free(b);
	}
}

/* Blocks in the header, at an odd place, or in a tree that calls itself too long for an int. */
static void test_refuses_places(void **state)
{
	static const uint32_t words[] = { FDT_BEGIN_NODE, 0, FDT_END_NODE, FDT_END };
	static const struct {
		int rc;
		uint32_t size, structure, strings;
	} cases[] = {
		{ 0, 80, 56, 76 },
		{ E_FDT_BROKEN, 80, 56, 28 }, /* the boot core's zero would do as strings */
		{ E_FDT_BROKEN, 80, 58, 76 },
		{ E_FDT_BROKEN, 0x7fffffff, 56, 76 },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		const uint32_t header[] = { FDT_MAGIC,
					    cases[i].size,
					    cases[i].structure,
					    cases[i].strings,
					    40,
					    17,
					    16,
					    0,
					    4,
					    sizeof(words) };
		uint8_t tree[96] = { 0 };
		struct bytes b;

		for (unsigned k = 0; k < COUNT(header); k++)
			fdt32_st(tree + 4 * k, header[k]);
		for (unsigned k = 0; k < COUNT(words); k++)
			fdt32_st(tree + cases[i].structure + 4 * k, words[k]);
		b = bytes_copy(tree, sizeof(tree));
		if (b.size < cases[i].size)
			b.size = cases[i].size; /* as if it were there: nobody looks that far */
		if (check(b) != cases[i].rc)
			fail_msg("case %u: wanted %d", i, cases[i].rc);
		bytes_free(b);
	}
}

static void test_reservations_need_an_end(void **state)
{
	struct bytes b = load(1);

	(void)state;
	put_be32(b, offsetof(struct fdt_header, off_mem_rsvmap), (uint32_t)(b.size - 8) & ~7u);
	assert_int_equal(check(b), E_FDT_BROKEN);
	bytes_free(b);
}

static void test_depth_is_bounded(void **state)
{
	(void)state;
	for (unsigned depth = FDT_DEPTH_MAX - 1; depth <= FDT_DEPTH_MAX + 1; depth++) {
		uint8_t *fdt = malloc(4096);
		struct bytes b;

		assert_non_null(fdt);
		assert_int_equal(fdt_create(fdt, 4096), 0);
		assert_int_equal(fdt_finish_reservemap(fdt), 0);
		for (unsigned i = 0; i < depth; i++)
			assert_int_equal(fdt_begin_node(fdt, i ? "n" : ""), 0);
		for (unsigned i = 0; i < depth; i++)
			assert_int_equal(fdt_end_node(fdt), 0);
		assert_int_equal(fdt_finish(fdt), 0);
		b = bytes_copy(fdt, fdt_totalsize(fdt));
		assert_int_equal(check(b), depth <= FDT_DEPTH_MAX ? 0 : E_FDT_BROKEN);
		bytes_free(b);
		free(fdt);
	}
}

/* One to three words or bytes changed: what libfdt's own checker refuses, we refuse. */
static void test_as_strict_as_libfdt(void **state)
{
	static const uint32_t words[] = { 0, 1, 2, 3, 4, 9, 0xffffffff, 0x7fffffff, 0x80000000 };
	unsigned refused = 0, taken = 0;

	(void)state;
	srand(3);
	for (unsigned file = 0; file < COUNT(files); file++) {
		struct bytes original = load(file);

		for (unsigned round = 0; round < 4000; round++) {
			struct bytes b = bytes_copy(original.data, original.size);

			for (int n = rand() % 3; n >= 0; n--) {
				size_t at = (size_t)rand() % (rand() % 4 ? b.size : 40);

				if (rand() % 2)
					put_be32(b, at < 4 ? 0 : (at - 4) & ~(size_t)3,
						 words[rand() % (int)COUNT(words)]);
				else
					*bytes_at(b, at) = (uint8_t)rand();
			}
			if (check(b))
				refused++;
			else if (tree_check_full(b))
				fail_msg("file %u, round %u: taken, libfdt refuses", file, round);
			else
				taken++;
			bytes_free(b);
		}
		bytes_free(original);
	}
	assert_true(refused > 500 && taken > 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepts),
		cmocka_unit_test(test_refuses_cut_off),
		cmocka_unit_test(test_refuses_headers),
		cmocka_unit_test(test_refuses_misaligned),
		cmocka_unit_test(test_refuses_structures),
		cmocka_unit_test(test_refuses_places),
		cmocka_unit_test(test_reservations_need_an_end),
		cmocka_unit_test(test_depth_is_bounded),
		cmocka_unit_test(test_as_strict_as_libfdt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
