/* SPDX-License-Identifier: BSD-2-Clause */
/* Overlays as dtc makes them, one on top of the other, and those that do not fit. */
#include "base/error.h"
#include "boot/feature/overlays.h"
#include "test/unit/tree.h"

#define ROOM   8192
#define CANARY 64

static struct bytes load(const char *name)
{
	char path[256];
	struct bytes b;
	void *fdt;

	snprintf(path, sizeof(path), FIXTURES "/overlay-%s.dtb", name);
	fdt = tree_open(path);
	b = tree_close(fdt);
	free(fdt);
	return b;
}

struct merged {
	uint8_t *memory;
	struct bytes tree;
	int code;
	struct error e;
};

/* @names: up to a NULL; @spoil one of them, if it is there. */
static struct merged merge(size_t room, struct bytes base, const char *const *names,
			   void (*spoil)(struct bytes tree), unsigned spoilt)
{
	struct merged m = { .memory = malloc(room + CANARY) };
	struct bytes before = bytes_copy(base.data, base.size);
	struct overlay overlay[8];
	unsigned count = 0;

	assert_non_null(m.memory);
	memset(m.memory + room, 0xa5, CANARY);
	for (; names[count]; count++) {
		overlay[count] = (struct overlay){ names[count], load(names[count]) };
		if (spoil && count == spoilt)
			spoil(overlay[count].tree);
	}
	m.code = features->overlays->merge(m.memory, room, base, overlay, count, &m.tree, &m.e);
	assert_int_equal(m.code, m.e.code);
	assert_memory_equal(base.data, before.data, base.size);
	for (size_t i = 0; i < CANARY; i++)
		assert_int_equal(m.memory[room + i], 0xa5);
	while (count--)
		bytes_free(overlay[count].tree);
	bytes_free(before);
	return m;
}

static void assert_merged(struct bytes base)
{
	static const char *const names[] = { "first", "second", NULL };
	struct merged m = merge(ROOM, base, names, NULL, 0);
	uint32_t clock, own;

	if (m.code)
		fail_msg("%s", m.e.text);
	assert_int_equal(tree_check_full(m.tree), 0);
	assert_ptr_equal(m.tree.data, m.memory);
	assert_true(m.tree.size < 2048); /* no padding left */
	TREE_EXPECT_STRING(m.memory, "/soc/serial@1000", "status", "reserved");
	TREE_EXPECT_STRING(m.memory, "/soc/serial@1000/device@1", "compatible", "example,first");
	TREE_EXPECT_STRING(m.memory, "/soc/serial@1000/device@1", "more", "example,second");
	TREE_EXPECT_CELLS(m.memory, "/added", "value", 2);
	/* references are those of the merged tree */
	clock = fdt_get_phandle(m.memory, tree_node(m.memory, "/soc/clock@2000"));
	own = fdt_get_phandle(m.memory, tree_node(m.memory, "/soc/serial@1000/oscillator"));
	assert_true(clock && own && clock != own);
	TREE_EXPECT_CELLS(m.memory, "/soc/serial@1000/device@1", "clocks", clock, own);
	free(m.memory);
}

static void in_their_order(void **state)
{
	struct bytes base = load("base");

	(void)state;
	assert_merged(base);
	bytes_free(base);
}

static uint32_t put_block(uint8_t *to, uint32_t at, struct bytes tree, uint32_t from, uint32_t size)
{
	memcpy(to + at, tree.data + from, size);
	return at + ((size + 7) & ~7u);
}

/* As no tool writes it: the blocks of @tree from the last to the first. */
static struct bytes turned(struct bytes tree)
{
	const void *h = tree.data;
	uint32_t structure = sizeof(struct fdt_header), reservations, end;
	uint8_t *to = calloc(1, tree.size + 24);

	assert_non_null(to);
	memcpy(to, h, sizeof(struct fdt_header));
	fdt_set_off_dt_strings(to, structure);
	structure = put_block(to, structure, tree, fdt_off_dt_strings(h), fdt_size_dt_strings(h));
	fdt_set_off_dt_struct(to, structure);
	reservations = put_block(to, structure, tree, fdt_off_dt_struct(h), fdt_size_dt_struct(h));
	fdt_set_off_mem_rsvmap(to, reservations);
	end = put_block(to, reservations, tree, fdt_off_mem_rsvmap(h),
			fdt_off_dt_struct(h) - fdt_off_mem_rsvmap(h));
	fdt_set_totalsize(to, end);
	return (struct bytes){ to, end };
}

static void blocks_in_another_order(void **state)
{
	struct bytes base = load("base"), other = turned(base);

	(void)state;
	assert_merged(other);
	bytes_free(other);
	bytes_free(base);
}

static void refused(size_t room, const char *const *names, void (*spoil)(struct bytes tree),
		    unsigned spoilt, int code, const char *text)
{
	struct bytes base = load("base");
	struct merged m = merge(room, base, names, spoil, spoilt);

	if (m.code != code || !strstr(m.e.text, text))
		fail_msg("%s: %s", error_name(m.code), m.e.text);
	free(m.memory);
	bytes_free(base);
}

static void other_way_round(void **state)
{
	static const char *const names[] = { "second", "first", NULL };

	(void)state;
	refused(ROOM, names, NULL, 0, E_FDT_OVERLAY,
		"overlay second: does not fit the tree: libfdt's error 1");
}

static void for_nobody(void **state)
{
	static const char *const names[] = { "first", "nowhere", "second", NULL };

	(void)state;
	refused(ROOM, names, NULL, 0, E_FDT_OVERLAY, "overlay nowhere: ");
}

/* A tree that is no overlay changes nothing. */
static void no_overlay_at_all(void **state)
{
	static const char *const names[] = { "base", NULL };
	struct bytes base = load("base");
	struct merged m = merge(ROOM, base, names, NULL, 0);

	(void)state;
	assert_true(m.code == 0 || m.code == E_FDT_OVERLAY);
	free(m.memory);
	bytes_free(base);
}

static void there_is_no_room(void **state)
{
	static const char *const names[] = { "first", "second", NULL };
	struct bytes base = load("base");
	size_t needed;
	struct merged m = merge(ROOM, base, names, NULL, 0);
	unsigned full = 0;

	(void)state;
	needed = m.tree.size;
	free(m.memory);
	for (size_t room = 0; room < needed + 200; room += 8) {
		m = merge(room, base, names, NULL, 0);
		assert_true(m.code == 0 || m.code == E_FDT_OVERLAY);
		assert_true(m.code || room >= needed);
		full += m.code != 0;
		free(m.memory);
	}
	assert_true(full >= needed / 8);
	bytes_free(base);
}

static void cut(struct bytes tree)
{
	*bytes_at(tree, 7) = (uint8_t)(tree.size - 8); /* total size, of fewer than 64 KiB */
	*bytes_at(tree, 6) = (uint8_t)((tree.size - 8) >> 8);
}

static void nonsense(struct bytes tree)
{
	memset(bytes_at(tree, 0), 0x5a, tree.size);
}

static void each_is_checked(void **state)
{
	static const char *const names[] = { "first", "second", NULL };

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		refused(ROOM, names, cut, i, E_FDT_BROKEN, names[i]);
		refused(ROOM, names, nonsense, i, E_FDT_BROKEN, names[i]);
	}
}

/* --- fixups that libfdt would follow anywhere -------------------------------------------------- */

static void *overlay_to_change(void)
{
	return tree_open(FIXTURES "/overlay-first.dtb");
}

static void fixups_refused(void *fdt)
{
	struct bytes base = load("base"), first = tree_close(fdt), merged;
	const struct overlay overlay = { "first", first };
	uint8_t *to = malloc(ROOM);
	struct error e = { 0 };

	assert_non_null(to);
	assert_int_equal(features->overlays->merge(to, ROOM, base, &overlay, 1, &merged, &e),
			 E_FDT_OVERLAY);
	if (!strstr(e.text, "overlay first: fixups"))
		fail_msg("%s", e.text);
	bytes_free(base);
	bytes_free(first);
	free(to);
	free(fdt);
}

static int set_fixup(void *fdt, const char *text)
{
	return fdt_setprop(fdt, tree_node(fdt, "/__fixups__"), "uart", text, (int)strlen(text) + 1);
}

#define LOCAL_DEVICE "/__local_fixups__/fragment@0/__overlay__/device@1"

/* Found by fuzzing: it reads the word before it looks whether that is in the property. */
static void local_fixup_outside_its_property(void **state)
{
	static const uint32_t offsets[] = { 5, 8, 0x10000, 0x7fffffff, 0xfffffffc, 0xffffffff };

	(void)state;
	for (size_t i = 0; i < COUNT(offsets); i++) {
		void *fdt = overlay_to_change();

		TREE_CELLS(fdt, LOCAL_DEVICE, "clocks", 4, offsets[i]);
		fixups_refused(fdt);
	}
}

static void local_fixup_of_nothing(void **state)
{
	void *fdt = overlay_to_change();

	(void)state;
	TREE_CELLS(fdt, LOCAL_DEVICE, "clock", 0);
	fixups_refused(fdt);
	fdt = overlay_to_change();
	assert_true(fdt_add_subnode(fdt, tree_node(fdt, LOCAL_DEVICE), "child") > 0);
	fixups_refused(fdt);
	fdt = overlay_to_change();
	assert_int_equal(fdt_setprop(fdt, tree_node(fdt, LOCAL_DEVICE), "clocks", "abc", 3), 0);
	fixups_refused(fdt);
}

/* The same in /__fixups__, where libfdt's sum of offset and size wraps: a write in front of the property. */
static void fixup_outside_its_property(void **state)
{
	static const char *const offsets[] = { "4294967292", "-4", "+4",  " 4",
					       "",	     "4x", "0x4", "1000000000" };

	(void)state;
	for (size_t i = 0; i < COUNT(offsets); i++) {
		void *fdt = overlay_to_change();
		char text[100];

		snprintf(text, sizeof(text), "/fragment@0:target:%s", offsets[i]);
		assert_int_equal(set_fixup(fdt, text), 0);
		fixups_refused(fdt);
	}
}

/* What is checked must be what is followed. */
static void fixups_of_fixups(void **state)
{
	static const char *const paths[] = {
		"/__fixups__:uart:0", "//__fixups__:uart:0", "uart:uart:0",
		"/__local_fixups__/fragment@0/__overlay__/device@1:clocks:0"
	};
	static const char *const nodes[] = { "__fixups__", "__local_fixups__" };
	void *fdt;
	int local;

	(void)state;
	for (size_t i = 0; i < COUNT(paths); i++) {
		fdt = overlay_to_change();
		assert_int_equal(set_fixup(fdt, paths[i]), 0);
		fixups_refused(fdt);
	}
	for (size_t i = 0; i < COUNT(nodes); i++) {
		fdt = overlay_to_change();
		local = tree_node(fdt, "/__local_fixups__");
		assert_true(fdt_add_subnode(fdt, local, nodes[i]) > 0);
		fixups_refused(fdt);
	}
	fdt = overlay_to_change();
	TREE_CELLS(fdt, "/fragment@0/__overlay__/device@1", "phandle", 7);
	TREE_CELLS(fdt, LOCAL_DEVICE, "phandle", 0);
	fixups_refused(fdt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_their_order),
		cmocka_unit_test(blocks_in_another_order),
		cmocka_unit_test(other_way_round),
		cmocka_unit_test(for_nobody),
		cmocka_unit_test(no_overlay_at_all),
		cmocka_unit_test(there_is_no_room),
		cmocka_unit_test(each_is_checked),
		cmocka_unit_test(local_fixup_outside_its_property),
		cmocka_unit_test(local_fixup_of_nothing),
		cmocka_unit_test(fixup_outside_its_property),
		cmocka_unit_test(fixups_of_fixups),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
