/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Our reader and filler against remoteproc's rules: a small model of Linux 6.1, written after
 * drivers/remoteproc/remoteproc_core.c (rproc_handle_resources(), its handlers, rproc_alloc_vring(),
 * rproc_check_carveout_da()) and remoteproc_elf_loader.c (find_table()), looks at the same mutated tables.
 * What it takes, we take, and where it finds a vring by a name, we put it.
 */
#include "resource_table/table.h"
#include "test/unit/unit.h"

#define MODEL_CARVEOUTS 16

/* One struct rproc_mem_entry: of a carve-out in the table, or that of a vring. */
struct memory {
	char name[32];
	uint32_t da, len;
	int entry; /* offset of its carve-out; -1: none */
};

struct model {
	const uint8_t *data;
	size_t size;
	struct memory memory[MODEL_CARVEOUTS];
	unsigned memories, vdevs;
	struct memory *vring[8][2]; /* of each vdev */
};

static uint32_t word(const struct model *m, size_t at)
{
	uint32_t value;

	memcpy(&value, m->data + at, sizeof(value));
	return value;
}

static struct memory *find_by_name(struct model *m, const char *name)
{
	for (unsigned i = 0; i < m->memories; i++)
		if (!strcmp(m->memory[i].name, name))
			return &m->memory[i];
	return NULL;
}

/* rproc_check_carveout_da() */
static bool check_da(const struct memory *mem, uint32_t da, uint32_t len)
{
	int32_t delta = (int32_t)(da - mem->da);

	if (len > mem->len)
		return false;
	if (da != RESOURCE_ANY && mem->da == RESOURCE_ANY)
		return false;
	if (da != RESOURCE_ANY && mem->da != RESOURCE_ANY)
		return delta >= 0 && (uint32_t)delta + len <= mem->len;
	return true;
}

static struct memory *add(struct model *m, const char *name, uint32_t da, uint32_t len, int entry)
{
	struct memory *mem = &m->memory[m->memories++];

	assert_true(m->memories <= MODEL_CARVEOUTS);
	*mem = (struct memory){ .da = da, .len = len, .entry = entry };
	snprintf(mem->name, sizeof(mem->name), "%s", name);
	return mem;
}

static bool handle_carveout(struct model *m, size_t at, size_t left)
{
	struct resource_carveout c;
	struct memory *mem;
	char name[33] = "";

	if (left < sizeof(c))
		return false;
	memcpy(&c, m->data + at, sizeof(c));
	memcpy(name, c.name, sizeof(c.name));
	mem = find_by_name(m, name);
	if (c.reserved)
		return false;
	if (!mem) {
		add(m, name, c.da, c.len, (int)at);
		return true;
	}
	if (mem->entry >= 0 || !check_da(mem, c.da, c.len))
		return false;
	mem->entry = (int)at;
	return true;
}

static bool handle_vdev(struct model *m, size_t at, size_t left)
{
	struct resource_vdev v;

	if (left < sizeof(v))
		return false;
	memcpy(&v, m->data + at, sizeof(v));
	if (sizeof(v) + v.num_of_vrings * sizeof(v.vring[0]) + (uint64_t)v.config_len > left ||
	    v.reserved[0] || v.reserved[1] || v.num_of_vrings > 2)
		return false;
	for (unsigned i = 0; i < v.num_of_vrings; i++) {
		struct resource_vring ring;
		uint64_t size;
		struct memory *mem;
		char name[32];

		memcpy(&ring, m->data + at + sizeof(v) + i * sizeof(ring), sizeof(ring));
		if (!ring.num || !ring.align)
			return false;
		size = (vring_bytes(ring.num, ring.align) + 4095ull) & ~4095ull;
		snprintf(name, sizeof(name), "vdev%uvring%u", m->vdevs, i);
		mem = find_by_name(m, name);
		if (mem && !check_da(mem, ring.da, (uint32_t)size))
			return false;
		m->vring[m->vdevs][i] = mem ? mem : add(m, name, ring.da, (uint32_t)size, -1);
	}
	m->vdevs++;
	return true;
}

static bool handle(struct model *m, size_t at)
{
	size_t left = m->size - at;

	switch (word(m, at)) {
	case RESOURCE_CARVEOUT:
		return handle_carveout(m, at, left);
	case RESOURCE_DEVMEM: /* as with an IOMMU: without, none is taken */
		return left >= sizeof(struct resource_carveout) &&
		       !word(m, at + offsetof(struct resource_carveout, reserved));
	case RESOURCE_TRACE:
		return left >= sizeof(struct resource_trace) &&
		       !word(m, at + offsetof(struct resource_trace, reserved));
	case RESOURCE_VDEV:
		return handle_vdev(m, at, left);
	default:
		return true;
	}
}

static bool model_takes(struct model *m)
{
	if (m->size < 16 || word(m, 0) != 1 || word(m, 8) || word(m, 12) ||
	    word(m, 4) > (m->size - 16) / 4)
		return false;
	for (uint32_t i = 0; i < word(m, 4); i++) {
		uint32_t offset = word(m, 16 + 4 * i);

		if (offset < 16 || offset >= m->size || m->size - offset < 4 || !handle(m, offset))
			return false;
	}
	return true;
}

/* ---- the tables ---- */

struct made {
	uint32_t head[4], offset[6];
	struct resource_carveout first;
	struct {
		struct resource_vdev head;
		struct resource_vring vring[2];
	} __attribute__((packed)) vdev[2];
	struct resource_carveout second;
	struct resource_trace trace;
	uint32_t other[4];
} __attribute__((packed));

#define AT(member) ((uint32_t)offsetof(struct made, member))

static uint32_t any_of(const uint32_t *from, unsigned count)
{
	return from[(unsigned)rand() % count];
}

static struct resource_carveout random_carveout(void)
{
	static const char *const names[] = {
		"heap", "vdev0vring0", "vdev0vring1", "vdev1vring0", "vdev1vring1", "vdev0buffer",
		""
	};
	static const uint32_t da[] = { RESOURCE_ANY, 0x5d040000, 0x5d042000, 0x5d080000 };
	static const uint32_t len[] = { 0x1000, 0x3000, 0x4000, 0x40000 };
	struct resource_carveout c = { .type = RESOURCE_CARVEOUT,
				       .da = any_of(da, COUNT(da)),
				       .len = any_of(len, COUNT(len)) };
	const char *name = names[(unsigned)rand() % COUNT(names)];

	memcpy(c.name, name, strlen(name));
	return c;
}

/* Good but for details; entries in any order; in some, a word is anything. */
static struct made random_table(void)
{
	static const uint32_t da[] = { RESOURCE_ANY, RESOURCE_ANY, 0x5d040000, 0x5d043000,
				       0x5d080000 };
	static const uint32_t num[] = { 256, 64, 16, 8 };
	static const uint32_t types[] = { 4, 77, 127, 128, 336, 512, 513, 0xffffffff };
	struct made t = { .head = { 1, COUNT(t.offset) },
			  .offset = { AT(first), AT(vdev[0]), AT(vdev[1]), AT(second), AT(trace),
				      AT(other) },
			  .trace = { RESOURCE_TRACE, RESOURCE_ANY, 0x1000, 0, "trace" } };

	t.first = random_carveout();
	t.second = random_carveout();
	t.other[0] = any_of(types, COUNT(types));
	for (unsigned i = 0; i < 2; i++) {
		t.vdev[i].head = (struct resource_vdev){ .type = RESOURCE_VDEV,
							 .id = 7,
							 .num_of_vrings = 2 };
		for (unsigned k = 0; k < 2; k++)
			t.vdev[i].vring[k] = (struct resource_vring){ any_of(da, COUNT(da)), 4096,
								      any_of(num, COUNT(num)), 0,
								      0 };
	}
	for (unsigned i = COUNT(t.offset); i-- > 1;) {
		unsigned k = (unsigned)rand() % (i + 1);
		uint32_t was = t.offset[i];

		t.offset[i] = t.offset[k];
		t.offset[k] = was;
	}
	for (int n = rand() % 3; n; n--)
		((uint8_t *)&t)[(size_t)rand() % sizeof(t)] ^= (uint8_t)(1 << rand() % 8);
	return t;
}

/* ---- what is compared ---- */

static unsigned both, refused, apart, no_room, placed, not_held;

/* Our own rule, and the only one at reading: what is written to lies apart. */
static bool says_overlap(const struct error *e)
{
	return strstr(e->text, "overlaps that at");
}

static const struct link_description d = { .name = { "b", "linux" },
					   .role = { LINK_REMOTE, LINK_MASTER },
					   .buffer_len = 512,
					   .buffer_count = { 8, 8 },
					   .memory = { 0x5d100000, 0x800000 } };

/* What it refuses for a vring that its carve-out does not hold, we do not fill in. */
static void refuses_what_is_not_held(struct table *t, const struct model *m)
{
	struct resource_vdev *v;

	for (unsigned vdev = 0; (v = table_find(t, RESOURCE_VDEV, vdev)); vdev++) {
		const struct resource_vdev *was = (void *)(m->data + ((uint8_t *)v - t->data));
		struct link_part part[LINK_PLACES];
		struct link_layout layout;
		struct error e = { 0 };

		if (table_fill_link(t, vdev, &d, &layout, part, &e)) {
			not_held += !!strstr(e.text, "needs 0x");
			continue;
		}
		for (unsigned i = 0; i < 2; i++) {
			const struct resource_carveout *c = table_find_place(t, vdev, i);
			uint64_t size = vring_bytes(was->vring[i].num, was->vring[i].align);

			if (c && was->vring[i].da != RESOURCE_ANY)
				assert_true((uint32_t)(was->vring[i].da - c->da) + size <= c->len);
		}
	}
}

/* Filled in as for a link: what is not taken, and why that may be. */
static void compare_link(struct table *t, unsigned vdev, const struct model *m)
{
	const struct resource_vdev *v = table_find(t, RESOURCE_VDEV, vdev);
	struct link_part part[LINK_PLACES];
	struct link_layout layout;
	struct error e = { 0 };

	if (v->id != 7 || v->num_of_vrings != 2)
		return;
	if (table_fill_link(t, vdev, &d, &layout, part, &e)) {
		bool buffers = table_find_place(t, vdev, LINK_BUFFERS);
		bool sense = true;

		for (unsigned i = 0; i < 2; i++)
			sense = sense && vring_bytes(v->vring[i].num, v->vring[i].align) &&
				v->vring[i].num >= 8;
		/* A carve-out too small behind its vdev; fixed addresses, which remoteproc does not honour. */
		no_room += e.code == E_TABLE_NO_ROOM;
		assert_true(!sense || e.code == E_TABLE_NO_ROOM || buffers ||
			    strstr(e.text, "overlaps") || strstr(e.text, "not at a multiple") ||
			    strstr(e.text, "ends past") || strstr(e.text, "to hold"));
		return;
	}
	for (unsigned i = 0; i < 2; i++) {
		const struct memory *mem = m->vring[vdev][i];
		const struct resource_carveout *c = table_find_place(t, vdev, i);

		/* Does remoteproc know of a carve-out for it? Then they are in one place. */
		assert_int_equal(!!c, mem->entry >= 0);
		if (c)
			assert_int_equal(c->da, v->vring[i].da);
		if (mem->da != RESOURCE_ANY)
			assert_int_equal(v->vring[i].da, mem->da);
		placed += !!c;
	}
}

static void compare(const struct made *made)
{
	struct bytes b = bytes_copy(made, sizeof(*made));
	struct model m = { .data = b.data, .size = b.size };
	struct bytes own = bytes_copy(made, sizeof(*made));
	struct error e = { 0 };
	struct table t;
	bool taken = model_takes(&m);
	int rc = table_read(&t, (uint8_t *)(uintptr_t)own.data, own.size, "b", &e);

	if (!taken) {
		refused++;
		if (!rc)
			refuses_what_is_not_held(&t, &m);
	} else if (rc) {
		apart++;
		if (!says_overlap(&e))
			fail_msg("remoteproc takes it, and we say: %s", e.text);
	} else {
		both++;
		for (unsigned vdev = 0; vdev < m.vdevs; vdev++)
			compare_link(&t, vdev, &m);
	}
	bytes_free(b);
	bytes_free(own);
}

static void takes_what_remoteproc_takes(void **state)
{
	(void)state;
	srand(3);
	for (unsigned round = 0; round < 30000; round++) {
		const struct made made = random_table();

		compare(&made);
	}
	print_message(
		"taken by both %u, refused by it %u, not apart %u; places by name %u, no room %u\n",
		both, refused, apart, placed, no_room);
	assert_true(both > 3000 && refused > 3000 && placed > 300 && apart > 10 && no_room > 10 &&
		    not_held > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_what_remoteproc_takes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
