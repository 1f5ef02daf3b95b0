/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Everything that keeps a plan from holding: the code, and both sides of a conflict by name. Where
 * one context is to blame, the same again with that context optional: the plan then holds without
 * it, and everybody else has what they had.
 */
#include "test/unit/plan_scene.h"

#define NOBODY (-1)

static void image_is_missing(struct scene *s)
{
	s->context[B].image = "nowhere";
}

static void image_is_unhashed(struct scene *s)
{
	s->image[0].unhashed = true;
}

static void image_is_no_firmware(struct scene *s)
{
	s->context[B].image = "ramdisk";
}

static void entry_is_outside(struct scene *s)
{
	s->elf[B].entry = MEMORY_B + 0x10000; /* data */
}

static void segment_is_outside_ram(struct scene *s)
{
	s->elf[B].segment[1].to = 0x10000000;
}

static void segment_leaves_ram(struct scene *s)
{
	s->elf[B].segment[1].to = RAM + 512 * MIB - 0x1fff;
}

static void segment_is_over_loader(struct scene *s)
{
	s->elf[B].segment[1].to = LOADER + 0x3ffff;
}

static void segment_is_over_record(struct scene *s)
{
	s->elf[B].segment[1].to = RECORD + 0xf000;
}

static void segment_is_outside_memory(struct scene *s)
{
	s->elf[B].segment[1].to = 0x50000000;
}

static void segment_leaves_memory(struct scene *s)
{
	s->elf[B].segment[1].to = SHARED_B + 0x1f000;
}

static void segments_overlap(struct scene *s)
{
	s->elf[B].segment[1].to = MEMORY_B + 4095;
}

static void images_overlap(struct scene *s)
{
	s->context[C].memory[0].base = MEMORY_C - 1;
}

static void image_is_over_tree(struct scene *s)
{
	s->context[B].memory[2] = (struct range){ TREE + 0x10, 16 };
}

static void image_is_over_board_tree(struct scene *s)
{
	s->context[B].memory[2] = (struct range){ RAM + 0x10, 16 };
}

static void image_is_over_ramdisk(struct scene *s)
{
	s->context[B].memory[2] = (struct range){ INITRD, MIB };
}

/* What is read from RAM while it is loaded may be no place to load to. */
static void ramdisk_is_over_boot_image(struct scene *s)
{
	s->board.slot[BOARD_SLOT_A].base = INITRD;
}

static void image_is_over_received_image(struct scene *s)
{
	s->in.slot = BOARD_RECEIVED;
	s->board.slot[BOARD_RECEIVED].base = MEMORY_B + 0x1000;
}

static void image_shares_ramdisks_page(struct scene *s)
{
	s->context[B].memory[2] = (struct range){ INITRD + 0x800, MIB };
}

static void image_shares_trees_page(struct scene *s)
{
	s->context[B].memory[2] = (struct range){ TREE - 0x1000, 0x1000 - 8 };
	s->board.fdt.base = TREE - 8;
}

static void image_is_where_linux_decompresses(struct scene *s)
{
	s->context[B].memory[2] = (struct range){ RAM + MIB, 0x1000 };
}

static void ramdisk_is_over_kernel(struct scene *s)
{
	s->image[3].load = KERNEL + 8;
}

static void ramdisk_is_outside_linux(struct scene *s)
{
	s->context[LINUX].memory[0].size = 64 * MIB;
}

static void linux_memory_is_outside_ram(struct scene *s)
{
	s->context[LINUX].memory[0].size = 512 * MIB + 0x1000;
}

static void loader_is_outside_ram(struct scene *s)
{
	s->ram[0].size = LOADER - RAM;
	s->context[LINUX].memory[0].size = 256 * MIB;
}

static void core_is_absent(struct scene *s)
{
	s->context[C].cpus = 0x18;
}

static void linux_is_not_on_our_core(struct scene *s)
{
	s->context[LINUX].cpus = 0x2;
}

static void cluster_is_unknown(struct scene *s)
{
	s->context[C].cluster = "m4";
}

static void core_is_not_in_its_cluster(struct scene *s)
{
	s->context[C].cluster = "other";
	s->context[C].cpus = 0x11;
}

/* The tree has that cluster, but only one core of it. */
static void core_of_another_cluster_is_absent(struct scene *s)
{
	s->context[C].cluster = "other";
	s->context[C].cpus = 0x2;
	s->cluster[1].unlisted = false;
	s->tree_data = make_board_tree_of(s->core, 0x10000f, s->ram);
}

/* It has none of that cluster, which it is to list. */
static void cluster_is_absent(struct scene *s)
{
	s->context[C].cluster = "other";
	s->context[C].cpus = 0x1;
	s->cluster[1].unlisted = false;
}

/* All that c's cluster sees: its own memory at 0, of which the second segment takes more. */
static const struct board_view tcm[] = {
	{ { MEMORY_C, 0x11000 }, 0 },
	{ { SHARED_C, MIB }, SHARED_C },
};

static void segment_is_out_of_sight(struct scene *s)
{
	scene_see(s, tcm, 2, SHARED_C);
}

static void link_is_out_of_sight(struct scene *s)
{
	static const struct board_view no_link[] = {
		{ { MEMORY_C, 2 * MIB }, 0 },
		{ { SHARED_C, 0x20000 }, SHARED_C },
	};

	scene_see(s, no_link, 2, SHARED_C);
}

/* It is there, but elsewhere than for Linux. */
static void link_is_seen_elsewhere(struct scene *s)
{
	static const struct board_view moved[] = {
		{ { MEMORY_C, 2 * MIB }, 0 },
		{ { SHARED_C, MIB }, 0x20000000 },
	};

	scene_see(s, moved, 2, 0x20000000);
}

/* The other end is told of it, and would not find it. */
static void table_is_seen_elsewhere(struct scene *s)
{
	static const struct board_view moved[] = {
		{ { MEMORY_C, 2 * MIB }, 0 },
		{ { SHARED_C, 0x20000 }, 0x20000000 },
		{ { SHARED_C + 0x20000, MIB - 0x20000 }, SHARED_C + 0x20000 },
	};

	scene_see(s, moved, 3, 0x20000000);
	s->link[1].method = "handshake";
}

static void linux_is_in_another_cluster(struct scene *s)
{
	s->context[LINUX].cluster = "other";
}

/* b's, by no name and by that of the loader's own. */
static void one_cluster_by_two_names(struct scene *s)
{
	s->context[C].cluster = "own";
	s->context[C].cpus = 0xc;
}

static void table_is_missing(struct scene *s)
{
	s->elf[B].table.there = false;
}

static void wanted_table_is_missing(struct scene *s)
{
	s->context[B].table = (struct range){ SHARED_B, 0x1000 };
	s->elf[B].table.there = false;
	s->links = 0;
}

static void table_is_elsewhere(struct scene *s)
{
	s->context[B].table = (struct range){ SHARED_B + 0x1000, 0x1000 };
}

static void table_is_not_at_its_start(struct scene *s)
{
	s->context[B].table = (struct range){ SHARED_B - 0x1000, 0x2000 };
}

static void table_is_too_long(struct scene *s)
{
	s->context[B].table = (struct range){ SHARED_B, 16 };
}

static void table_is_broken(struct scene *s)
{
	s->elf[B].table.ver = 2;
}

static void vring_is_crooked(struct scene *s)
{
	s->elf[B].table.vring_da[0] = SHARED_B + LINK_MEMORY + 1;
}

static void vring_is_elsewhere(struct scene *s)
{
	s->elf[B].table.vring_da[1] = 0x50000000;
}

static void vring_is_over_code(struct scene *s)
{
	s->elf[B].table.vring_da[1] = MEMORY_B;
}

static void vring_is_in_others_memory(struct scene *s)
{
	s->elf[B].table.vring_da[1] = MEMORY_C + 0x100000;
}

static void vdev_is_missing(struct scene *s)
{
	s->link[0].vdev = 1;
}

static void link_memory_is_small(struct scene *s)
{
	s->link[0].memory.size = 0x45000;
}

static void carve_outs_fill_link_memory(struct scene *s)
{
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout_da = RESOURCE_ANY;
	s->elf[B].table.carveout_len = 0x7f000;
}

static void carve_out_has_no_link(struct scene *s)
{
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout_da = RESOURCE_ANY;
	s->links = 0;
}

static void carve_out_is_outside_memory(struct scene *s)
{
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout_da = 0x50000000;
}

static void trace_is_outside_memory(struct scene *s)
{
	s->elf[B].table.trace_da = 0x50000000;
}

static void link_memories_overlap(struct scene *s)
{
	s->link[1].memory = s->link[0].memory;
}

static void link_is_over_peer(struct scene *s)
{
	s->link[0].memory.base = SHARED_B + 0x10000;
}

static void other_end_has_no_table(struct scene *s)
{
	s->link[0].end[0] = "c";
	s->link[0].doorbell[0] = DOORBELL_NONE;
	s->link[0].doorbell[1] = 0;
	s->elf[C].table.there = false;
	s->links = 1;
}

static void other_end_has_no_reference(struct scene *s)
{
	other_end_has_no_table(s);
	s->elf[C].table.there = true;
}

static void equals_with_a_classic_table(struct scene *s)
{
	s->link[0].role[0] = s->link[0].role[1] = "symmetric";
	s->link[0].table = "b";
	s->elf[B].table.no_link = true;
}

/* c's master of b could not tell which of b's vdevs it is about. */
static void reference_to_a_classic_table(struct scene *s)
{
	other_end_has_no_reference(s);
	s->elf[C].table.references = 1;
	s->elf[B].table.no_link = true;
}

static void handshake_with_a_classic_table(struct scene *s)
{
	s->link[0].method = "handshake";
	s->elf[B].table.no_link = true;
}

/* Linux as remote of a stock master, which has no words for a session. */
static void remote_of_a_classic_table(struct scene *s)
{
	s->link[0].role[0] = "remote";
	s->link[0].role[1] = "master";
	s->link[0].table = "b";
	s->elf[B].table.no_link = true;
}

static void vrings_of_a_stock_master_differ(struct scene *s)
{
	s->elf[B].table.num = 16;
	s->elf[B].table.num1 = 8;
}

static void buffers_of_a_stock_master_are_long(struct scene *s)
{
	s->link[0].buffers[0] = s->link[0].buffers[1] = 16;
	s->link[0].buffers[2] = 1024;
}

static void stock_master_has_no_room(struct scene *s)
{
	s->link[0].buffers[0] = s->link[0].buffers[1] = 8;
	s->link[0].buffers[2] = 512;
	s->link[0].memory.size = 0x10000;
}

static void static_stock_master_has_fewer(struct scene *s)
{
	s->link[0].method = "static";
	s->link[0].vrings[0] = 512;
	s->link[0].vrings[1] = 4096;
	s->link[0].memory.size = 0x100000;
	s->links = 1;
}

static void static_stock_master_has_more(struct scene *s)
{
	s->link[0].method = "static";
	s->link[0].buffers[0] = s->link[0].buffers[1] = 8;
	s->link[0].buffers[2] = 512;
}

static void carve_out_of_a_vring_is_small(struct scene *s)
{
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout[0] = "vdev0vring1";
	s->elf[B].table.carveout_da = RESOURCE_ANY;
	s->elf[B].table.carveout_len = 0x2000;
}

static void carve_out_is_elsewhere_than_its_vring(struct scene *s)
{
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout[0] = "vdev0vring0";
	s->elf[B].table.carveout_da = SHARED_B + LINK_MEMORY;
	s->elf[B].table.carveout_len = 0x3000;
	s->elf[B].table.vring_da[0] = SHARED_B + LINK_MEMORY + 0x10000;
}

static void vrings_share_a_page(struct scene *s)
{
	s->elf[B].table.num = s->elf[B].table.align = 16;
	s->elf[B].table.vring_da[0] = SHARED_B + LINK_MEMORY;
	s->elf[B].table.vring_da[1] = SHARED_B + LINK_MEMORY + 0x400;
}

static void vring_starts_within_a_page(struct scene *s)
{
	s->elf[B].table.num = s->elf[B].table.align = 8;
	s->elf[B].table.vring_da[0] = SHARED_B + LINK_MEMORY + 0x40;
}

static void vdev_is_of_another_kind(struct scene *s)
{
	s->elf[B].table.others = 5;
	s->link[0].vdev = 4;
}

static void static_link_is_small(struct scene *s)
{
	s->link[0].method = "static";
	s->link[0].memory.size = 0x46fff;
}

static void static_link_has_many_buffers(struct scene *s)
{
	s->link[0].method = "static";
	s->link[0].buffers[0] = 257;
	s->link[0].buffers[2] = 512;
}

/* More memory would not help. */
static void static_link_is_small_for_no_stock_master(struct scene *s)
{
	static_link_is_small(s);
	s->link[0].buffers[0] = s->link[0].buffers[1] = 8;
	s->link[0].buffers[2] = 1024;
	s->link[0].memory.size = 0x4000;
}

static void carve_out_is_over_a_static_vring(struct scene *s)
{
	s->link[0].method = "static";
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout_da = SHARED_B + LINK_MEMORY + 0x1000;
}

static void vring_is_in_part_in_a_carve_out(struct scene *s)
{
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout_da = SHARED_B + LINK_MEMORY;
	s->elf[B].table.carveout_len = 0x20000;
	s->elf[B].table.vring_da[1] = SHARED_B + LINK_MEMORY + 0x1f000;
}

static void table_image_is_missing(struct scene *s)
{
	s->context[LINUX].table_image = "nowhere";
}

static void table_image_has_no_table(struct scene *s)
{
	s->context[LINUX].ramdisk = NULL;
	s->context[LINUX].table_image = "ramdisk";
	s->ramdisk = bytes_copy("raw", 4);
	s->image[3].load = INITRD;
}

static void linuxs_table_is_over_b(struct scene *s)
{
	s->context[LINUX].table_image = "table-of-linux";
	s->elf[LINUX].table = s->elf[B].table;
	s->elf[LINUX].table.trace_len = 0;
	s->elf[LINUX].table.at = MEMORY_B + 0x8000;
}

static void k3_table_is_elsewhere(struct scene *s)
{
	s->context[B].k3_carveout = (struct range){ SHARED_B - 0x1000, 0x10000 };
	s->elf[B].table.no_link = true;
}

static void k3_table_is_long(struct scene *s)
{
	s->context[B].k3_carveout = (struct range){ SHARED_B, 0x10000 };
}

static void k3_carveout_is_more_than_4_gib(struct scene *s)
{
	s->context[B].k3_carveout = (struct range){ SHARED_B, (1ull << 32) + 0x10000 };
	s->elf[B].table.no_link = true;
}

static void k3_table_is_missing(struct scene *s)
{
	s->context[B].k3_carveout = (struct range){ SHARED_B, 0x10000 };
	s->elf[B].table.there = false;
	s->links = 0;
}

static void xamp_is_over_the_table(struct scene *s)
{
	s->context[B].xamp = (struct range){ SHARED_B, 0x1000 };
}

static void xamp_is_short(struct scene *s)
{
	s->context[B].xamp = (struct range){ MEMORY_B + 0x100000, 23 };
}

static void xamp_is_outside(struct scene *s)
{
	s->context[B].xamp = (struct range){ 0x50000000, 0x1000 };
}

static void linux_gets_an_sgi(struct scene *s)
{
	s->link[0].doorbell[0] = DOORBELL_SGI;
	s->link[0].doorbell[1] = 8;
}

static void peer_gets_an_spi(struct scene *s)
{
	s->link[0].doorbell[2] = DOORBELL_SPI;
}

static void sgi_to_core_8(struct scene *s)
{
	s->cores = 0x1ff;
	s->context[B].cpus = 0x100;
}

static void there_is_no_sgi_16(struct scene *s)
{
	s->link[0].doorbell[3] = 16;
}

static void there_is_no_such_kind(struct scene *s)
{
	s->link[0].doorbell[2] = DOORBELL_KINDS;
}

static void board_has_no_spis(struct scene *s)
{
	s->board.doorbells[DOORBELL_SPI] = 0;
	s->link[1].doorbell[0] = s->link[1].doorbell[1] = 0;
}

static void tables_share_a_page(struct scene *s)
{
	s->context[B].memory[1] = (struct range){ SHARED_B, 0x20800 };
	s->elf[B].table.at = SHARED_B + 0x20000;
	s->context[C].memory[1] = (struct range){ SHARED_B + 0x20800, 0x10000 };
	s->elf[C].table.at = SHARED_B + 0x20800;
	s->elf[C].table.trace_da = SHARED_B + 0x21000;
}

static void tree_has_no_room(struct scene *s)
{
	s->board.fdt.size = 0x100;
}

static void staging_has_no_room_for_the_tree(struct scene *s)
{
	s->board.staging.size = 0x100;
}

static void spi_is_above_the_gics(struct scene *s)
{
	s->link[0].doorbell[1] = 256;
}

/* Linux takes RAM to start at the 128 MiB that its zImage is in, and leaves out what is below. */
static void linux_memory_is_below_its_zimage(struct scene *s)
{
	s->context[LINUX].ramdisk = NULL;
	s->image[2].load = 0x4a000000;
}

static void linux_memory_is_all_there_is_below(struct scene *s)
{
	linux_memory_is_below_its_zimage(s);
	s->context[LINUX].memory[0].size = 0;
}

static void linux_memory_starts_later(struct scene *s)
{
	s->context[LINUX].memory[0] = (struct range){ RAM + 0x1000, 511 * MIB };
}

static void carve_out_is_empty(struct scene *s)
{
	s->elf[B].table.carveouts = 1;
	s->elf[B].table.carveout_da = RESOURCE_ANY;
	s->elf[B].table.carveout_len = 0;
}

static void device_is_unknown(struct scene *s)
{
	s->context[B].device = "/gpio@1";
}

static void there_is_no_tree(struct scene *s)
{
	s->no_tree = true;
}

static void boot_images_tree_is_missing(struct scene *s)
{
	s->context[LINUX].fdt = "tree";
}

static void boot_images_tree_is_broken(struct scene *s)
{
	s->context[LINUX].fdt = "tree";
	s->fit_tree = true;
	s->fit_tree_data = bytes_copy("not a tree", 11);
}

static void boot_images_tree_lacks_cores(struct scene *s)
{
	s->context[LINUX].fdt = "tree";
	s->fit_tree = true;
	s->fit_tree_data = make_board_tree(0x5, s->ram);
}

static void boot_images_tree_has_less(struct scene *s)
{
	s->context[LINUX].fdt = "tree";
	s->fit_tree = true;
	s->fit_tree_data = make_board_tree(0x3, (struct range[2]){ { RAM, INITRD - RAM } });
}

static void linux_is_outside_its_trees_memory(struct scene *s)
{
	boot_images_tree_has_less(s);
	s->context[LINUX].memory[0].size = 0;
}

static void linux_memory_is_not_the_boards(struct scene *s)
{
	s->context[LINUX].fdt = "tree";
	s->context[LINUX].memory[0].size = 0;
	s->fit_tree = true;
	s->fit_tree_data = make_board_tree(0x3, (struct range[2]){ { RAM, 1024 * MIB } });
}

static void boards_data_says_less(struct scene *s)
{
	static const struct range ram = { RAM, 481 * MIB };

	s->no_tree = true;
	s->context[LINUX].fdt = "tree";
	s->fit_tree = true;
	s->board.ram = &ram;
	s->board.rams = 1;
}

/* What the board's data says, is not enough for Linux. */
static void linux_has_no_tree(struct scene *s)
{
	static const struct range ram = { RAM, 512 * MIB };

	s->no_tree = true;
	s->board.ram = &ram;
	s->board.rams = 1;
}

static void boot_images_tree_is_not_as_hashed(struct scene *s)
{
	boot_images_tree_lacks_cores(s);
	s->image[4].spoilt = true;
}

static void overlay_is_not_as_hashed(struct scene *s)
{
	s->context[LINUX].overlay = "overlay";
	s->image[4].spoilt = true;
}

static void overlay_is_none(struct scene *s)
{
	s->context[LINUX].overlay = "ramdisk";
}

static void overlays_are_large(struct scene *s)
{
	s->context[LINUX].overlay = "overlay";
	s->board.staging.size = 16;
}

static void overlays_find_no_tree(struct scene *s)
{
	s->context[LINUX].overlay = "overlay";
	s->no_tree = true;
}

static void compressed_image_is_not_as_hashed(struct scene *s)
{
	s->image[C - 1].gzip = s->image[C - 1].spoilt = true;
}

static void compressed_images_are_large(struct scene *s)
{
	s->board.staging.size = 0x1800; /* enough for Linux's tree */
	s->elf[C].segment[0].filesz = s->elf[C].segment[0].memsz = 0x1900;
	s->image[C - 1].gzip = true;
}

static void segment_is_where_is_unpacked(struct scene *s)
{
	s->image[3].gzip = true;
	s->context[C].memory[0].base = STAGING;
	s->elf[C] = scene_elf(STAGING, SHARED_C);
}

static void more_peers(struct scene *s, unsigned count, uint32_t areas)
{
	static const char *const names[] = { "d", "e", "f", "g" };

	s->cores = 0xff;
	for (unsigned i = 0; i < count; i++) {
		uint32_t memory = 0x50000000 + i * 0x400000;

		s->context[3 + i] = scene_peer(names[i], 0x10u << i, memory, 0);
		memset(s->context[3 + i].memory, 0, sizeof(s->context[0].memory));
		s->elf[3 + i] = scene_elf(memory, memory + 0x40000);
		s->elf[3 + i].table.vdevs = 0;
		s->elf[3 + i].table.trace_len = 0;
		s->elf[3 + i].table.carveouts = areas;
		s->elf[3 + i].table.carveout_da = memory + 0x100000;
		s->elf[3 + i].table.carveout_step = 0x2000;
		s->contexts++;
	}
}

static void claims_are_too_many(struct scene *s)
{
	more_peers(s, 4, 30);
}

/* b and c take much for their links' carve-outs, g's segments are the straw. */
static void segments_are_too_many(struct scene *s)
{
	more_peers(s, 4, 0);
	for (unsigned i = 3; i < s->contexts; i++) {
		uint32_t memory = s->elf[i].entry;

		s->context[i].memory[0] = (struct range){ memory, MIB };
		s->elf[i].table.there = false;
		s->elf[i].segments = 12;
		for (unsigned k = 0; k < 12; k++)
			s->elf[i].segment[k] =
				(struct make_segment){ memory + k * 0x1000, 16, 0x1000, false };
	}
	for (unsigned i = B; i <= C; i++) {
		s->elf[i].table.carveouts = 30;
		s->elf[i].table.no_link = true; /* for the room in the table */
		s->elf[i].table.carveout_da = s->elf[i].table.at + LINK_MEMORY + 0x50000;
	}
}

static void regions_are_too_many(struct scene *s)
{
	more_peers(s, 2, 30);
}

static const struct failure {
	const char *name;
	void (*change)(struct scene *s);
	int code, guilty;
	const char *names[2]; /* that the message has */
} failures[] = {
#define F(change, code, guilty, ...)               \
	{                                          \
#change, change, E_##code, guilty, \
		{                                  \
			__VA_ARGS__                \
		}                                  \
	}
	F(image_is_missing, IMAGE_MISSING, B, "nowhere"),
	F(image_is_unhashed, NO_HASH, B, "b"),
	F(image_is_no_firmware, IMAGE_FORMAT, B, "ramdisk"),
	F(entry_is_outside, ELF_ENTRY, B, "b"),
	F(segment_is_outside_ram, OUTSIDE_RAM, B, "b segment 1", ": 0x40000000..0x60000000"),
	F(segment_leaves_ram, OUTSIDE_RAM, B, "b segment 1"),
	F(segment_is_over_loader, OVERLAP, B, "b segment 1", "loader memory"),
	F(segment_is_over_record, OVERLAP, B, "b segment 1", "loader boot record"),
	F(segment_is_outside_memory, OUTSIDE_MEMORY, B, "b segment 1"),
	F(segment_leaves_memory, OUTSIDE_MEMORY, B, "b segment 1", "b memory 1"),
	F(segments_overlap, OVERLAP, B, "b: segment 1", "its segment 0"),
	F(images_overlap, OVERLAP, C, "b memory 0", "c memory 0"),
	F(images_overlap, OVERLAP, B, "b memory 0", "c memory 0"),
	F(image_is_over_tree, OVERLAP, B, "b memory 2", "linux device tree"),
	F(image_is_over_board_tree, OVERLAP, B, "b memory 2", "board device tree"),
	F(image_is_over_ramdisk, OVERLAP, B, "b memory 2", "linux ramdisk"),
	F(ramdisk_is_over_boot_image, OVERLAP, LINUX, "linux ramdisk", "loader boot image"),
	F(image_is_over_received_image, OVERLAP, B, "b memory 0", "loader received image"),
	F(image_shares_ramdisks_page, OVERLAP, B, "b region 0x4500", "linux ramdisk"),
	F(image_shares_trees_page, OVERLAP, B, "b region 0x43ff", "linux device tree"),
	F(image_is_where_linux_decompresses, OVERLAP, B, "b memory 2", "linux decompressed"),
	F(ramdisk_is_over_kernel, OVERLAP, LINUX, "linux ramdisk", "linux kernel"),
	F(ramdisk_is_outside_linux, OUTSIDE_MEMORY, LINUX, "linux ramdisk"),
	F(linux_memory_is_outside_ram, OUTSIDE_RAM, LINUX, "linux memory"),
	F(loader_is_outside_ram, OUTSIDE_RAM, NOBODY, "loader memory"),
	F(core_is_absent, CORE_ABSENT, C, "c: cores 0x10"),
	F(linux_is_not_on_our_core, CORE_START, LINUX, "linux"),
	F(cluster_is_unknown, CORE_UNKNOWN, C, "c: no cluster m4: the board has own, other"),
	F(core_is_not_in_its_cluster, CORE_ABSENT, C, "c: cores 0x10 absent, the board has 0xf"),
	F(core_of_another_cluster_is_absent, CORE_ABSENT, C, "c: cores 0x2 absent",
	  "the board has 0x1"),
	F(cluster_is_absent, CORE_ABSENT, C, "c: cores 0x1 absent, the board has 0x0"),
	F(segment_is_out_of_sight, OUTSIDE_VIEW, C,
	  "c: image c: 0x10000..0x12000 is nothing that other sees"),
	F(link_is_out_of_sight, OUTSIDE_VIEW, C,
	  "linux-c: memory 0x5d140000..0x5d1c0000 is not what other sees there"),
	F(table_is_seen_elsewhere, OUTSIDE_VIEW, C, "linux-c: memory 0x5d100000..", "other"),
	F(link_is_seen_elsewhere, OUTSIDE_VIEW, C,
	  "linux-c: memory 0x5d140000..0x5d1c0000 is not what other sees there"),
	F(linux_is_in_another_cluster, CORE_START, LINUX, "linux"),
	F(one_cluster_by_two_names, CORE_TWICE, C, "c: cores 0xc, some are b's"),
	F(table_is_missing, TABLE_MISSING, B, "b: image b", "linux-b"),
	F(wanted_table_is_missing, TABLE_MISSING, B, "b: image b"),
	F(table_is_elsewhere, TABLE_MISPLACED, B, "b"),
	F(table_is_not_at_its_start, TABLE_MISPLACED, B, "b"),
	F(table_is_too_long, TABLE_MISPLACED, B, "b"),
	F(table_is_broken, TABLE_BROKEN, B, "b"),
	F(vring_is_crooked, TABLE_BROKEN, B, "b"),
	F(vring_is_elsewhere, OUTSIDE_MEMORY, B, "linux-b vring 1", "memory of b"),
	F(vring_is_over_code, OVERLAP, B, "linux-b vring 1", "b segment 0"),
	F(vring_is_in_others_memory, OVERLAP, B, "linux-b vring 1", "c memory 0"),
	F(vdev_is_missing, TABLE_NO_VDEV, B, "b"),
	F(link_memory_is_small, TABLE_NO_ROOM, B, "b"),
	F(carve_outs_fill_link_memory, TABLE_NO_ROOM, B, "b"),
	F(carve_out_has_no_link, TABLE_NO_ROOM, B, "b"),
	F(carve_out_is_empty, TABLE_BROKEN, B, "entry 0", "0x0 bytes"),
	F(carve_out_is_outside_memory, OUTSIDE_MEMORY, B, "b carve-out"),
	F(trace_is_outside_memory, OUTSIDE_MEMORY, B, "b trace"),
	F(link_memories_overlap, OVERLAP, C, "linux-b memory", "linux-c memory"),
	F(link_is_over_peer, OVERLAP, B, "linux-b memory", "b memory 1"),
	F(other_end_has_no_table, TABLE_NO_LINK, B, "linux-b", "table of c for b's"),
	F(other_end_has_no_reference, TABLE_NO_LINK, B, "linux-b", "table of c for b's"),
	F(equals_with_a_classic_table, TABLE_NO_LINK, B, "linux-b: vdev 0 of b"),
	F(reference_to_a_classic_table, TABLE_NO_LINK, B, "linux-b: vdev 0 of b"),
	F(handshake_with_a_classic_table, TABLE_NO_LINK, B, "linux-b: vdev 0 of b"),
	F(remote_of_a_classic_table, TABLE_NO_LINK, B, "linux-b: vdev 0 of b"),
	F(vrings_of_a_stock_master_differ, LINK_LIMITS, B, "linux-b: ", "16 and 8"),
	F(buffers_of_a_stock_master_are_long, LINK_LIMITS, B, "linux-b: ", "1024"),
	F(stock_master_has_no_room, TABLE_NO_ROOM, B, "linux-b: no room for buffer, 0x40000",
	  "0x10000"),
	F(static_stock_master_has_fewer, LINK_LIMITS, B, "linux-b: ", "256 buffers"),
	F(static_stock_master_has_more, LINK_LIMITS, B, "256 buffers", "8 and 8 of 512"),
	F(carve_out_of_a_vring_is_small, TABLE_NO_ROOM, B, "vdev0vring1", "0x2806"),
	F(carve_out_is_elsewhere_than_its_vring, TABLE_BROKEN, B, "vdev0vring0 at 0x5d040000",
	  "0x5d050000"),
	F(vrings_share_a_page, LINK_LIMITS, B, "vrings at 0x5d040000, 0x5d040400"),
	F(vring_starts_within_a_page, LINK_LIMITS, B, "vrings at 0x5d040040", "Linux"),
	F(vdev_is_of_another_kind, TABLE_NO_VDEV, B, "linux-b: vdev 4 of b", "virtio id 4 with 3"),
	F(static_link_is_small, TABLE_NO_ROOM, B, "linux-b"),
	F(static_link_is_small_for_no_stock_master, LINK_LIMITS, B, "linux-b", "of 1024 in"),
	F(static_link_has_many_buffers, TABLE_NO_ROOM, B, "linux-b"),
	F(carve_out_is_over_a_static_vring, OVERLAP, B, "linux-b vring 0", "b carve-out"),
	F(vring_is_in_part_in_a_carve_out, OUTSIDE_MEMORY, B,
	  "linux-b vring 1 0x5d05f000..0x5d061806 is only in part in b carve-out"),
	F(table_image_is_missing, IMAGE_MISSING, LINUX, "nowhere"),
	F(table_image_has_no_table, TABLE_MISSING, LINUX, "ramdisk"),
	F(linuxs_table_is_over_b, OVERLAP, LINUX, "table-of-linux", "b memory 0"),
	F(k3_table_is_elsewhere, TABLE_MISPLACED, B, "b"),
	F(k3_table_is_long, TABLE_MISPLACED, B, "b"),
	F(k3_carveout_is_more_than_4_gib, OUTSIDE_RAM, B, "b carve-out 0x5d000000..0x15d010000"),
	F(k3_table_is_missing, TABLE_MISSING, B, "b"),
	F(xamp_is_over_the_table, OVERLAP, B, "b xamp header", "segment"),
	F(xamp_is_short, MANIFEST_BROKEN, B, "b: xamp of 0x17 bytes", "has 0x18"),
	F(xamp_is_outside, OUTSIDE_MEMORY, B, "b xamp header"),
	F(linux_gets_an_sgi, LINK_DOORBELL, B, "linux-b", "<1 8>; Linux hears SPIs"),
	F(peer_gets_an_spi, LINK_DOORBELL, B, "linux-b", "; Linux hears SPIs"),
	F(sgi_to_core_8, LINK_DOORBELL, B, "linux-b"),
	F(there_is_no_sgi_16, LINK_DOORBELL, B, "linux-b: b on core 2", "<1 16>; the board has 16"),
	F(there_is_no_such_kind, LINK_DOORBELL, B,
	  "linux-b: b on core 2 can't hear <5 8>; the board has 0"),
	F(board_has_no_spis, LINK_DOORBELL, B, "can't hear <2 100>; the board has 0"),
	F(spi_is_above_the_gics, LINK_DOORBELL, B, "linux-b: linux on core 0",
	  "<2 256>; the board has 256"),
	F(linux_memory_is_below_its_zimage, OUTSIDE_MEMORY, LINUX, "0x40000000", "0x48000000"),
	F(linux_memory_is_all_there_is_below, OUTSIDE_MEMORY, LINUX, "0x40000000", "0x48000000"),
	F(linux_memory_starts_later, OUTSIDE_MEMORY, LINUX, "0x40001000", "0x40000000"),
	F(tree_has_no_room, FDT_FULL, LINUX, "device tree: takes more than 0x100"),
	F(staging_has_no_room_for_the_tree, STAGING_FULL, LINUX,
	  "device tree: takes more than 0x100"),
	F(device_is_unknown, MANIFEST_BROKEN, B, "b: no device /gpio@1"),
	F(there_is_no_tree, FDT_MISSING, NOBODY, "device tree"),
	F(boot_images_tree_is_missing, IMAGE_MISSING, LINUX, "tree"),
	F(boot_images_tree_is_broken, FDT_BROKEN, LINUX, "tree"),
	F(boot_images_tree_lacks_cores, CORE_ABSENT, LINUX, "has cores 0x1 of Linux's 0x3"),
	F(linux_is_outside_its_trees_memory, OUTSIDE_MEMORY, LINUX, "linux ramdisk", "linux"),
	F(linux_memory_is_not_the_boards, OUTSIDE_RAM, LINUX, "linux memory"),
	F(boards_data_says_less, OUTSIDE_RAM, LINUX, "linux memory"),
	F(linux_has_no_tree, FDT_MISSING, LINUX, "device tree"),
	F(boot_images_tree_is_not_as_hashed, HASH_WRONG, LINUX, "tree"),
	F(overlay_is_not_as_hashed, HASH_WRONG, LINUX, "overlay"),
	F(overlay_is_none, FDT_BROKEN, LINUX, "ramdisk"),
	F(overlays_are_large, STAGING_FULL, LINUX, "overlay"),
	F(overlays_find_no_tree, FDT_MISSING, NOBODY, "device tree"),
	F(compressed_image_is_not_as_hashed, HASH_WRONG, C, "image c: "),
	F(compressed_images_are_large, STAGING_FULL, C, "image c: "),
	F(segment_is_where_is_unpacked, OVERLAP, C, "c memory 0", "loader staging"),
	F(claims_are_too_many, TOO_MANY, NOBODY, "g carve-out"),
	F(segments_are_too_many, TOO_MANY, 6, "g segment"),
	F(regions_are_too_many, TOO_MANY, 3 + 1, "region"),
#undef F
};

static void show(const struct failure *f, const struct scene *s)
{
	print_message("%s: %s (%d) blames %d: %s\n", f->name, error_name(s->e.code), s->e.code,
		      s->e.culprit, s->e.text);
}

static void codes_and_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(failures); i++) {
		const struct failure *f = &failures[i];
		struct scene *s = scene_new();

		f->change(s);
		scene_plan(s);
		if (s->e.code != f->code)
			show(f, s);
		assert_int_equal(s->e.code, f->code);
		if (f->code ==
		    E_OUTSIDE_RAM) /* found when all is claimed: about nobody who was read before */
			assert_null(s->e.about);
		for (unsigned k = 0; k < 2; k++)
			if (f->names[k] && !strstr(s->e.text, f->names[k])) {
				show(f, s);
				fail_msg("no \"%s\" in it", f->names[k]);
			}
		scene_free(s);
	}
}

/* What @context has in the plan @s, it has in the good one, too, and the other way. */
static void keeps_its_claims(const struct scene *s, const struct scene *good, unsigned context)
{
	unsigned count[2] = { 0 };

	for (unsigned i = 0; i < s->plan->claims.count; i++)
		count[0] += s->plan->claims.claim[i].context == (int)context;
	for (unsigned i = 0; i < good->plan->claims.count; i++)
		count[1] += good->plan->claims.claim[i].context == (int)context;
	assert_int_equal(count[0], count[1]);
}

static void fails_alone(const struct failure *f)
{
	struct scene *s = scene_new(), *good = scene_good(scene_new());

	s->context[f->guilty].optional = true;
	f->change(s);
	s->context[f->guilty].optional = true; /* some changes make the context anew */
	if (scene_plan(s)) {
		show(f, s);
		fail_msg("the whole plan failed");
	}
	for (unsigned i = 0; i < s->plan->contexts; i++) {
		assert_int_equal(s->plan->context[i].failed, i == (unsigned)f->guilty);
		/* without Linux, a peer lacks its link, too */
		if (i < good->plan->contexts && i != (unsigned)f->guilty && f->guilty != LINUX &&
		    s->links == good->links && s->contexts == good->contexts)
			keeps_its_claims(s, good, i);
	}
	assert_int_equal(s->plan->context[f->guilty].error.code, f->code);
	for (unsigned i = 0; i < s->plan->claims.count; i++)
		assert_int_not_equal(s->plan->claims.claim[i].context, f->guilty);
	for (unsigned i = 0; i < s->plan->links; i++)
		assert_int_equal(s->plan->link[i].failed,
				 f->guilty == LINUX || (int)i + B == f->guilty);
	for (unsigned i = 0; i < s->plan->tree.links; i++)
		assert_int_equal(s->plan->linux_link[i].failed, s->plan->link[i].failed);
	assert_int_equal(!s->plan->fdt.size, f->guilty == LINUX);
	scene_free(good);
	scene_free(s);
}

static void the_guilty_fail_alone(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(failures); i++)
		if (failures[i].guilty != NOBODY)
			fails_alone(&failures[i]);
}

/* Tables are whole pages for Linux, so they can't share one even if they do not overlap. */
static void shared_pages(void **state)
{
	for (unsigned optional = 0; optional < 3; optional++) {
		struct scene *s = scene_new();

		(void)state;
		tables_share_a_page(s);
		s->context[optional].optional = optional != LINUX;
		assert_int_equal(scene_plan(s), optional == LINUX ? E_OVERLAP : 0);
		assert_int_equal(s->plan->context[B].failed, optional == B);
		assert_int_equal(s->plan->context[C].failed, optional == C);
		if (optional != LINUX)
			assert_int_equal(s->plan->context[optional].error.code, E_OVERLAP);
		scene_free(s);
	}
}

/* One interrupt for two links: the manifest names both, so either may go. */
static void an_spi_serves_one_link(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->link[1].doorbell[1] = s->link[0].doorbell[1];
	assert_int_equal(scene_plan(s), E_LINK_DOORBELL);
	assert_non_null(strstr(s->e.text, "linux-b"));
	assert_non_null(strstr(s->e.text, "linux-c"));
	scene_free(s);
}

/* Linux describes the link, but b is the one to do without. */
static void a_links_fault_is_its_optional_ends(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->link[0].table = "linux"; /* which has none */
	s->context[B].optional = true;
	assert_int_equal(scene_plan(s), 0);
	assert_true(s->plan->context[B].failed);
	assert_int_equal(s->plan->context[B].error.code, E_TABLE_MISSING);
	assert_true(s->plan->link[0].failed);
	assert_false(s->plan->link[1].failed);
	scene_free(s);
}

/* c's link to b is described by b, which is needed: c goes, with all that the link claims. */
static void a_links_claims_are_too(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->context[C].optional = true;
	s->link[1] = (struct make_link){
		.name = "b-c",
		.end = { "b", "c" },
		.role = { "remote", "master" },
		.vdev = -1,
		.memory = { RAM + 512 * MIB, 0x80000 },
	};
	s->elf[B].table.vdevs = 2;
	s->elf[C].table.references = 1;
	scene_good(s);
	assert_true(s->plan->context[C].failed);
	assert_int_equal(s->plan->context[C].error.code, E_OUTSIDE_RAM);
	assert_false(s->plan->context[B].failed);
	assert_false(s->plan->link[0].failed);
	assert_true(s->plan->link[1].failed);
	scene_free(s);
}

/* There is no room for all, but for those that are needed. */
static void who_comes_too_late_yields(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	claims_are_too_many(s);
	for (unsigned i = 3; i < s->contexts; i++)
		s->context[i].optional = true;
	scene_good(s);
	for (unsigned i = 0; i < 3; i++)
		assert_false(s->plan->context[i].failed);
	assert_false(s->plan->context[3].failed);
	for (unsigned i = 4; i < s->contexts; i++)
		assert_int_equal(s->plan->context[i].error.code, E_TOO_MANY);
	scene_free(s);
}

static void both_may_fail(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->context[B].optional = s->context[C].optional = true;
	table_is_broken(s);
	core_is_absent(s);
	scene_good(s);
	assert_int_equal(s->plan->context[B].error.code, E_TABLE_BROKEN);
	assert_int_equal(s->plan->context[C].error.code, E_CORE_ABSENT);
	assert_int_equal(s->plan->tree.links, 2);
	assert_true(s->plan->linux_link[0].failed && s->plan->linux_link[1].failed);
	/* only what the loader leaves is kept from Linux */
	assert_int_equal(s->plan->tree.reserved_count, 1);
	scene_free(s);
}

/* Two optional ones that meet: the later one yields, and the first is left in peace. */
static void the_later_yields(void **state)
{
	struct scene *s = scene_new();

	(void)state;
	s->context[B].optional = s->context[C].optional = true;
	images_overlap(s);
	scene_good(s);
	assert_false(s->plan->context[B].failed);
	assert_true(s->plan->context[C].failed);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_and_names),
		cmocka_unit_test(the_guilty_fail_alone),
		cmocka_unit_test(shared_pages),
		cmocka_unit_test(an_spi_serves_one_link),
		cmocka_unit_test(a_links_fault_is_its_optional_ends),
		cmocka_unit_test(a_links_claims_are_too),
		cmocka_unit_test(who_comes_too_late_yields),
		cmocka_unit_test(both_may_fail),
		cmocka_unit_test(the_later_yields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
