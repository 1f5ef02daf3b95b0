/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How libFuzzer changes an input: one of its parts at a time, and a device tree more often as a tree
 * (nodes, properties) than as bytes, or hardly an input would get past the header's sizes.
 */
#include <libfdt.h>

#include "fdt/check.h"
#include "test/fuzz/fuzz.h"

#define PARTS_MAX 4
#define EDIT_ROOM 4096 /* that one edit may add to a tree */
#define VALUE_MAX 65536

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed);

static uint32_t state;

static unsigned below(unsigned count)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % count;
}

/* Near to what it was, by bytes, pages or megabytes; or what sizes, counts and addresses break at. */
static uint32_t another_number(uint32_t old)
{
	static const uint32_t numbers[] = { 0,		1,	    2,		3,
					    4,		8,	    0x1000,	0x10000,
					    0x40000000, 0x5c000000, 0x5d000000, 0x7fffffff,
					    0x80000000, 0xfffff000, 0xffffffff };
	static const unsigned steps[] = { 0, 12, 20 };

	if (below(2))
		return old + ((below(64) - 32) << steps[below(COUNT(steps))]);
	return numbers[below(COUNT(numbers))] + below(2) * (below(64) - 32);
}

static int any_node(const void *fdt)
{
	int node = 0, found = 0;

	for (unsigned seen = 1; node >= 0; node = fdt_next_node(fdt, node, NULL), seen++)
		if (!below(seen))
			found = node;
	return found;
}

/* The offset of a property of @node; negative if it has none. */
static int any_property(const void *fdt, int node)
{
	int at, found = -1;
	unsigned seen = 0;

	fdt_for_each_property_offset(at, fdt, node)
		if (!below(++seen))
			found = at;
	return found;
}

static void set_property(void *fdt, int node, const char *name, const void *value, int size)
{
	char copy[256]; /* strings and values move when the tree grows */

	snprintf(copy, sizeof(copy), "%s", name);
	fdt_setprop(fdt, node, copy, value, size);
}

static void mutate_value(void *fdt, int node, int at)
{
	static uint8_t value[VALUE_MAX];
	const char *name;
	int size;
	const void *old = fdt_getprop_by_offset(fdt, at, &name, &size);

	if (!old || size > VALUE_MAX - 64)
		return;
	memcpy(value, old, (size_t)size);
	size = (int)LLVMFuzzerMutate(value, (size_t)size, (size_t)size + 64);
	set_property(fdt, node, name, value, size);
}

/* One cell of a list becomes a number that is often wrong. */
static void set_cell(void *fdt, int at)
{
	const char *name;
	int size;
	uint8_t *old = (uint8_t *)(uintptr_t)fdt_getprop_by_offset(fdt, at, &name, &size);

	if (old && size >= 4) {
		old += 4 * below((unsigned)size / 4);
		fdt32_st(old, another_number(fdt32_ld((const fdt32_t *)(const void *)old)));
	}
}

/* Give @node the property at @at, which may be another node's. */
static void copy_property(void *fdt, int node, int at)
{
	static uint8_t value[VALUE_MAX];
	const char *name;
	int size;
	const void *old = fdt_getprop_by_offset(fdt, at, &name, &size);

	if (!old || size > VALUE_MAX)
		return;
	memcpy(value, old, (size_t)size);
	set_property(fdt, node, name, value, size);
}

/* A node of another's name, with one of its properties. */
static void add_node(void *fdt, int parent)
{
	int other = any_node(fdt), at = any_property(fdt, other);
	char name[64];

	snprintf(name, sizeof(name), "%s", fdt_get_name(fdt, other, NULL));
	if (!name[0])
		return;
	/* at a fixed place behind the parent's properties: @at is in front of it or moves */
	if (at >= 0 && at < parent)
		copy_property(fdt, fdt_add_subnode(fdt, parent, name), at);
	else
		fdt_add_subnode(fdt, parent, name);
}

static void rename_node(void *fdt, int node)
{
	char name[64];

	snprintf(name, sizeof(name), "%s", fdt_get_name(fdt, any_node(fdt), NULL));
	if (node && name[0])
		fdt_set_name(fdt, node, name);
}

static void edit_tree(void *fdt)
{
	int node = any_node(fdt), at = any_property(fdt, node);
	const char *name;

	switch (below(10)) {
	case 0:
		if (node)
			fdt_del_node(fdt, node);
		return;
	case 1:
		add_node(fdt, node);
		return;
	case 2:
		rename_node(fdt, node);
		return;
	case 3:
		at = any_property(fdt, any_node(fdt));
		if (at >= 0)
			copy_property(fdt, node, at);
		return;
	case 4:
		if (at >= 0 && fdt_getprop_by_offset(fdt, at, &name, NULL))
			fdt_nop_property(fdt, node, name);
		return;
	case 5:
	case 6:
	case 7:
		if (at >= 0)
			set_cell(fdt, at);
		return;
	default:
		if (at >= 0)
			mutate_value(fdt, node, at);
	}
}

/*
 * The tree at the start of @data as another one. What lies behind it stays where it is as long as
 * the tree does not become longer: positions of a FIT's external data still fit then.
 */
static size_t mutate_tree(uint8_t *data, size_t size, size_t room, struct bytes tree)
{
	size_t old = fdt_totalsize(tree.data), new, rest = size - old;
	uint8_t *fdt = malloc(old + EDIT_ROOM + VALUE_MAX);

	assert_non_null(fdt);
	if (fdt_open_into(tree.data, fdt, (int)old + EDIT_ROOM + VALUE_MAX))
		goto out;
	for (unsigned n = below(3) + 1; n; n--)
		edit_tree(fdt);
	fdt_pack(fdt);
	new = fdt_totalsize(fdt);
	if (new < old) {
		memset(fdt + new, 0, old - new);
		fdt_set_totalsize(fdt, (uint32_t)old);
		new = old;
	}
	if (new + rest > room)
		goto out;
	memmove(data + new, data + old, rest);
	memcpy(data, fdt, new);
	size = new + rest;
out:
	free(fdt);
	return size;
}

/* Headers are words: one becomes another number, or nearly what it was. Most are near the start. */
static void set_word(uint8_t *data, size_t size)
{
	size_t words = size / 4, word = below((unsigned)(below(4) && words > 32 ? 32 : words));
	uint32_t value;

	memcpy(&value, data + 4 * word, sizeof(value));
	value = another_number(value);
	memcpy(data + 4 * word, &value, sizeof(value));
}

static size_t mutate_part(uint8_t *data, size_t size, size_t room)
{
	struct bytes copy = bytes_copy(data, size); /* where alignment is right */
	struct error e = { 0 };
	size_t tree = fdt_check_tree(copy, "input", &e) ? 0 : fdt_totalsize(copy.data);

	if (!below(8) || size < 4)
		size = LLVMFuzzerMutate(data, size, room);
	else if (tree && (below(2) || size - tree < 4))
		size = mutate_tree(data, size, room, copy);
	else if (tree || below(2)) /* what lies behind a tree: images */
		set_word(data + tree, size - tree);
	else
		size = LLVMFuzzerMutate(data, size, room);
	bytes_free(copy);
	return size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed)
{
	struct bytes input = { data, size }, part[PARTS_MAX];
	size_t used = 0, heads = 4 * (size_t)fuzz_parts;
	uint8_t *to = malloc(size + room + heads);
	unsigned chosen;

	assert_non_null(to);
	state = seed * 2654435761u + 1;
	chosen = below(fuzz_parts + 1);
	for (unsigned i = 0; i <= fuzz_parts; i++) {
		size_t head = i < fuzz_parts ? 4 : 0, part_size, others;
		uint8_t *place = to + used + head;

		part[i] = head ? fuzz_part(&input) : input;
		part_size = part[i].size;
		memcpy(place, part[i].data, part_size);
		/* what the others take: all of the input but this part, heads that it lacks added */
		others = size + heads - part_size;
		if (i == chosen && part_size < room && others + part_size < room)
			part_size = mutate_part(place, part_size, room - others);
		if (head)
			for (unsigned k = 0; k < 4; k++)
				to[used + k] = (uint8_t)(part_size >> 8 * k);
		used += head + part_size;
	}
	if (used <= room) {
		memcpy(data, to, used);
		size = used;
	}
	free(to);
	return size;
}
