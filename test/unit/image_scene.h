/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two contexts with tables of the images' kind, at the board's own addresses, filled in by the code
 * that the loader fills them in with.
 */
#ifndef TEST_UNIT_IMAGE_SCENE_H
#define TEST_UNIT_IMAGE_SCENE_H

#include <sys/mman.h>

#define BOARD_MEMORY_MAP "boot/board/virt/memory_map.h"
#include "images/lib/link.c"
#include "images/lib/link_find.c"
#include "images/lib/link_handshake.c"
#include "images/lib/table.c"
#include "test/unit/unit.h"

static inline struct image_table *table_at(uint32_t base)
{
	return (struct image_table *)(uintptr_t)base;
}

/* The last bell that was rung. */
static struct link_doorbell rung;

void doorbell_ring(const struct link_doorbell *d)
{
	rung = *d;
}

/* Make the board's shared memory and the loader's record ours. A group's set-up. */
static inline int scene_map(void **state)
{
	static const struct range parts[] = { { SHARED_BASE, SHARED_SIZE },
					      { RECORD_BASE, RECORD_SIZE } };

	(void)state;
	for (size_t i = 0; i < COUNT(parts); i++) {
		void *at = (void *)(uintptr_t)parts[i].base;

		if (mmap(at, parts[i].size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != at)
			return -1;
	}
	return 0;
}

/* As it comes in the ELF: IMAGE_TABLE() needs a linker script. */
static inline void scene_empty(uint32_t base)
{
	struct image_table *t = table_at(base);
	unsigned entry = 0;

	memset(t, 0, TABLE_SIZE);
	t->head.ver = RESOURCE_TABLE_VERSION;
	t->head.num = COUNT(t->offset);
	for (unsigned n = 0; n < IMAGE_VDEVS; n++) {
		t->offset[entry++] = (uint32_t)offsetof(struct image_table, vdev[n]);
		t->vdev[n].vdev = (struct resource_vdev){ .type = RESOURCE_VDEV,
							  .id = VIRTIO_ID_RPMSG_DEVICE,
							  .dfeatures = RPMSG_FEATURE_NS,
							  .num_of_vrings = 2 };
		for (unsigned i = 0; i < 2; i++)
			t->vdev[n].vring[i] = (struct resource_vring)IMAGE_VRING;
	}
	t->offset[entry++] = (uint32_t)offsetof(struct image_table, trace);
	t->trace.type = RESOURCE_TRACE;
	for (unsigned n = 0; n < IMAGE_LINKS; n++) {
		t->offset[entry++] = (uint32_t)offsetof(struct image_table, link[n]);
		t->link[n] = (struct link_resource)IMAGE_LINK(n < IMAGE_VDEVS ? n : LINK_NO_VDEV);
	}
}

struct scene_link {
	uint32_t owner, peer; /* bases of their tables */
	unsigned vdev;	      /* of the owner's table */
	enum link_role own;   /* the owner's */
	uint32_t memory;
	enum link_method method;
};

static inline uint32_t scene_pristine(uint32_t table)
{
	return RECORD_BASE + (table == TABLE_B_BASE ? 0x4000 : 0x4000 + RESOURCE_TABLE_MAX);
}

/*
 * Fill the link in, in both tables; names are "b" and "c" after the tables' addresses. Where the
 * ends shake hands the owner's table is left as its image brought it, but for what they need.
 */
static inline void scene_fill(const struct scene_link *s)
{
	struct image_table *owner = table_at(s->owner), *peer = table_at(s->peer);
	struct link_description d = {
		.name = { s->owner == TABLE_B_BASE ? "b" : "c",
			  s->peer == TABLE_B_BASE ? "b" : "c" },
		.table = { s->owner, s->peer },
		.role = { s->own,
			  s->own == LINK_SYMMETRIC ? LINK_SYMMETRIC : LINK_MASTER - s->own },
		.doorbell = { { DOORBELL_SGI, { 8, 4 } }, { DOORBELL_SGI, { 9, 8 } } },
		.buffer_len = 512,
		.buffer_count = { 200, 100 },
		.memory = { s->memory, LINK_SIZE },
		.method = s->method,
		.pristine = scene_pristine(s->owner),
	};
	struct link_part part[LINK_PLACES];
	struct link_layout layout;
	struct error e = { 0 };
	struct table t;

	assert_int_equal(table_read(&t, (void *)owner, sizeof(*owner), "owner", &e), 0);
	if (s->method == LINK_HANDSHAKE)
		assert_int_equal(table_offer_link(&t, s->vdev, &d, &layout, part, &e), 0);
	else
		assert_int_equal(table_fill_link(&t, s->vdev, &d, &layout, part, &e), 0);
	assert_int_equal(table_read(&t, (void *)peer, sizeof(*peer), "peer", &e), 0);
	assert_true(table_fill_reference(&t, &d, &layout));
	memcpy(table_at(scene_pristine(s->owner)), owner, sizeof(*owner));
}

#endif
