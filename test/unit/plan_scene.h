/* SPDX-License-Identifier: BSD-2-Clause */
/* A board and a boot image that fit together, to be changed by a test and planned. */
#ifndef TEST_UNIT_PLAN_SCENE_H
#define TEST_UNIT_PLAN_SCENE_H

#include "doorbell/kind.h"
#include "boot/plan/plan.h"
#include "test/unit/make_fit.h"
#include "test/unit/open_fit.h"

#define MIB	    0x100000ull
#define RAM	    0x40000000u
#define KERNEL	    0x42000000u
#define TREE	    0x44000000u
#define INITRD	    0x45000000u
#define MEMORY_B    0x5c000000u
#define MEMORY_C    0x5c200000u
#define SHARED_B    0x5d000000u /* table, trace; from 0x40000 on what the link needs */
#define SHARED_C    0x5d100000u
#define LINK_MEMORY 0x40000u
#define LOADER	    0x5e000000u
#define RECORD	    0x5e040000u
#define KERNEL_SIZE 4096u
#define STAGING	    0x54000000u
#define STAGED	    0x20000u

enum {
	LINUX,
	B,
	C
}; /* contexts of the scene, and the order of its ELFs from B on */

struct scene {
	struct board board;
	core_id_t core[32];
	struct board_cluster cluster[2];
	struct board_claim claim;
	struct board_map map[2];
	uint32_t cores;
	struct range ram[3];
	bool no_tree, fit_tree;
	struct bytes fit_tree_data; /* instead of a good one */
	struct bytes tree_data;	    /* likewise, the board's own */
	struct bytes ramdisk;	    /* likewise */
	/* puts the boot image elsewhere, where it is read; NULL: it stays */
	struct bytes (*place)(struct bytes fit);
	struct make_context context[8];
	unsigned contexts;
	struct make_link link[4];
	unsigned links;
	struct make_elf elf[8]; /* index: as context */
	struct make_image image[12];
	unsigned images;
	/* made from the above by scene_plan() */
	struct bytes tree, fit, manifest;
	struct plan_input in;
	struct staging staging;
	struct plan *plan;
	struct error e;
};

static inline struct make_elf scene_elf(uint32_t memory, uint32_t shared)
{
	return (struct make_elf){
		.entry = memory,
		.segments = 2,
		.segment = { { memory, 256, 4096, false }, { memory + 0x10000, 64, 0x2000, true } },
		.table = { .there = true,
			   .at = shared,
			   .ver = 1,
			   .vdevs = 1,
			   .num = 256,
			   .vring_da = { RESOURCE_ANY, RESOURCE_ANY },
			   .trace_da = shared + 0x4000,
			   .trace_len = 0x4000,
			   .carveout_len = 0x1000,
			   .carveout_step = 0x1000 },
	};
}

static inline struct make_context scene_peer(const char *name, uint32_t cpus, uint32_t memory,
					     uint32_t shared)
{
	return (struct make_context){
		.name = name,
		.cpus = cpus,
		.image = name,
		.memory = { { memory, 2 * MIB }, { shared, 0x20000 } },
	};
}

static inline struct make_link scene_link(const char *name, const char *peer, uint32_t shared,
					  uint32_t spi)
{
	return (struct make_link){
		.name = name,
		.end = { "linux", peer },
		.role = { "master", "remote" },
		.vdev = -1,
		.memory = { shared + LINK_MEMORY, 0x80000 },
		.doorbell = { DOORBELL_SPI, spi, DOORBELL_SGI, 8 },
	};
}

/* Linux on cores 0 and 1, b on 2, c on 3; Linux is the master of a link to each. */
static inline struct scene *scene_new(void)
{
	struct scene *s = calloc(1, sizeof(*s));

	assert_non_null(s);
	s->claim = (struct board_claim){ "memory", { LOADER, 0x40000 }, CLAIM_LOADING };
	s->map[0] = (struct board_map){ { RAM, 512 * MIB }, MAP_RAM };
	s->map[1] = (struct board_map){ { SHARED_B, 2 * MIB }, MAP_SHARED };
	for (unsigned i = 0; i < 16; i++)
		s->core[i] = i;
	s->cluster[0] = (struct board_cluster){
		.name = "own",
		.cores = 0xffff,
		.arch = "arm",
		.bits = 32,
		.states = ENTRY_PLAIN | ENTRY_THUMB,
	};
	s->cluster[1] = (struct board_cluster){
		.name = "other",
		.cores = 0xf00000,
		.arch = "arm",
		.bits = 32,
		.states = ENTRY_THUMB,
		.unlisted = true,
	};
	for (unsigned i = 20; i < 24; i++)
		s->core[i] = 0x100 + i - 20;
	s->board = (struct board){
		.name = "test",
		.core = { s->core, 0xf0ffff },
		.cluster = s->cluster,
		.clusters = 2,
		.fdt_source = { RAM, MIB },
		.fdt = { TREE, MIB },
		.initrd = { INITRD, 16 * MIB },
		.kernel = KERNEL,
		.staging = { STAGING, STAGED },
		.record = { RECORD, 0x10000 },
		.doorbells = { 1, 16, 256 },
		.claims = &s->claim,
		.claim_count = 1,
		.maps = s->map,
		.map_count = 2,
	};
	s->cores = 0xf;
	s->ram[0] = (struct range){ RAM, 512 * MIB };
	s->contexts = 3;
	s->context[LINUX] = (struct make_context){
		.name = "linux",
		.cpus = 0x3,
		.kernel = "kernel",
		.ramdisk = "ramdisk",
		.bootargs = "console=ttyAMA0",
		.memory = { { RAM, 512 * MIB } },
	};
	s->context[B] = scene_peer("b", 0x4, MEMORY_B, SHARED_B);
	s->context[B].early = true;
	s->context[B].device = "/gpio@9030000";
	s->context[C] = scene_peer("c", 0x8, MEMORY_C, SHARED_C);
	s->links = 2;
	s->link[0] = scene_link("linux-b", "b", SHARED_B, 100);
	s->link[1] = scene_link("linux-c", "c", SHARED_C, 101);
	s->elf[B] = scene_elf(MEMORY_B, SHARED_B);
	s->elf[C] = scene_elf(MEMORY_C, SHARED_C);
	return s;
}

static inline void scene_add(struct scene *s, const char *name, struct bytes data, uint32_t load)
{
	struct make_image *image = &s->image[s->images];

	/* a test may have set the rest beforehand */
	image->name = image->name ? image->name : name;
	image->load = image->load ? image->load : load;
	image->data = data;
	s->images++;
}

/* Make everything and plan. Returns plan_make()'s code; 1 if it does not come so far. */
static inline int scene_plan(struct scene *s)
{
	struct bytes data;

	s->images = 0;
	s->plan = calloc(1, sizeof(*s->plan));
	s->staging.data = malloc(s->board.staging.size + 1);
	s->staging.size = s->board.staging.size;
	assert_non_null(s->plan);
	assert_non_null(s->staging.data);
	for (unsigned i = 0; i < s->contexts; i++)
		if (s->elf[i].segments || s->elf[i].table.there)
			scene_add(s,
				  s->context[i].table_image ? s->context[i].table_image :
							      s->context[i].name,
				  make_elf(&s->elf[i]), 0);
	scene_add(s, "kernel", make_zimage(KERNEL_SIZE), 0);
	scene_add(s, "ramdisk", s->ramdisk.data ? s->ramdisk : bytes_copy("0707010", 8), 0);
	if (s->fit_tree) {
		data = s->fit_tree_data;
		if (!data.data)
			data = make_board_tree(s->cores, s->ram);
		scene_add(s, "tree", data, 0);
	}
	if (s->context[LINUX].overlay)
		scene_add(s, "overlay", make_overlay(), 0);
	s->fit = make_fit(s->image, s->images);
	s->manifest = make_manifest(s->context, s->contexts, s->link, s->links);
	if (!s->no_tree)
		s->tree = s->tree_data.data ? s->tree_data : make_board_tree(s->cores, s->ram);
	if (fit_open(&s->in.fit, s->place ? s->place(s->fit) : s->fit, &s->staging, &s->e) ||
	    fit_choose(&s->in.fit, (struct bytes){ 0 }, &s->e) ||
	    manifest_read(&s->in.manifest, s->manifest, &s->e)) {
		print_error("scene: %s\n", s->e.text);
		return 1;
	}
	s->staging.kept = s->staging.used;
	s->in.board = &s->board;
	s->in.fdt_at = s->board.fdt_source.base;
	s->in.board_fdt = s->tree;
	return plan_make(s->plan, &s->in, &s->staging, &s->e);
}

static inline void scene_free(struct scene *s)
{
	for (unsigned i = 0; i < s->images; i++)
		bytes_free(s->image[i].data);
	bytes_free(s->fit);
	bytes_free(s->manifest);
	bytes_free(s->tree);
	free(s->plan);
	free(s->staging.data);
	free(s);
}

/* C is in the other cluster, which sees memory so, and is linked for 0 there, its table for @table. */
static inline void scene_see(struct scene *s, const struct board_view *view, unsigned views,
			     uint32_t table)
{
	s->context[C].cluster = "other";
	s->context[C].cpus = 0x1;
	s->link[1].doorbell[2] = DOORBELL_NONE;
	s->link[1].doorbell[3] = 0;
	s->cluster[1].view = view;
	s->cluster[1].views = views;
	s->elf[C] = scene_elf(0, table);
}

/* Plan what must hold. */
static inline struct scene *scene_good(struct scene *s)
{
	if (scene_plan(s))
		fail_msg("%s: %s", error_name(s->e.code), s->e.text);
	return s;
}

static inline const struct claim *scene_claim(const struct scene *s, const char *name)
{
	for (unsigned i = 0; i < s->plan->claims.count; i++) {
		char text[80];

		claim_name(&s->plan->claims.claim[i], text, sizeof(text));
		if (!strcmp(text, name))
			return &s->plan->claims.claim[i];
	}
	return NULL;
}

/* The reserved region @name (of several, the first at or above @from), or NULL. */
static inline const struct reserved_region *scene_reserved(const struct scene *s, const char *name,
							   phys_addr_t from)
{
	for (unsigned i = 0; i < s->plan->tree.reserved_count; i++)
		if (!strcmp(s->plan->reserved[i].name, name) &&
		    s->plan->reserved[i].range.base >= from)
			return &s->plan->reserved[i];
	return NULL;
}

#define assert_range(r, start, bytes)                \
	do {                                         \
		assert_int_equal((r).base, (start)); \
		assert_int_equal((r).size, (bytes)); \
	} while (0)

#endif
