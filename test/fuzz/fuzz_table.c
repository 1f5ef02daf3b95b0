/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a resource table, filled in as for any memory and any link. */
#include "resource_table/table.h"
#include "test/fuzz/fuzz.h"

#define PAGE 4096u

const unsigned fuzz_parts = 1;

static const struct range low = { 0, 0x100000000 };

/* Entries in the table; those that are written to apart from all others, and from the offsets. */
static void check_entries(const struct table *t)
{
	const struct range head = { 0, sizeof(struct resource_table) + 4 * t->count };

	assert_true(t->size <= RESOURCE_TABLE_MAX);
	for (unsigned i = 0; i < t->count; i++) {
		const struct table_entry entry = table_entry(t, i);
		const struct range r = { entry.offset, entry.size };
		bool written = entry.size > TABLE_OPAQUE &&
			       (entry.type == RESOURCE_CARVEOUT || entry.type >= RESOURCE_VDEV);

		assert_true(entry.offset >= sizeof(struct resource_table));
		assert_true(entry.size >= TABLE_OPAQUE && r.base + r.size <= t->size);
		assert_false(written && fuzz_meet(r, head));
		for (unsigned k = 0; k < t->count && written; k++) {
			const struct table_entry other = table_entry(t, k);

			assert_false(k != i &&
				     fuzz_meet(r, (struct range){ other.offset, other.size }));
		}
	}
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
	for (unsigned i = 0; i < t->count; i++) {
		const struct table_entry one = table_entry(t, i), two = table_entry(&again, i);

		assert_int_equal(one.type, two.type);
		assert_int_equal(one.offset, two.offset);
		assert_int_equal(one.size, two.size);
	}
	bytes_free(copy);
}

#define AREAS 512

struct areas {
	struct range memory;
	const struct table *before;
	unsigned next; /* entry to come */
	struct range placed[AREAS], fixed[AREAS];
	unsigned places, fixeds;
};

static bool is_area(struct table_entry entry)
{
	return entry.type == RESOURCE_CARVEOUT || entry.type == RESOURCE_TRACE;
}

/* The next carve-out or trace: was it given a place, or has it kept its own? */
static int check_area(void *arg, const struct table_area *area)
{
	struct areas *a = arg;
	struct table_entry entry;
	struct range range;
	uint32_t was[4];
	bool any;

	do {
		assert_true(a->next < a->before->count);
		entry = table_entry(a->before, a->next++);
	} while (!is_area(entry));
	assert_int_equal(area->type, entry.type);
	memcpy(was, a->before->data + entry.offset, sizeof(was));
	any = was[1] == RESOURCE_ANY || (!was[1] && a->before->zero_is_any);
	range = (struct range){ area->part.base, area->part.size };
	assert_int_equal(range.size, was[area->type == RESOURCE_TRACE ? 2 : 3]);
	if (area->type == RESOURCE_TRACE) {
		any = any || (uint64_t)was[1] + was[2] > low.size;
		assert_int_equal(range.base, any ? RESOURCE_ANY : was[1]);
		if (!any)
			a->fixed[a->fixeds++] = range;
		return 0;
	}
	assert_true(range.base + range.size <= 1ull << 32);
	if (any) {
		assert_true(fuzz_holds(a->memory, range) || !range.size);
		assert_int_equal(range.base % PAGE, 0);
		a->placed[a->places++] = range;
	} else {
		assert_int_equal(range.base, was[1]);
		a->fixed[a->fixeds++] = range;
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
	int code = table_fill_areas(t, memory, 0, "it", check_area, &areas, &e);

	fuzz_check_error(code, &e);
	if (code)
		return false;
	for (; areas.next < t->count; areas.next++)
		assert_false(is_area(table_entry(t, areas.next)));
	check_places(&areas);
	return true;
}

static void check_layout(const struct table *t, unsigned vdev, const struct link_description *d,
			 const struct link_layout *l, const struct link_part part[LINK_PLACES])
{
	const struct resource_vdev *v = table_find(t, RESOURCE_VDEV, vdev);
	struct range taken[LINK_PLACES];
	unsigned notifyid = 0;

	for (unsigned i = 0; i < vdev; i++)
		notifyid +=
			((struct resource_vdev *)table_find(t, RESOURCE_VDEV, i))->num_of_vrings;
	for (unsigned k = 0; k < LINK_PLACES; k++) {
		const struct resource_carveout *c = table_find_place(t, vdev, k);

		taken[k] = link_part_range(&part[k]);
		assert_true(fuzz_holds(low, taken[k]));
		for (unsigned i = 0; i < k; i++)
			assert_false(fuzz_meet(taken[k], taken[i]));
		if (c) {
			assert_int_equal(c->da, part[k].base);
			assert_int_equal(c->pa, part[k].base);
			assert_int_equal(c->len, part[k].size);
		}
	}
	for (unsigned i = 0; i < 2; i++) {
		const struct resource_vring *ring = &v->vring[i];

		assert_int_equal(l->vring[i].base, ring->da);
		assert_int_equal(l->vring[i].base, ring->pa);
		assert_int_equal(l->vring[i].base, part[i].base);
		assert_int_equal(l->vring[i].base % ring->align, 0);
		assert_true(part[i].size >= vring_bytes(ring->num, ring->align));
		assert_true(l->vring[i].size >= vring_bytes(ring->num, ring->align));
		assert_int_equal(ring->notifyid, notifyid + i);
		if (d->stock)
			assert_int_equal(l->buffer_count[i], ring->num < 256 ? ring->num : 256);
	}
	assert_false(fuzz_meet(l->vring[0], l->vring[1]));
	assert_int_equal(l->buffers.base, part[LINK_BUFFERS].base);
	assert_true(l->buffers.size >=
		    ((uint64_t)l->buffer_count[0] + l->buffer_count[1]) * l->buffer_len);
	if (!table_find_place(t, vdev, LINK_BUFFERS))
		assert_true(fuzz_holds(d->memory, l->buffers));
	assert_int_equal(v->status | v->gfeatures, 0);
}

/* Of what it leaves open, nothing changes; the layout is what filling in comes to. */
static void offer_link(struct table *t, unsigned vdev, const struct link_description *d)
{
	const uint8_t *v = table_find(t, RESOURCE_VDEV, vdev);
	struct bytes before = bytes_copy(t->data, t->size);
	struct link_part part[LINK_PLACES];
	struct link_layout layout;
	struct error e = { 0 };
	int code = table_offer_link(t, vdev, d, &layout, part, &e);

	fuzz_check_error(code, &e);
	if (code)
		assert_memory_equal(t->data, before.data, before.size);
	else
		assert_memory_equal(v, before.data + (v - t->data),
				    sizeof(struct resource_vdev) +
					    2 * sizeof(struct resource_vring));
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
	struct link_part part[LINK_PLACES], parts[LINK_PLACES];
	struct link_layout layout, again;
	struct error e = { 0 };
	int code = table_fill_link(t, vdev, d, &layout, part, &e);

	fuzz_check_error(code, &e);
	if (code) {
		assert_memory_equal(t->data, before.data, before.size);
	} else {
		check_layout(t, vdev, d, &layout, part);
		/* With everything in its place the answer is the same. */
		again = layout; /* with what is between its members */
		assert_int_equal(table_fill_link(t, vdev, d, &again, parts, &e), 0);
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
	unsigned way = fuzz_choice(input, 8);

	/* What a manifest may say: see fuzz_manifest.c. */
	d.buffer_len = 8 * (unsigned)(fuzz_number(input, 2) % 8190 + 3);
	for (unsigned i = 0; i < 2; i++)
		d.buffer_count[i] = (uint32_t)fuzz_number(input, 2) % 32769;
	d.memory = memory_of(input);
	d.method = way & 1 ? LINK_HANDSHAKE : LINK_PRESET;
	d.by_resource = way & 2;
	d.stock = way & 4;
	if (d.stock && fuzz_choice(input, 2))
		d.buffer_len = 512;
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
		/* Then nobody has memory there. */
		t.zero_is_any = fuzz_choice(&input, 2) && memory.base;
		was = t;
		was.data = (uint8_t *)(uintptr_t)before.data;
		check_entries(&t);
		if (fill_areas(&t, &was, memory))
			for (unsigned vdev = 0; vdev < 5; vdev++) {
				struct link_description d = description_of(&input);

				if (t.zero_is_any && !d.memory.base)
					d.memory.base = PAGE;

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
