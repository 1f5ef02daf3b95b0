/* SPDX-License-Identifier: BSD-2-Clause */
/* For tests of resource tables: a firmware's, to be changed, and how it is read. */
#ifndef TEST_TABLE_SCENE_H
#define TEST_TABLE_SCENE_H

#include "test/unit/unit.h"
#include "resource_table/table.h"

#define VENDOR_OTHER 200

/* A firmware's table with one entry of each kind, in the way that compilers lay them out. */
struct firmware {
	uint32_t ver, num, reserved[2], offset[7];
	struct resource_carveout carveout;
	struct {
		uint32_t type, data[3];
	} __attribute__((packed)) other;
	struct {
		struct resource_vdev head;
		struct resource_vring vring[2];
		uint32_t config;
	} __attribute__((packed)) vdev;
	struct resource_trace trace;
	struct link_resource link;
	struct resource_carveout devmem, carveout2;
} __attribute__((packed));

#define AT(member) ((uint32_t)offsetof(struct firmware, member))

static const struct firmware good = {
	.ver = 1,
	.num = 7,
	.offset = { AT(carveout), AT(other), AT(vdev), AT(trace), AT(link), AT(devmem),
		    AT(carveout2) },
	.carveout = { RESOURCE_CARVEOUT, RESOURCE_ANY, 0, 0x1800, 0, 0, "heap" },
	.other = { VENDOR_OTHER, { 1, 2, 3 } },
	.vdev = { { RESOURCE_VDEV, 7, 9, 1, 1, 4, 7, 2, { 0, 0 } },
		  { { RESOURCE_ANY, 4096, 256, 5, 0 }, { RESOURCE_ANY, 4096, 256, 5, 0 } },
		  0xc0ffee },
	.trace = { RESOURCE_TRACE, 0x5d004000, 0x4000, 0, "trace-b" },
	.link = { .type = RESOURCE_LINK,
		  .magic = LINK_MAGIC,
		  .version = LINK_VERSION,
		  .length = sizeof(struct link_resource),
		  .session.epoch = { 3, 4 } },
	.devmem = { RESOURCE_DEVMEM, 0x1000, 0x09000000, 0x1000, 0, 0, "uart" },
	.carveout2 = { RESOURCE_CARVEOUT, 0x5d041000, 0, 0x1000, 0, 0,
		       "a name of thirty-two characters." },
};

static const struct link_description plain = {
	.name = { "b", "linux" },
	.table = { 0x5d000000, 0 },
	.role = { LINK_REMOTE, LINK_MASTER },
	.doorbell = { { DOORBELL_SGI, { 8, 4 } }, { DOORBELL_SPI, { 100, 0 } } },
	.buffer_len = 512,
	.memory = { 0x5d040000, 0x80000 },
};

/* Read a copy of exactly its size. */
static inline int read_copy(struct table *t, const void *data, size_t size, struct error *e)
{
	struct bytes b = bytes_copy(data, size);

	memset(e, 0, sizeof(*e));
	return table_read(t, (uint8_t *)(uintptr_t)b.data, size, "b", e);
}

static inline void drop(struct table *t)
{
	free(t->data);
}

static inline struct firmware *open_table(struct table *t, const struct firmware *f)
{
	struct error e;

	assert_int_equal(read_copy(t, f, sizeof(*f), &e), 0);
	return (struct firmware *)t->data;
}

static struct error said; /* by the last that filled in a table */

static inline void says(const char *words)
{
	if (!strstr(said.text, words))
		fail_msg("'%s' has no '%s'", said.text, words);
}

/* A firmware whose two carve-outs are named as @a and @b. */
static inline struct firmware named(const char *a, const char *b)
{
	struct firmware f = good;

	memset(f.carveout.name, 0, sizeof(f.carveout.name));
	memset(f.carveout2.name, 0, sizeof(f.carveout2.name));
	memcpy(f.carveout.name, a, strlen(a));
	memcpy(f.carveout2.name, b, strlen(b));
	return f;
}

#define assert_range(r, b, s)                  \
	do {                                   \
		assert_int_equal((r).base, b); \
		assert_int_equal((r).size, s); \
	} while (0)

#define assert_part(p, b, s) assert_range(p, b, s)

#endif
