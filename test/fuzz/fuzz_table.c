/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a resource table, filled in as for any memory and any link. */
#include "resource_table/table.h"
#include "test/fuzz/fuzz.h"

#define PAGE 4096u

const unsigned fuzz_parts = 1;

static const struct range low = { 0, 0x100000000 };

/* Entries in order, apart, and in the table. */
static void check_entries(const struct table *t)
{
	size_t end = sizeof(struct resource_table) + 4 * t->count;
	unsigned vdevs = 0;

	assert_true(t->count <= RESOURCE_ENTRIES_MAX);
	for (unsigned i = 0; i < t->count; i++) {
		const struct table_entry *entry = &t->entry[i];

		assert_true(entry->offset >= end && entry->size >= sizeof(entry->type));
		end = (size_t)entry->offset + entry->size;
		assert_true(end <= t->size);
		vdevs += entry->type == RESOURCE_VDEV;
	}
	assert_true(vdevs <= TABLE_VDEVS);
}

/* Read it again as somebody who finds it in memory. */
static void check_again(const struct table *t)
{
	struct bytes copy = bytes_copy(t->data, t->size);
	struct error e = { 0 };
	struct table again;

	assert_int_equal(table_read(&again, (uint8_t *)(uintptr_t)copy.data, copy.size, "it", &e),
			 0);
	assert_int_equal(again.count, t->count);
	assert_memory_equal(again.entry, t->entry, t->count * sizeof(t->entry[0]));
	bytes_free(copy);
}

struct areas {
	struct range memory;
	const struct table *before;
	unsigned next; /* entry to come */
	struct range placed[RESOURCE_ENTRIES_MAX], fixed[RESOURCE_ENTRIES_MAX];
	unsigned places, fixeds;
};

/* The next carve-out, DEVMEM or trace: was it given a place, or has it kept its own? */
static int check_area(void *arg, const struct table_area *area)
{
	struct areas *a = arg;
	const struct table_entry *entry;
	uint32_t was[4];

	do {
		assert_true(a->next < a->before->count);
		entry = &a->before->entry[a->next++];
	} while (entry->type > RESOURCE_TRACE);
	assert_int_equal(area->type, entry->type);
	memcpy(was, a->before->data + entry->offset, sizeof(was));
	assert_true(area->range.base + area->range.size <= 1ull << 32);
	if (area->type == RESOURCE_CARVEOUT && was[1] == RESOURCE_ANY) {
		assert_true(fuzz_holds(a->memory, area->range) || !area->range.size);
		assert_int_equal(area->range.base % PAGE, 0);
		assert_int_equal(area->range.size, was[3]);
		a->placed[a->places++] = area->range;
	} else {
		assert_int_equal(area->range.base, was[area->type == RESOURCE_DEVMEM ? 2 : 1]);
		assert_int_equal(area->range.size, was[area->type == RESOURCE_TRACE ? 2 : 3]);
		a->fixed[a->fixeds++] = area->range;
	}
	return 0;
}

static void check_places(const struct areas *a)
{
	for (unsigned i = 0; i < a->places; i++) {
		for (unsigned k = 0; k < a->fixeds; k++)
			assert_false(fuzz_meet(a->placed[i], a->fixed[k]));
		for (unsigned k = 0; k < i; k++)
			assert_false(fuzz_meet(a->placed[i], a->placed[k]));
	}
}

static bool fill_areas(struct table *t, const struct table *before, struct range memory)
{
	struct areas areas = { .memory = memory, .before = before };
	struct error e = { 0 };
	int code = table_fill_areas(t, memory, "it", check_area, &areas, &e);

	fuzz_check_error(code, &e);
	if (code)
		return false;
	for (; areas.next < t->count; areas.next++)
		assert_true(t->entry[areas.next].type > RESOURCE_TRACE);
	check_places(&areas);
	return true;
}

static void check_layout(const struct table *t, unsigned vdev, const struct link_description *d,
			 const struct link_layout *l)
{
	const struct table_entry *entry = table_find(t, RESOURCE_VDEV, vdev);
	const struct resource_vdev *v = (const void *)(t->data + entry->offset);

	for (unsigned i = 0; i < 2; i++) {
		const struct resource_vring *ring = &v->vring[i];

		assert_int_equal(l->vring[i].base, ring->da);
		assert_int_equal(l->vring[i].base, ring->pa);
		assert_int_equal(l->vring[i].base % ring->align, 0);
		assert_int_equal(l->vring[i].base % PAGE, 0);
		assert_true(l->vring[i].size >= vring_bytes(ring->num, ring->align));
		assert_true(fuzz_holds(low, l->vring[i]));
		assert_false(fuzz_meet(l->vring[i], l->buffers));
		assert_int_equal(ring->notifyid, 2 * vdev + i);
	}
	assert_false(fuzz_meet(l->vring[0], l->vring[1]));
	assert_true(fuzz_holds(d->memory, l->buffers));
	assert_int_equal(l->buffers.size & (l->buffers.size - 1), 0);
	assert_int_equal(v->status | v->gfeatures, 0);
}

/* Of what it leaves open, nothing changes; the layout is what filling in comes to. */
static void offer_link(struct table *t, unsigned vdev, const struct link_description *d)
{
	const struct table_entry *entry = table_find(t, RESOURCE_VDEV, vdev);
	struct bytes before = bytes_copy(t->data, t->size);
	struct link_layout layout;
	struct error e = { 0 };
	int code = table_offer_link(t, vdev, d, &layout, &e);

	fuzz_check_error(code, &e);
	if (code)
		assert_memory_equal(t->data, before.data, before.size);
	else
		assert_memory_equal(t->data + entry->offset, before.data + entry->offset,
				    entry->size);
	bytes_free(before);
}

/* References are filled in one after the other, until there is none. */
static void fill_references(struct table *t, const struct link_description *d)
{
	struct link_description described = *d;
	struct link_layout layout = { .buffers = { 0x1000, 0x1000 }, .buffer_len = d->buffer_len };
	unsigned count = 0;

	described.table[LINK_OWNER] = 0x1000;
	while (table_fill_reference(t, &described, &layout))
		assert_true(++count <= t->count);
}

static void fill_link(struct table *t, unsigned vdev, const struct link_description *d)
{
	struct bytes before = bytes_copy(t->data, t->size);
	struct link_layout layout, again;
	struct error e = { 0 };
	int code = table_fill_link(t, vdev, d, &layout, &e);

	fuzz_check_error(code, &e);
	if (code) {
		assert_memory_equal(t->data, before.data, before.size);
	} else {
		check_layout(t, vdev, d, &layout);
		/* With everything in its place the answer is the same. */
		again = layout; /* with what is between its members */
		assert_int_equal(table_fill_link(t, vdev, d, &again, &e), 0);
		assert_memory_equal(&layout, &again, sizeof(layout));
	}
	bytes_free(before);
}

static struct range memory_of(struct bytes *input)
{
	struct range r = { fuzz_number(input, 4), fuzz_number(input, 4) };

	return r;
}

static struct link_description description_of(struct bytes *input)
{
	static const enum link_role roles[][2] = { { LINK_REMOTE, LINK_MASTER },
						   { LINK_MASTER, LINK_REMOTE },
						   { LINK_SYMMETRIC, LINK_SYMMETRIC } };
	unsigned pair = fuzz_choice(input, COUNT(roles));
	struct link_description d = {
		.name = { "a context whose name is as long", "b" },
		.role = { roles[pair][0], roles[pair][1] },
	};
	unsigned way = fuzz_choice(input, 4);

	/* What a manifest may say: see fuzz_manifest.c. */
	d.buffer_len = 8 * (unsigned)(fuzz_number(input, 2) % 8190 + 3);
	for (unsigned i = 0; i < 2; i++)
		d.buffer_count[i] = (uint32_t)fuzz_number(input, 2) % 32769;
	d.memory = memory_of(input);
	d.method = way & 1 ? LINK_HANDSHAKE : LINK_PRESET;
	d.by_resource = way & 2;
	return d;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, part = fuzz_part(&input);
	struct bytes before = bytes_copy(part.data, part.size);
	struct bytes own = bytes_copy(part.data, part.size);
	struct range memory = memory_of(&input);
	struct error e = { 0 };
	struct table was, t;
	int code = table_read(&t, (uint8_t *)(uintptr_t)own.data, own.size, "it", &e);

	fuzz_check_taken(code, &e);
	assert_memory_equal(own.data, before.data, before.size);
	if (!code) {
		was = t;
		was.data = (uint8_t *)(uintptr_t)before.data;
		check_entries(&t);
		if (fill_areas(&t, &was, memory))
			for (unsigned vdev = 0; vdev <= TABLE_VDEVS; vdev++) {
				struct link_description d = description_of(&input);

				if (d.method == LINK_HANDSHAKE)
					offer_link(&t, vdev, &d);
				fill_link(&t, vdev, &d);
				fill_references(&t, &d);
			}
		check_entries(&t);
		check_again(&t);
	} else {
		assert_int_equal(t.count, 0);
	}
	bytes_free(before);
	bytes_free(own);
	return 0;
}
