/* SPDX-License-Identifier: BSD-2-Clause */
/* A plan that holds: what is claimed, filled in, reserved and shown, and what fails alone. */
#include "test/unit/plan_scene.h"

static void claims_are_all_there(void **state)
{
	static const struct {
		const char *name;
		struct range range;
		unsigned phases;
	} wanted[] = {
		{ "loader memory", { LOADER, 0x40000 }, CLAIM_LOADING },
		{ "loader boot record", { RECORD, 0x10000 }, CLAIM_ALWAYS },
		{ "b memory 0", { MEMORY_B, 2 * MIB }, CLAIM_ALWAYS },
		{ "b memory 1", { SHARED_B, 0x20000 }, CLAIM_ALWAYS },
		{ "b segment 0", { MEMORY_B, 4096 }, CLAIM_ALWAYS },
		{ "b segment 1", { MEMORY_B + 0x10000, 0x2000 }, CLAIM_ALWAYS },
		{ "c memory 0", { MEMORY_C, 2 * MIB }, CLAIM_ALWAYS },
		{ "linux ramdisk", { INITRD, 8 }, CLAIM_ALWAYS },
		{ "linux-b memory", { SHARED_B + LINK_MEMORY, 0x80000 }, CLAIM_ALWAYS },
		{ "linux-b vring 0", { SHARED_B + LINK_MEMORY, 0x3000 }, CLAIM_ALWAYS },
		{ "linux-b vring 1", { SHARED_B + LINK_MEMORY + 0x3000, 0x3000 }, CLAIM_ALWAYS },
		{ "linux-b buffers", { SHARED_B + LINK_MEMORY + 0x6000, 0x40000 }, CLAIM_ALWAYS },
	};
	struct scene *s = scene_good(scene_new());
	const struct claim *kernel, *room, *tree;

	(void)state;
	for (size_t i = 0; i < COUNT(wanted); i++) {
		const struct claim *c = scene_claim(s, wanted[i].name);

		if (!c)
			fail_msg("no claim of %s", wanted[i].name);
		assert_range(c->range, wanted[i].range.base, wanted[i].range.size);
		assert_int_equal(c->phases, wanted[i].phases);
	}
	kernel = scene_claim(s, "linux kernel");
	assert_int_equal(kernel->range.base, KERNEL);
	assert_true(kernel->range.size >= KERNEL_SIZE);
	room = scene_claim(s, "linux decompressed");
	assert_int_equal(room->phases, CLAIM_RUNNING);
	assert_true(range_contains(&room->range, &(struct range){ RAM + 0x8000, KERNEL_SIZE }));
	tree = scene_claim(s, "linux device tree");
	assert_range(tree->range, TREE, s->plan->fdt.size);
	assert_true(s->plan->fdt.size > 0 && s->plan->fdt.size < MIB);
	/* until Linux is there, at the very place that it decompresses to */
	assert_range(scene_claim(s, "board device tree")->range, RAM, s->tree.size);
	assert_int_equal(scene_claim(s, "board device tree")->phases, CLAIM_LOADING);
	scene_free(s);
}

static void contexts_know_core_and_entry(void **state)
{
	struct scene *s = scene_good(scene_new());
	struct plan *p = s->plan;

	(void)state;
	assert_int_equal(p->linux_context, LINUX);
	assert_int_equal(p->contexts, 3);
	assert_int_equal(p->context[LINUX].core, 0);
	assert_true(p->context[LINUX].runs_linux);
	assert_int_equal(p->context[LINUX].image[PLAN_MAIN].image.entry, KERNEL);
	assert_true(p->context[LINUX].image[PLAN_RAMDISK].present);
	assert_int_equal(p->context[B].core, 2);
	assert_false(p->context[B].runs_linux);
	assert_false(p->context[B].image[PLAN_RAMDISK].present);
	assert_int_equal(p->context[B].image[PLAN_MAIN].image.entry, MEMORY_B);
	assert_int_equal(p->context[C].core, 3);
	scene_free(s);
}

static void check_table(const struct scene *s, unsigned context, unsigned link, uint32_t shared)
{
	const struct plan_context *c = &s->plan->context[context];
	const struct link_layout *layout = &s->plan->link[link].layout;
	const uint8_t *vdev = table_find(&c->table, RESOURCE_VDEV, 0);
	struct resource_vdev v;
	struct resource_vring ring[2];
	struct link_resource l;

	assert_range(c->table_home, shared, c->table.size);
	assert_range(c->table_pristine, RECORD + 0x4000 + context * RESOURCE_TABLE_MAX,
		     c->table.size);
	assert_ptr_equal(c->table.data, c->table_data);
	memcpy(&v, vdev, sizeof(v));
	memcpy(ring, vdev + sizeof(v), sizeof(ring));
	assert_int_equal(v.status, 0);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(ring[i].da, layout->vring[i].base);
	memcpy(&l, table_find(&c->table, RESOURCE_LINK, 0), sizeof(l));
	assert_int_equal(l.buffer_base, layout->buffers.base);
	assert_int_equal(l.buffer_size, layout->buffers.size);
	assert_int_equal(l.buffer_len, 512);
	assert_int_equal(l.role[LINK_OWNER], LINK_REMOTE);
	assert_int_equal(l.role[LINK_PEER], LINK_MASTER);
	assert_int_equal(l.table[LINK_OWNER], shared);
	assert_int_equal(l.table[LINK_PEER], 0);
	assert_string_equal(l.name[LINK_PEER], "linux");
	assert_string_equal(l.name[LINK_OWNER], s->context[context].name);
	assert_int_equal(l.doorbell[LINK_OWNER].kind, DOORBELL_SGI);
	assert_int_equal(l.doorbell[LINK_OWNER].cell[0], 8);
	assert_int_equal(l.doorbell[LINK_OWNER].cell[1], s->context[context].cpus);
	assert_int_equal(l.doorbell[LINK_PEER].kind, DOORBELL_SPI);
	assert_int_equal(l.doorbell[LINK_PEER].cell[0], 100 + link);
}

static void tables_are_filled(void **state)
{
	struct scene *s = scene_good(scene_new());

	(void)state;
	check_table(s, B, 0, SHARED_B);
	check_table(s, C, 1, SHARED_C);
	assert_int_equal(s->plan->context[LINUX].table_home.size, 0);
	scene_free(s);
}

static void linux_sees_its_links(void **state)
{
	struct scene *s = scene_good(scene_new());
	struct plan *p = s->plan;

	(void)state;
	assert_int_equal(p->tree.links, 2);
	for (unsigned i = 0; i < 2; i++) {
		const struct linux_link *l = &p->linux_link[i];
		const struct link_layout *layout = &p->link[i].layout;

		assert_string_equal(l->peer, i ? "c" : "b");
		assert_int_equal(l->role, LINK_MASTER);
		assert_false(l->failed);
		assert_string_equal(p->reserved[l->table].name, "rsc-table");
		assert_range(p->reserved[l->table].range, i ? SHARED_C : SHARED_B, 4096);
		for (unsigned k = 0; k < 2; k++) {
			assert_string_equal(p->reserved[l->vring[k]].name,
					    k ? "vdev0vring1" : "vdev0vring0");
			assert_range(p->reserved[l->vring[k]].range, layout->vring[k].base,
				     layout->vring[k].size);
		}
		assert_string_equal(p->reserved[l->buffers].name, "vdev0buffer");
		assert_int_equal(p->reserved[l->buffers].kind, RESERVED_POOL);
		assert_range(p->reserved[l->buffers].range, layout->buffers.base,
			     layout->buffers.size);
		assert_int_equal(l->interrupt_cells, 3);
		assert_int_equal(l->interrupt[1], 100 + i);
		assert_int_equal(l->send.kind, DOORBELL_SGI);
		assert_int_equal(l->send.cell[1], 4u << i);
	}
	scene_free(s);
}

static void linux_sees_the_rest(void **state)
{
	struct scene *s = scene_new();
	struct plan *p;

	(void)state;
	s->context[LINUX].memory[0].size = 448 * MIB;
	p = scene_good(s)->plan;
	assert_string_equal(p->tree.bootargs, "console=ttyAMA0");
	assert_range(p->tree.initrd, INITRD, 8);
	assert_int_equal(p->tree.cores.mask, 3);
	assert_int_equal(p->tree.memories, 1);
	assert_range(p->tree.memory[0], RAM, 448 * MIB);
	assert_int_equal(p->tree.disables, 1);
	assert_string_equal(p->tree.disable[0], "/gpio@9030000");
	assert_int_equal(scene_reserved(s, "boot-record", 0)->kind, RESERVED_RECORD);
	assert_range(scene_reserved(s, "boot-record", 0)->range, RECORD, 0x10000);
	assert_range(scene_reserved(s, "b", 0)->range, MEMORY_B, 2 * MIB);
	/* what the table's page leaves of the second memory, and the buffers of the link's */
	assert_range(scene_reserved(s, "b", SHARED_B)->range, SHARED_B + 0x1000, 0x1f000);
	assert_range(scene_reserved(s, "linux-b", 0)->range, SHARED_B + LINK_MEMORY + 0x46000,
		     0x80000 - 0x46000);
	assert_range(scene_reserved(s, "c", 0)->range, MEMORY_C, 2 * MIB);
	/* whole pages, none twice */
	for (unsigned i = 0; i < p->tree.reserved_count; i++) {
		assert_int_equal(p->reserved[i].range.base % 4096, 0);
		assert_int_equal(p->reserved[i].range.size % 4096, 0);
		for (unsigned k = 0; k < i; k++)
			assert_false(range_overlaps(&p->reserved[i].range, &p->reserved[k].range));
	}
	scene_free(s);
}

/* Every byte that a peer may touch is kept from Linux, wherever its ranges begin and end. */
static void odd_ranges_are_reserved_too(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->context[B].memory[0] = (struct range){ MEMORY_B - 0x123, 2 * MIB };
	s->context[C].memory[0] = (struct range){ MEMORY_C - 0x123, 2 * MIB }; /* same page */
	s->context[B].memory[1].size = 0x1f123;
	scene_good(s);
	for (unsigned i = 0; i < s->plan->claims.count; i++) {
		const struct claim *c = &s->plan->claims.claim[i];
		uint64_t held = 0;

		if (c->context <= LINUX)
			continue;
		for (unsigned k = 0; k < s->plan->tree.reserved_count; k++) {
			struct range r = s->plan->reserved[k].range;
			phys_addr_t from = c->range.base > r.base ? c->range.base : r.base;
			phys_addr_t to = range_end(c->range) < range_end(r) ? range_end(c->range) :
									      range_end(r);

			held += to > from ? to - from : 0;
		}
		assert_int_equal(held, c->range.size);
	}
	scene_free(s);
}

static void memory_is_the_trees_if_not_given(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->context[LINUX].memory[0].size = 0;
	s->ram[1] = (struct range){ RAM + 768 * MIB, 256 * MIB };
	scene_good(s);
	assert_int_equal(s->plan->tree.memories, 2);
	assert_range(s->plan->tree.memory[1], RAM + 768 * MIB, 256 * MIB);
	scene_free(s);
}

/* Two banks that touch are one piece of RAM: b's memory lies across the border. */
static void memory_goes_on_in_the_next_bank(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->context[LINUX].memory[0].size = 0;
	s->ram[1] = (struct range){ RAM, MEMORY_B + MIB - RAM };
	s->ram[0] = (struct range){ MEMORY_B + MIB, 63 * MIB };
	scene_good(s);
	assert_int_equal(s->plan->tree.memories, 1);
	assert_range(s->plan->tree.memory[0], RAM, 512 * MIB);
	scene_free(s);
}

static void tree_from_the_boot_image(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->context[LINUX].fdt = "tree";
	s->fit_tree = true;
	s->no_tree = true;
	scene_good(s);
	assert_false(s->plan->fdt_at_board);
	assert_in_range(s->plan->fdt_source.data - s->fit.data, 0, s->fit.size);
	assert_null(scene_claim(s, "loader staging"));
	assert_null(scene_claim(s, "board device tree"));
	scene_free(s);

	/* one without memory, for boot loaders that fill it in; nor does it know peers' cores */
	s = scene_new();
	s->context[LINUX].fdt = "tree";
	s->fit_tree = true;
	s->fit_tree_data = make_board_tree(0x3, (struct range[2]){ { 0 } });
	scene_good(s);
	assert_false(s->plan->fdt_at_board);
	assert_int_equal(s->plan->ram_count, 1);
	scene_free(s);
}

/* What the boot image's tree has is Linux's: the board has what its own tree says. */
static void memory_of_the_boot_images_tree(void **state)
{
	const struct range less[2] = { { RAM, 256 * MIB }, { RAM + 300 * MIB, 20 * MIB } };
	struct scene *s = scene_new();

	(void)state;
	s->context[LINUX].fdt = "tree";
	s->context[LINUX].memory[0].size = 0;
	s->fit_tree = true;
	s->fit_tree_data = make_board_tree(0x3, less);
	scene_good(s);
	assert_int_equal(s->plan->ram_count, 1);
	assert_range(s->plan->ram[0], RAM, 512 * MIB);
	assert_int_equal(s->plan->tree.memories, 2);
	assert_range(s->plan->tree.memory[0], less[0].base, less[0].size);
	assert_range(s->plan->tree.memory[1], less[1].base, less[1].size);
	scene_free(s);
}

/* A board without a tree: its data says what there is. */
static void board_without_a_tree(void **state)
{
	const struct range ram = { RAM, 512 * MIB };
	struct scene *s = scene_new();

	(void)state;
	s->no_tree = true;
	s->board.ram = &ram;
	s->board.rams = 1;
	s->context[LINUX].fdt = "tree";
	s->context[LINUX].memory[0].size = 0;
	s->fit_tree = true;
	s->fit_tree_data = make_board_tree(0x3, (struct range[2]){ { 0 } });
	scene_good(s);
	assert_int_equal(s->plan->ram_count, 1);
	assert_int_equal(s->plan->cores, 0xf0ffff);
	assert_range(s->plan->tree.memory[0], RAM, 512 * MIB);
	scene_free(s);

	/* and without Linux it needs none at all */
	s = scene_new();
	s->no_tree = true;
	s->board.ram = &ram;
	s->board.rams = 1;
	s->context[0] = s->context[C];
	s->context[0].cpus = 1;
	s->contexts = 2;
	s->elf[0] = s->elf[C];
	s->link[0].end[0] = "c";
	s->link[0].doorbell[0] = DOORBELL_SGI;
	s->link[0].doorbell[1] = 9;
	s->elf[0].table.references = 1;
	s->links = 0;
	scene_good(s);
	assert_int_equal(s->plan->fdt.size, 0);
	assert_range(s->plan->ram[0], RAM, 512 * MIB);
	scene_free(s);
}

/* Hardware ids may be any: what a manifest means is places in the board's list. */
static void hardware_ids(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	for (unsigned i = 0; i < 4; i++)
		s->core[i] = 0x80000100 + i;
	s->tree_data = make_board_tree_of(s->core, 0xf, s->ram);
	scene_good(s);
	assert_int_equal(s->plan->cores, 0xf);
	assert_int_equal(s->plan->context[LINUX].id, 0x80000100);
	assert_int_equal(s->plan->context[C].id, 0x80000103);
	assert_int_equal(s->plan->link[1].layout.buffer_len, 512);
	scene_free(s);
}

/* A mask counts from its cluster's first core; the tree need not know of a cluster that is not Linux's. */
static void other_cluster(void **state)
{
	struct scene *s = scene_new();
	const struct plan_context *c;

	(void)state;
	s->context[B].cluster = "own";
	s->context[C].cluster = "other";
	s->context[C].cpus = 0x6;
	s->link[1].doorbell[2] = DOORBELL_NONE;
	s->link[1].doorbell[3] = 0;
	scene_good(s);
	c = &s->plan->context[C];
	assert_ptr_equal(s->plan->context[B].cluster, &s->cluster[0]);
	assert_ptr_equal(c->cluster, &s->cluster[1]);
	assert_int_equal(c->cores, 0x600000);
	assert_int_equal(c->core, 21);
	assert_int_equal(c->id, 0x101);
	assert_int_equal(s->plan->tree.cores.mask, 0x3);
	scene_free(s);
}

/* Linked for a TCM at 0, which others have at another address: entered at the one, loaded to the other. */
static void other_view(void **state)
{
	static const struct board_view view[] = {
		{ { MEMORY_C, 2 * MIB }, 0 },
		{ { SHARED_C, MIB }, SHARED_C },
	};
	struct scene *s = scene_new();
	const struct plan_context *c;
	const struct image *image;

	(void)state;
	scene_see(s, view, 2, SHARED_C);
	scene_good(s);
	c = &s->plan->context[C];
	image = &c->image[PLAN_MAIN].image;
	assert_int_equal(image->entry, 0);
	assert_int_equal(image->segment[0].to.base, MEMORY_C);
	assert_int_equal(image->segment[1].to.base, MEMORY_C + 0x10000);
	assert_int_equal(c->table_home.base, SHARED_C);
	assert_int_equal(s->plan->context[B].image[PLAN_MAIN].image.segment[0].to.base, MEMORY_B);
	scene_free(s);
}

/* The table too, and a trace that Linux would look for elsewhere, and so is not shown. */
static void table_in_other_view(void **state)
{
	static const struct board_view view[] = {
		{ { MEMORY_C, 2 * MIB }, 0 },
		{ { SHARED_C, 0x20000 }, 0x20000000 },
		{ { SHARED_C + 0x20000, MIB - 0x20000 }, SHARED_C + 0x20000 },
	};
	struct scene *s = scene_new();
	const struct plan_context *c;

	(void)state;
	scene_see(s, view, 3, 0x20000000);
	scene_good(s);
	c = &s->plan->context[C];
	assert_int_equal(c->table_home.base, SHARED_C);
	assert_int_equal(plan_seen(c->cluster, c->table_home.base), 0x20000000);
	assert_int_equal(plan_seen(c->cluster, MEMORY_B), MEMORY_B);
	assert_non_null(c->left_out);
	scene_free(s);
}

/* Verified and unpacked to be planned: all goes to where it would go, and the rest is the loader's. */
static void compressed_images(void **state)
{
	struct scene *s = scene_new(), *plain = scene_good(scene_new());
	const struct claim *staging;
	struct bytes tree;

	(void)state;
	for (unsigned i = 0; i < 5; i++)
		s->image[i].gzip = true;
	s->context[LINUX].fdt = "tree";
	s->fit_tree = true;
	scene_good(s);
	assert_int_equal(s->plan->claims.count, plain->plan->claims.count);
	for (unsigned i = 0; i < s->plan->claims.count; i++) {
		const struct claim *c = &plain->plan->claims.claim[i];
		char name[80];

		claim_name(c, name, sizeof(name));
		if (!strcmp(name, "board device tree")) /* only the boot image's here */
			continue;
		assert_non_null(scene_claim(s, name));
		assert_range(scene_claim(s, name)->range, c->range.base, c->range.size);
	}
	staging = scene_claim(s, "loader staging");
	assert_non_null(staging);
	assert_range(staging->range, STAGING, s->staging.used);
	assert_int_equal(staging->phases, CLAIM_LOADING);
	for (unsigned i = 0; i < s->contexts; i++)
		assert_true(s->plan->context[i].image[PLAN_MAIN].fit.verified);
	assert_memory_equal(s->plan->context[LINUX].image[PLAN_RAMDISK].image.data.data, "0707010",
			    8);
	tree = s->plan->fdt_source;
	assert_in_range(tree.data - s->staging.data, 0, s->staging.used - tree.size);
	scene_free(plain);
	scene_free(s);
}

/* The tree that was tried out is Linux's, but for where something is loaded over it. */
static void tree_that_was_tried_out(void **state)
{
	struct scene *s = scene_good(scene_new());

	(void)state;
	assert_ptr_equal(s->plan->fdt_tried, s->staging.data + s->staging.used);
	assert_int_equal(fdt_totalsize(s->plan->fdt_tried), s->plan->fdt.size);
	scene_free(s);

	s = scene_new();
	s->context[C].memory[0].base = STAGING;
	s->elf[C] = scene_elf(STAGING, SHARED_C);
	scene_good(s);
	assert_null(s->plan->fdt_tried);
	scene_free(s);
}

/* What the plan is made from is a copy: the tree below stays, and is needed no more. */
static void tree_with_overlays(void **state)
{
	for (unsigned from_fit = 0; from_fit < 2; from_fit++) {
		struct scene *s = scene_new();
		struct bytes tree;

		(void)state;
		s->context[LINUX].overlay = "overlay";
		s->context[LINUX].fdt = from_fit ? "tree" : NULL;
		s->fit_tree = from_fit;
		scene_good(s);
		tree = s->plan->fdt_source;
		assert_in_range(tree.data - s->staging.data, 0, s->staging.used - tree.size);
		assert_true(fdt_path_offset(tree.data, "/added") > 0);
		assert_true(fdt_path_offset(tree.data, "/cpus") > 0);
		assert_true(fdt_path_offset(s->tree.data, "/added") < 0);
		assert_null(scene_claim(s, "board device tree"));
		assert_non_null(scene_claim(s, "loader staging"));
		scene_free(s);
	}
}

/* A carve-out or trace in the link's memory is taken from it; vrings and buffers go around. */
static void link_memory_is_shared(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->elf[B].table.trace_da = SHARED_B + LINK_MEMORY + 0x78000;
	s->elf[B].table.carveouts = 2;
	s->elf[B].table.carveout_da = RESOURCE_ANY;
	s->elf[C].table.trace_da = SHARED_C + LINK_MEMORY; /* at the start */
	scene_good(s);
	assert_range(scene_claim(s, "b trace")->range, SHARED_B + LINK_MEMORY + 0x78000, 0x4000);
	assert_range(s->plan->link[0].layout.vring[0], SHARED_B + LINK_MEMORY + 0x2000, 0x3000);
	assert_range(s->plan->link[1].layout.vring[0], SHARED_C + LINK_MEMORY + 0x4000, 0x3000);
	scene_free(s);
}

/* A trace in the firmware's own bss, as Zephyr's is: its memory is claimed already. */
static void trace_may_lie_in_a_segment(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->elf[B].table.trace_da = MEMORY_B + 0x10800;
	s->elf[B].table.trace_len = 0x800;
	scene_good(s);
	assert_null(scene_claim(s, "b trace"));
	scene_free(s);
}

/* Whatever Linux finds a ramdisk by, it is loaded as it is. */
static void ramdisk_is_raw(void **state)
{
	static const char heads[][9] = { "\x1f\x8b\x08\x00",
					 "070701",
					 "hsqs",
					 "\x02\x21\x4c\x18",
					 "BZh9",
					 "070702",
					 "-rom1fs-",
					 "\x45\x3d\xcd\x28",
					 "\0minix" };

	(void)state;
	for (unsigned i = 0; i < COUNT(heads); i++) {
		struct scene *s = scene_new();

		s->ramdisk = bytes_copy(heads[i], 8);
		scene_good(s);
		assert_range(s->plan->tree.initrd, INITRD, 8);
		scene_free(s);
	}
}

static void carve_outs_are_memory_if_none_is_given(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	memset(s->context[B].memory, 0, sizeof(s->context[B].memory));
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout_da = MEMORY_B;
	s->elf[B].table.carveout_len = 2 * MIB;
	scene_good(s);
	assert_true(scene_claim(s, "b carve-out")->holds);
	assert_true(scene_claim(s, "b segment 0")->parent >= 0);
	assert_range(scene_reserved(s, "b", 0)->range, MEMORY_B, 2 * MIB);
	scene_free(s);
}

/* The @n-th link resource of vdev @vdev, or reference. */
static struct link_resource link_of(const struct plan_context *c, uint32_t vdev, unsigned n)
{
	const void *entry;
	struct link_resource l;

	for (unsigned i = 0; (entry = table_find(&c->table, RESOURCE_LINK, i)); i++) {
		memcpy(&l, entry, sizeof(l));
		if (l.vdev == vdev && !n--)
			return l;
	}
	fail_msg("no link resource %u of vdev 0x%x", n, vdev);
	return l;
}

/* The @n-th reference of @c is a copy of @live. */
static void check_reference(const struct plan_context *c, unsigned n, struct link_resource live)
{
	struct link_resource l = link_of(c, LINK_NO_VDEV, n);

	live.vdev = LINK_NO_VDEV;
	assert_memory_equal(&l, &live, sizeof(l));
}

/* Two equals beside Linux, and two equals alone. */
static void links_between_peers(void **state)
{
	for (unsigned alone = 0; alone < 2; alone++) {
		struct scene *s = scene_new();
		struct link_resource l;
		const struct plan_context *b;

		(void)state;
		s->links = 1;
		s->link[0] = (struct make_link){
			.name = "b-c",
			.end = { "c", "b" },
			.role = { "symmetric", "symmetric" },
			.table = "b",
			.vdev = -1,
			.memory = { SHARED_B + LINK_MEMORY, 0x80000 },
			.doorbell = { DOORBELL_SGI, 9, DOORBELL_SGI, 8 },
		};
		s->elf[C].table.references = 1;
		if (alone) { /* b is context 0 then */
			s->contexts = 2;
			s->context[0] = s->context[B];
			s->context[1] = s->context[C];
			s->elf[0] = s->elf[B];
			s->elf[1] = s->elf[C];
			s->context[0].device = NULL;
		}
		scene_good(s);
		assert_int_equal(s->plan->linux_context, alone ? -1 : LINUX);
		assert_int_equal(s->plan->tree.links, 0);
		assert_int_equal(!s->plan->fdt.size, alone);
		assert_int_equal(!!scene_reserved(s, "vdev0vring0", 0), !alone);
		b = &s->plan->context[alone ? 0 : B];
		memcpy(&l, table_find(&b->table, RESOURCE_LINK, 0), sizeof(l));
		assert_int_equal(l.role[LINK_OWNER], LINK_SYMMETRIC);
		assert_string_equal(l.name[LINK_PEER], "c");
		assert_int_equal(l.table[LINK_PEER], SHARED_C);
		assert_int_equal(l.doorbell[LINK_OWNER].cell[0], 8);
		assert_int_equal(l.doorbell[LINK_OWNER].cell[1], 4);
		assert_int_equal(l.doorbell[LINK_PEER].cell[0], 9);
		assert_int_equal(l.doorbell[LINK_PEER].cell[1], 8);
		check_reference(&s->plan->context[alone ? 1 : C], 0, l);
		if (!alone)
			assert_int_equal(scene_reserved(s, "vdev0buffer", 0)->kind, RESERVED_PLAIN);
		scene_free(s);
	}
}

static struct make_link peers_link(const char *name, const char *owner, const char *other,
				   const char *owner_role, const char *other_role, uint32_t memory)
{
	return (struct make_link){
		.name = name,
		.end = { owner, other },
		.role = { owner_role, other_role },
		.table = owner,
		.vdev = -1,
		.memory = { memory, 0x80000 },
		.doorbell = { DOORBELL_SGI, 9, DOORBELL_SGI, 9 },
	};
}

/* Linux master of b and c, b master of c: c's table has two vdevs, b's a vdev and a reference. */
static void three_contexts(void **state)
{
	struct scene *s = scene_new();
	struct link_resource l;
	struct plan *p;

	(void)state;
	s->links = 3;
	s->link[2] = peers_link("b-c", "c", "b", "remote", "master", SHARED_C + 0xc0000);
	s->elf[B].table.references = 2;
	s->elf[C].table.vdevs = 2;
	p = scene_good(s)->plan;
	check_table(s, B, 0, SHARED_B);
	check_table(s, C, 1, SHARED_C);
	l = link_of(&p->context[C], 1, 0);
	assert_string_equal(l.name[LINK_OWNER], "c");
	assert_string_equal(l.name[LINK_PEER], "b");
	assert_int_equal(l.table[LINK_PEER], SHARED_B);
	assert_int_equal(l.pristine, p->context[C].table_pristine.base);
	assert_int_equal(l.memory_base, SHARED_C + 0xc0000);
	assert_int_equal(l.buffer_base, p->link[2].layout.buffers.base);
	check_reference(&p->context[B], 0, l);
	assert_int_equal(link_of(&p->context[B], LINK_NO_VDEV, 1).table[LINK_OWNER], 0);
	assert_int_equal(p->tree.links, 2);
	assert_int_equal(scene_reserved(s, "vdev1buffer", 0)->kind, RESERVED_PLAIN);
	assert_int_equal(scene_reserved(s, "vdev0buffer", 0)->kind, RESERVED_POOL);
	scene_free(s);
}

#define TABLE_LINUX 0x5d300000u

/* Linux's own table, an ELF of its own, makes it the remote of b and the equal of c. */
static struct scene *linux_has_a_table(void)
{
	struct scene *s = scene_new();

	s->context[LINUX].table_image = "table";
	s->elf[LINUX].table = s->elf[B].table;
	s->elf[LINUX].table.at = TABLE_LINUX;
	s->elf[LINUX].table.trace_len = 0;
	s->elf[LINUX].table.vdevs = 2;
	s->elf[B].table.references = s->elf[C].table.references = 1;
	s->link[0].table = s->link[1].table = "linux";
	s->link[0].role[0] = "remote";
	s->link[0].role[1] = "master";
	s->link[1].role[0] = s->link[1].role[1] = "symmetric";
	return s;
}

static void linux_owns_a_table(void **state)
{
	struct scene *s = scene_good(linux_has_a_table());
	struct plan *p = s->plan;
	const struct plan_context *owner = &p->context[LINUX];

	(void)state;
	assert_range(owner->table_home, TABLE_LINUX, owner->table.size);
	assert_non_null(scene_claim(s, "table table")); /* the image's, one segment */
	for (unsigned i = 0; i < 2; i++) {
		struct link_resource l = link_of(owner, i, 0);
		const struct linux_link *seen = &p->linux_link[i];

		assert_string_equal(l.name[LINK_OWNER], "linux");
		assert_int_equal(l.table[LINK_OWNER], TABLE_LINUX);
		assert_int_equal(l.table[LINK_PEER], i ? SHARED_C : SHARED_B);
		assert_int_equal(l.doorbell[LINK_OWNER].cell[0], 100 + i);
		check_reference(&p->context[B + i], 0, l);
		assert_int_equal(seen->end, LINK_OWNER);
		assert_int_equal(seen->role, i ? LINK_SYMMETRIC : LINK_REMOTE);
		assert_int_equal(seen->vdev, i);
		assert_range(p->reserved[seen->table].range, TABLE_LINUX, 4096);
		assert_int_equal(p->reserved[seen->buffers].kind, RESERVED_PLAIN);
	}
	/* what it shares is kept from it, and is no part of what was loaded for it alone */
	assert_range(scene_reserved(s, "linux-b", 0)->range, SHARED_B + LINK_MEMORY + 0x46000,
		     0x80000 - 0x46000);
	scene_free(s);
}

/* All ends alike: whose table it is, the manifest says. */
static void three_equals(void **state)
{
	struct scene *s = linux_has_a_table();
	struct plan *p;

	(void)state;
	s->link[0].role[0] = s->link[0].role[1] = "symmetric";
	s->link[1].table = "c";
	s->link[2] = peers_link("b-c", "b", "c", "symmetric", "symmetric", SHARED_C + 0xc0000);
	s->links = 3;
	p = scene_good(s)->plan;
	check_reference(&p->context[B], 0, link_of(&p->context[LINUX], 0, 0));
	check_reference(&p->context[C], 0, link_of(&p->context[B], 0, 0));
	assert_string_equal(link_of(&p->context[C], 0, 0).name[LINK_PEER], "linux");
	assert_int_equal(p->linux_link[0].end, LINK_OWNER);
	assert_int_equal(p->linux_link[1].end, LINK_PEER);
	scene_free(s);
}

static void handshake_is_planned_like_preset(void **state)
{
	struct scene *s = scene_new(), *preset = scene_good(scene_new());
	struct link_resource l;

	(void)state;
	s->link[0].method = "handshake";
	scene_good(s);
	assert_memory_equal(&s->plan->link[0].layout, &preset->plan->link[0].layout,
			    sizeof(struct link_layout));
	assert_int_equal(s->plan->claims.count, preset->plan->claims.count);
	assert_int_equal(s->plan->tree.reserved_count, preset->plan->tree.reserved_count);
	l = link_of(&s->plan->context[B], 0, 0);
	assert_int_equal(l.buffer_size, 0);
	assert_int_equal(l.method, LINK_HANDSHAKE);
	assert_int_equal(s->plan->linux_link[0].method, LINK_HANDSHAKE);
	assert_int_equal(s->plan->linux_link[0].buffer_count[0], 256);
	assert_int_equal(s->plan->linux_link[0].buffer_len, 512);
	scene_free(preset);
	scene_free(s);
}

static void static_needs_no_table(void **state)
{
	struct scene *s = scene_new();
	const uint32_t memory = SHARED_B + LINK_MEMORY;
	const struct linux_link *seen;
	struct plan *p;

	(void)state;
	s->link[0].method = "static";
	s->link[0].vrings[0] = 16;
	s->link[0].vrings[1] = 64;
	s->elf[B].table.there = false;
	p = scene_good(s)->plan;
	assert_range(scene_claim(s, "linux-b session")->range, memory, 0x1000);
	assert_range(scene_claim(s, "linux-b vring 0")->range, memory + 0x1000, 0x1000);
	assert_range(scene_claim(s, "linux-b vring 1")->range, memory + 0x2000, 0x1000);
	assert_range(scene_claim(s, "linux-b buffers")->range, memory + 0x3000, 0x4000);
	seen = &p->linux_link[0];
	assert_int_equal(seen->method, LINK_STATIC);
	assert_int_equal(seen->end, LINK_PEER);
	assert_int_equal(seen->vrings[0], 16);
	assert_int_equal(seen->vrings[1], 64);
	assert_int_equal(seen->buffer_count[0], 16);
	assert_int_equal(seen->buffer_count[1], 16);
	assert_int_equal(seen->buffer_len, 512);
	assert_string_equal(p->reserved[seen->table].name, "link-session");
	assert_range(p->reserved[seen->table].range, memory, 0x1000);
	assert_string_equal(p->reserved[seen->vring[1]].name, "vdev0vring1");
	assert_int_equal(p->reserved[seen->buffers].kind, RESERVED_POOL);
	scene_free(s);
}

/* Counts are of ends: vring 0's are those of the remote, which is end 0. */
static void static_counts_are_of_ends(void **state)
{
	struct scene *s = scene_new();
	const struct linux_link *seen;

	(void)state;
	s->link[0].method = "static";
	s->link[0].role[0] = "remote";
	s->link[0].role[1] = "master";
	s->link[0].vrings[0] = 16;
	s->link[0].vrings[1] = 64;
	s->link[0].buffers[0] = 8;
	s->link[0].buffers[1] = 16;
	s->link[0].buffers[2] = 256;
	s->elf[B].table.there = false;
	scene_good(s);
	seen = &s->plan->linux_link[0];
	assert_int_equal(seen->buffer_count[0], 8);
	assert_int_equal(seen->buffer_count[1], 16);
	assert_int_equal(seen->buffer_len, 256);
	scene_free(s);
}

/* The carve-out is the place, and all of it is the link's. */
static void vrings_lie_in_carve_outs_of_their_names(void **state)
{
	static const uint32_t any = RESOURCE_ANY, link = SHARED_B + LINK_MEMORY;
	static const struct {
		uint32_t carveout[3], vring[2], want[3];
	} cases[] = {
		{ { link + 0x40000, link, link + 0x80000 },
		  { any, any },
		  { link + 0x40000, link, link + 0x80000 } },
		{ { link + 0x40000, link, link + 0x80000 },
		  { link + 0x40000, link },
		  { link + 0x40000, link, link + 0x80000 } },
		{ { any, any, any }, { any, any }, { link, link + 0x40000, link + 0x80000 } },
		{ { any, any, any },
		  { any, link + 0x80000 },
		  { link, link + 0x80000, link + 0x40000 } },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct scene *s = scene_new();
		struct make_table *t = &s->elf[B].table;

		s->links = 1;
		s->link[0].memory.size = 0x100000;
		s->context[C].memory[1].base = SHARED_C + 0x800000; /* out of the way */
		s->elf[C] = scene_elf(MEMORY_C, SHARED_C + 0x800000);
		t->carveouts = 3;
		t->carveout_len = 0x40000;
		for (unsigned k = 0; k < 3; k++) {
			static const char *const names[] = { "vdev0vring0", "vdev0vring1",
							     "vdev0buffer" };

			t->carveout[k] = names[k];
			t->carveout_place[k] = cases[i].carveout[k];
		}
		memcpy(t->vring_da, cases[i].vring, sizeof(t->vring_da));
		scene_good(s);
		assert_range(scene_claim(s, "linux-b vring 0")->range, cases[i].want[0], 0x40000);
		assert_range(scene_claim(s, "linux-b vring 1")->range, cases[i].want[1], 0x40000);
		assert_range(scene_claim(s, "linux-b buffers")->range, cases[i].want[2], 0x40000);
		assert_range(scene_reserved(s, "vdev0vring0", 0)->range, cases[i].want[0], 0x3000);
		assert_range(scene_reserved(s, "vdev0buffer", 0)->range, cases[i].want[2], 0x40000);
		check_table(s, B, 0, SHARED_B);
		scene_free(s);
	}
}

/* Vrings within one page: two bare-metal ends can, and Linux sees none of it. */
static void peers_may_share_a_page(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->links = 1;
	s->link[0].end[0] = "c";
	s->link[0].doorbell[0] = DOORBELL_SGI;
	s->link[0].doorbell[1] = 9;
	s->elf[C].table.references = 1;
	s->elf[B].table.num = s->elf[B].table.align = 16;
	s->elf[B].table.vring_da[0] = SHARED_B + LINK_MEMORY;
	s->elf[B].table.vring_da[1] = SHARED_B + LINK_MEMORY + 0x400;
	scene_good(s);
	assert_range(scene_claim(s, "linux-b vring 1")->range, SHARED_B + LINK_MEMORY + 0x400, 438);
	assert_null(scene_reserved(s, "vdev0vring0", 0));
	assert_range(scene_reserved(s, "linux-b", 0)->range, SHARED_B + LINK_MEMORY, 0x80000);
	scene_free(s);
}

/* As for remoteproc, whose driver has it mapped as one; the buffers go elsewhere. */
static void carve_out_holds_vrings_of_its_table(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout_da = SHARED_B + LINK_MEMORY;
	s->elf[B].table.carveout_len = 0x20000;
	s->elf[B].table.vring_da[0] = SHARED_B + LINK_MEMORY;
	s->elf[B].table.vring_da[1] = SHARED_B + LINK_MEMORY + 0x10000;
	scene_good(s);
	assert_range(scene_claim(s, "linux-b vring 1")->range, SHARED_B + LINK_MEMORY + 0x10000,
		     0x2806);
	assert_range(scene_claim(s, "linux-b buffers")->range, SHARED_B + LINK_MEMORY + 0x20000,
		     0x40000);
	assert_range(scene_reserved(s, "vdev0vring0", 0)->range, SHARED_B + LINK_MEMORY, 0x3000);
	assert_range(scene_reserved(s, "linux-b", 0)->range, SHARED_B + LINK_MEMORY + 0x3000,
		     0xd000);
	scene_free(s);
}

/* Other vdevs than a link's may be anything, and as many as there is room for. */
static void other_vdevs_are_stepped_over(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->elf[B].table.others = 7;
	s->link[0].vdev = 7;
	scene_good(s);
	assert_int_equal(link_of(&s->plan->context[B], 7, 0).buffer_len, 512);
	scene_free(s);
}

/* Address 0 where no RAM is; a trace that is nowhere is left out, and said so. */
static void addresses_may_be_none(void **state)
{
	static const uint32_t traces[] = { RESOURCE_ANY, 0, 0x1000, 0xfffff000 };

	(void)state;
	for (unsigned i = 0; i < COUNT(traces); i++) {
		struct scene *s = scene_new();
		struct make_table *t = &s->elf[B].table;

		t->vring_da[0] = t->vring_da[1] = 0;
		t->carveouts = 1;
		t->carveout_da = 0;
		t->carveout[0] = "heap";
		t->trace_da = traces[i];
		t->trace_name = "log-of-b";
		scene_good(s);
		assert_range(scene_claim(s, "b carve-out heap")->range, SHARED_B + LINK_MEMORY,
			     0x1000);
		assert_range(scene_claim(s, "linux-b vring 0")->range,
			     SHARED_B + LINK_MEMORY + 0x1000, 0x3000);
		assert_string_equal((const char *)s->plan->context[B].left_out, "log-of-b");
		assert_null(s->plan->context[C].left_out);
		scene_free(s);
	}
}

/* One node over all of a carve-out, with the table at its start; a region with the header's. */
static void conventions(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->context[B].memory[1].size = 0x30000;
	s->context[B].k3_carveout = (struct range){ SHARED_B, 0x20000 };
	s->context[B].xamp = (struct range){ SHARED_B + 0x20000, 0x2000 };
	s->elf[B].table.trace_da = SHARED_B + 0x10000;
	s->elf[B].table.no_link = true; /* it has to be short */
	scene_good(s);
	assert_range(scene_reserved(s, "b", SHARED_B)->range, SHARED_B, 0x20000);
	assert_range(s->plan->reserved[s->plan->linux_link[0].table].range, SHARED_B, 0x20000);
	assert_range(scene_reserved(s, "b", SHARED_B + 1)->range, SHARED_B + 0x20000, 0x2000);
	assert_range(scene_claim(s, "b xamp header")->range, SHARED_B + 0x20000, 24);
	scene_free(s);

	/* without memory in the manifest, the carve-out is the context's */
	s = scene_new();
	memset(s->context[B].memory, 0, sizeof(s->context[B].memory));
	s->context[B].k3_carveout = (struct range){ SHARED_B, 0x20000 };
	s->elf[B].table.no_link = true;
	scene_good(s);
	assert_true(scene_claim(s, "b carve-out")->holds);
	scene_free(s);
}

/* A node for each range of Linux's memory; two nodes of one name would be one too many. */
static void linuxs_memories_are_joined(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->context[LINUX].memory[0] = (struct range){ RAM, 64 * MIB };
	s->context[LINUX].memory[1] = (struct range){ RAM, 256 * MIB };
	s->context[LINUX].memory[2] = (struct range){ RAM + 256 * MIB, 256 * MIB };
	scene_good(s);
	assert_int_equal(s->plan->tree.memories, 1);
	assert_range(s->plan->tree.memory[0], RAM, 512 * MIB);
	scene_free(s);
}

/* Planning writes the plan and nothing else, and does it alike each time. */
static void planning_is_pure(void **state)
{
	struct scene *s = scene_new();
	struct bytes fit, tree, manifest;
	struct plan_input in;
	struct board board = s->board;
	struct plan *again = calloc(1, sizeof(*again));

	(void)state;
	assert_non_null(again);
	s->context[B].optional = true;
	s->elf[B].table.ver = 2; /* so that it is planned twice */
	scene_good(s);
	fit = bytes_copy(s->fit.data, s->fit.size);
	tree = bytes_copy(s->tree.data, s->tree.size);
	manifest = bytes_copy(s->manifest.data, s->manifest.size);
	memcpy(&in, &s->in, sizeof(in));
	assert_int_equal(plan_make(again, &s->in, &s->staging, &s->e), 0);
	assert_memory_equal(fit.data, s->fit.data, fit.size);
	assert_memory_equal(tree.data, s->tree.data, tree.size);
	assert_memory_equal(manifest.data, s->manifest.data, manifest.size);
	assert_memory_equal(&in, &s->in, sizeof(in));
	assert_memory_equal(&board, &s->board, sizeof(board));
	assert_int_equal(again->claims.count, s->plan->claims.count);
	assert_int_equal(again->tree.reserved_count, s->plan->tree.reserved_count);
	assert_memory_equal(again->reserved, s->plan->reserved, sizeof(again->reserved));
	bytes_free(fit);
	bytes_free(tree);
	bytes_free(manifest);
	free(again);
	scene_free(s);
}

static void failing_later(void **state)
{
	struct scene *s = scene_new();
	struct error why = { 0 }, e = { 0 };
	uint64_t size;

	(void)state;
	s->context[B].optional = true;
	scene_good(s);
	size = s->plan->fdt.size;
	error_set(&why, E_HASH_WRONG, "b is broken");
	assert_int_equal(plan_fail_context(s->plan, &s->plan->context[B], &why, &e), 0);
	assert_int_equal(e.code, 0);
	assert_true(s->plan->context[B].failed);
	assert_int_equal(s->plan->context[B].error.code, E_HASH_WRONG);
	assert_true(s->plan->link[0].failed);
	assert_false(s->plan->link[1].failed);
	assert_int_equal(s->plan->tree.links, 2);
	assert_true(s->plan->linux_link[0].failed);
	assert_string_equal(s->plan->linux_link[0].peer, "b");
	assert_false(s->plan->linux_link[1].failed);
	assert_int_equal(s->plan->tree.disables, 0);
	assert_null(scene_reserved(s, "b", 0));
	assert_null(scene_reserved(s, "linux-b", 0));
	assert_range(scene_reserved(s, "rsc-table", 0)->range, SHARED_C, 4096);
	assert_range(s->plan->reserved[s->plan->linux_link[1].table].range, SHARED_C, 4096);
	assert_true(s->plan->fdt.size <= size); /* its claim is still enough */

	/* c is needed: the boot is over, for the reason given */
	assert_int_equal(plan_fail_context(s->plan, &s->plan->context[C], &why, &e), E_HASH_WRONG);
	assert_string_equal(e.text, "b is broken");
	scene_free(s);
}

static void linux_may_fail_too(void **state)
{
	struct scene *s = scene_new();
	struct error why = { .code = E_HASH_WRONG }, e = { 0 };

	(void)state;
	s->context[LINUX].optional = true;
	scene_good(s);
	assert_int_equal(plan_fail_context(s->plan, &s->plan->context[LINUX], &why, &e), 0);
	assert_true(s->plan->link[0].failed && s->plan->link[1].failed);
	assert_int_equal(s->plan->fdt.size, 0);
	assert_int_equal(s->plan->tree.reserved_count, 0);
	scene_free(s);
}

static struct {
	unsigned count;
	char text[160][128];
} lines;

__attribute__((format(printf, 1, 2))) static void keep_line(const char *format, ...)
{
	char *text = lines.text[lines.count++];
	va_list args;

	assert_in_range(lines.count, 1, COUNT(lines.text));
	va_start(args, format);
	assert_in_range(vsnprintf(text, sizeof(lines.text[0]), format, args), 1,
			sizeof(lines.text[0]) - 1);
	va_end(args);
	assert_null(strchr(text, '\n'));
}

static void plan_is_printed(void **state)
{
	struct scene *s = scene_new();
	static const unsigned head[] = { 0, 2, 5 };
	unsigned long long last = 0, start, end, size;
	unsigned claims;
	int at;

	(void)state;
	s->context[C].optional = true;
	s->elf[C].table.ver = 2;
	scene_good(s);
	claims = s->plan->claims.count;
	plan_print(s->plan, keep_line);
	for (unsigned i = 0; i < claims; i++) {
		assert_int_equal(
			sscanf(lines.text[i], "%llx..%llx %llu %n", &start, &end, &size, &at), 3);
		assert_true(start >= last);
		assert_int_equal(end - start, size);
		last = start;
	}
	/* linux; b and its table; c, which failed: each behind its cluster; two links */
	assert_int_equal(lines.count, claims + 9);
	for (unsigned i = 0; i < 3; i++)
		assert_non_null(strstr(lines.text[claims + head[i]], "of cluster own:"));
	assert_non_null(strstr(lines.text[claims + 1], "linux"));
	assert_non_null(strstr(lines.text[claims + 3], "core 2 enters elf32 at 5c000000"));
	assert_non_null(strstr(lines.text[claims + 4], "5d000000"));
	assert_non_null(strstr(lines.text[claims + 6], "failed: TABLE_BROKEN (-51)"));
	assert_non_null(strstr(lines.text[claims + 7], "linux (master) and b (remote), preset"));
	assert_non_null(strstr(lines.text[claims + 8], "failed"));
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(claims_are_all_there),
		cmocka_unit_test(contexts_know_core_and_entry),
		cmocka_unit_test(tables_are_filled),
		cmocka_unit_test(linux_sees_its_links),
		cmocka_unit_test(linux_sees_the_rest),
		cmocka_unit_test(odd_ranges_are_reserved_too),
		cmocka_unit_test(memory_is_the_trees_if_not_given),
		cmocka_unit_test(memory_goes_on_in_the_next_bank),
		cmocka_unit_test(tree_from_the_boot_image),
		cmocka_unit_test(memory_of_the_boot_images_tree),
		cmocka_unit_test(board_without_a_tree),
		cmocka_unit_test(hardware_ids),
		cmocka_unit_test(other_cluster),
		cmocka_unit_test(other_view),
		cmocka_unit_test(table_in_other_view),
		cmocka_unit_test(compressed_images),
		cmocka_unit_test(tree_that_was_tried_out),
		cmocka_unit_test(tree_with_overlays),
		cmocka_unit_test(link_memory_is_shared),
		cmocka_unit_test(trace_may_lie_in_a_segment),
		cmocka_unit_test(ramdisk_is_raw),
		cmocka_unit_test(carve_outs_are_memory_if_none_is_given),
		cmocka_unit_test(links_between_peers),
		cmocka_unit_test(three_contexts),
		cmocka_unit_test(linux_owns_a_table),
		cmocka_unit_test(three_equals),
		cmocka_unit_test(handshake_is_planned_like_preset),
		cmocka_unit_test(static_needs_no_table),
		cmocka_unit_test(static_counts_are_of_ends),
		cmocka_unit_test(vrings_lie_in_carve_outs_of_their_names),
		cmocka_unit_test(peers_may_share_a_page),
		cmocka_unit_test(carve_out_holds_vrings_of_its_table),
		cmocka_unit_test(other_vdevs_are_stepped_over),
		cmocka_unit_test(addresses_may_be_none),
		cmocka_unit_test(conventions),
		cmocka_unit_test(linuxs_memories_are_joined),
		cmocka_unit_test(planning_is_pure),
		cmocka_unit_test(failing_later),
		cmocka_unit_test(linux_may_fail_too),
		cmocka_unit_test(plan_is_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
