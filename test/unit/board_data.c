/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A board's board.c against what all else takes for granted of it, and against its memory_map.h.
 * Built once for each board: BOARD_DATA and BOARD_MEMORY_MAP are its files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include BOARD_DATA
#include ARCH_LINK

#include "boot/plan/plan.h"
#include "doorbell/adma.h"

#define PAGE 0x1000u
#define MIB  0x100000u

static bool is_whole(struct range r, uint64_t unit)
{
	return r.size && !(r.base % unit) && !(r.size % unit);
}

static bool touch(struct range a, struct range b)
{
	return a.base <= b.base + b.size && b.base <= a.base + a.size;
}

static bool is_mapped(const struct board *b, struct range r)
{
	for (unsigned i = 0; i < b->map_count; i++)
		if (range_contains(&b->maps[i].range, &r))
			return true;
	return false;
}

static bool views_overlap(const struct board_view *a, const struct board_view *b)
{
	const struct range seen[] = { { a->at, a->range.size }, { b->at, b->range.size } };

	return range_overlaps(&a->range, &b->range) || range_overlaps(&seen[0], &seen[1]);
}

static const char *mistake_of_views(const struct board_cluster *c)
{
	for (unsigned i = 0; i < c->views; i++)
		for (unsigned k = 0; k < i; k++)
			if (views_overlap(&c->view[i], &c->view[k]))
				return "two views of a cluster overlap";
	if (c->views > 32 || (uint64_t)c->held >> c->views)
		return "a view that is not there is held";
	return NULL;
}

static const char *mistake_of_cores(const struct board *b)
{
	for (unsigned i = 0; i < 32; i++)
		for (unsigned k = 0; k < i; k++)
			if (b->core.mask >> i & 1 && b->core.mask >> k & 1 &&
			    b->core.id[i] == b->core.id[k])
				return "a core is listed twice";
	if (!(b->core.mask & 1) || b->core.id[0] != BOOT_CORE)
		return "the first core is not BOOT_CORE";
	return b->core.mask & (b->core.mask + 1) ? "the mask of cores has holes" : NULL;
}

static const char *mistake_of_clusters(const struct board *b)
{
	uint32_t all = 0;

	for (unsigned i = 0; i < b->clusters; i++) {
		const struct board_cluster *c = &b->cluster[i];
		uint32_t low = c->cores & -c->cores;

		if (!c->cores || c->cores & (c->cores + low))
			return "a cluster's cores are no neighbours";
		if (c->cores & all)
			return "a core is in two clusters";
		if (c->cores < all)
			return "clusters are not in the order of their cores";
		if (!c->name || !c->name[0] || !c->arch || (c->bits != 32 && c->bits != 64) ||
		    !c->states)
			return "a cluster lacks its name, arch, bits or states";
		if (mistake_of_views(c))
			return mistake_of_views(c);
		all |= c->cores;
	}
	return all == b->core.mask ? NULL : "a core is in no cluster, or one that is not there is";
}

static const char *mistake_of_ram(const struct board *b)
{
	if (!b->rams && !b->fdt_source.size)
		return "nobody says which RAM there is";
	if (b->rams > PLAN_RAM)
		return "more ranges of RAM than there is room for";
	for (unsigned i = 0; i < b->rams; i++) {
		if (!is_whole(b->ram[i], PAGE))
			return "RAM is not whole pages";
		for (unsigned k = 0; k < i; k++)
			if (touch(b->ram[i], b->ram[k]))
				return "two ranges of RAM touch";
	}
	return NULL;
}

/*
 * Translation tables (arch/map.h): each unit of a level takes one where an area begins or ends within
 * it. What runs over the maps are the loader's code and the page below its stack.
 */
struct tables {
	uint64_t unit[64]; /* its address, with the level in bit 0 */
	unsigned count;
};

static void divide(struct tables *t, uint64_t edge, uint64_t size, unsigned level)
{
	const uint64_t unit = (edge & ~(size - 1)) | level;
	unsigned i = 0;

	while (i < t->count && t->unit[i] != unit)
		i++;
	if (edge % size && i == t->count && i < 64)
		t->unit[t->count++] = unit;
}

static void count_tables(struct tables *t, struct range area, bool wide)
{
	const uint64_t edges[] = { area.base, area.base + area.size };

	for (unsigned i = 0; i < 2; i++) {
		divide(t, edges[i], wide ? 2 * MIB : MIB, 0);
		if (wide)
			divide(t, edges[i], 1024 * MIB, 1);
	}
}

static bool tables_fit(const struct board *b)
{
	const bool wide = b->cluster[0].bits == 64;
	const unsigned room = wide ? ARCH_MMU_SIZE / PAGE - 1 :
				     (ARCH_MMU_SIZE - ARCH_MMU_ALIGN) / 1024;
	struct tables t = { .count = 0 };

	for (unsigned i = 0; i < b->map_count; i++)
		count_tables(&t, b->maps[i].range, wide);
	count_tables(&t, (struct range){ LOADER_BASE, LOADER_SIZE }, wide);
	count_tables(&t, (struct range){ LOADER_RAM_BASE, PAGE }, wide);
	return t.count <= room;
}

static const char *mistake_of_maps(const struct board *b)
{
	const struct range loader = { LOADER_RAM_BASE, LOADER_RAM_SIZE };
	const struct range reached[] = { loader, b->fdt, b->staging, b->record };
	bool claimed = false;

	for (unsigned i = 0; i < b->map_count; i++)
		if (!is_whole(b->maps[i].range, PAGE))
			return "a map is not whole pages";
	if (!tables_fit(b))
		return "the maps need more translation tables than there is room for";
	for (size_t i = 0; i < sizeof(reached) / sizeof(reached[0]); i++)
		if (!is_mapped(b, reached[i]))
			return "no map has the loader's RAM, the tree, staging or the record";
	for (unsigned i = 0; i < b->claim_count; i++)
		claimed |= range_contains(&b->claims[i].range, &loader);
	return claimed ? NULL : "the loader's RAM is not claimed";
}

static const char *mistake_of_slots(const struct board *b)
{
	for (unsigned i = BOARD_SLOT_A; i <= BOARD_SLOT_B; i++)
		if (b->slot[i].size && !range_contains(&b->flash, &b->slot[i]))
			return "a slot is not in flash";
	if (range_overlaps(&b->slot[BOARD_SLOT_A], &b->slot[BOARD_SLOT_B]))
		return "slots overlap";
	return b->doorbells[DOORBELL_NONE] == 1 ? NULL : "of doorbells of no kind there is one";
}

static const char *mistake_of_channels(const struct board *b)
{
	const struct adma_channels *a = b->adma;

	if (!a)
		return NULL;
	if (a->spi + a->count > b->doorbells[DOORBELL_SPI])
		return "a DMA channel has an SPI that there is not";
	return a->step >= ADMA_SIZE ? NULL : "DMA channels' registers overlap";
}

static const char *mistake(const struct board *b)
{
	static const char *(*const of[])(const struct board *) = {
		mistake_of_cores, mistake_of_clusters, mistake_of_ram,
		mistake_of_maps,  mistake_of_slots,    mistake_of_channels,
	};
	const char *found = NULL;

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]) && !found; i++)
		found = of[i](b);
	return found;
}

static void the_board_has_none(void **unused)
{
	(void)unused;
	assert_string_equal(board.name, BOARD_FOLDER);
	assert_ptr_equal(mistake(&board), NULL);
}

#define ASSERT_FOUND(changed, text)                   \
	do {                                          \
		const char *found = mistake(changed); \
                                                      \
		assert_non_null(found);               \
		assert_string_equal(found, text);     \
	} while (0)

static void cores_are_looked_at(void **unused)
{
	const core_id_t wrong[] = { BOOT_CORE + 1, BOOT_CORE }, twice[] = { BOOT_CORE, BOOT_CORE };
	struct board b = board;

	(void)unused;
	b.core = (struct core_set){ wrong, 3 };
	ASSERT_FOUND(&b, "the first core is not BOOT_CORE");
	b.core.id = twice;
	ASSERT_FOUND(&b, "a core is listed twice");
}

static void clusters_are_looked_at(void **unused)
{
	const core_id_t ids[] = { BOOT_CORE, BOOT_CORE + 1, BOOT_CORE + 2 };
	struct board_cluster c[] = { board.cluster[0], board.cluster[0] };
	struct board_view view[] = { { { 0x4000, 0x1000 }, 0 }, { { 0x4800, 0x1000 }, 0x1000 } };
	struct board b = board;

	(void)unused;
	b.core = (struct core_set){ ids, 7 };
	b.cluster = c;
	b.clusters = 2;
	c[0].cores = 1, c[1].cores = 2;
	ASSERT_FOUND(&b, "a core is in no cluster, or one that is not there is");
	c[1].cores = 0xe;
	ASSERT_FOUND(&b, "a core is in no cluster, or one that is not there is");
	c[1].cores = 7;
	ASSERT_FOUND(&b, "a core is in two clusters");
	c[0].cores = 5, c[1].cores = 2;
	ASSERT_FOUND(&b, "a cluster's cores are no neighbours");
	c[0].cores = 6, c[1].cores = 1;
	ASSERT_FOUND(&b, "clusters are not in the order of their cores");
	c[0].cores = 1, c[1].cores = 6, c[1].view = view, c[1].views = 2;
	ASSERT_FOUND(&b, "two views of a cluster overlap");
	view[1].range.base = 0x8000, view[1].at = 0x0800;
	ASSERT_FOUND(&b, "two views of a cluster overlap");
	view[1].at = 0x1000;
	assert_null(mistake(&b));
	c[1].held = 1 << 2;
	ASSERT_FOUND(&b, "a view that is not there is held");
	c[1].held = 1 << 1;
	assert_null(mistake(&b));
	c[1].states = 0;
	ASSERT_FOUND(&b, "a cluster lacks its name, arch, bits or states");
}

static void ram_is_looked_at(void **unused)
{
	struct range ram[] = { { 0x40000000, 0x10000800 }, { 0x50001000, 0x1000 } };
	struct board b = board;

	(void)unused;
	b.ram = ram;
	b.rams = 2;
	ASSERT_FOUND(&b, "RAM is not whole pages");
	ram[0].size = 0x10001000;
	ASSERT_FOUND(&b, "two ranges of RAM touch");
	b.rams = PLAN_RAM + 1;
	ASSERT_FOUND(&b, "more ranges of RAM than there is room for");
	b.rams = 0, b.fdt_source.size = 0;
	ASSERT_FOUND(&b, "nobody says which RAM there is");
}

static void maps_are_looked_at(void **unused)
{
	struct board_map map = { { 0, 0x100800 }, MAP_RAM };
	struct board b = board;

	(void)unused;
	b.maps = &map;
	b.map_count = 1;
	ASSERT_FOUND(&b, "a map is not whole pages");
	map.range.size = 0x101000;
	ASSERT_FOUND(&b, "no map has the loader's RAM, the tree, staging or the record");
	b = board;
	b.claim_count = 0;
	ASSERT_FOUND(&b, "the loader's RAM is not claimed");
}

/* As many maps of a page each, in a GiB of its own and so in tables of their own. */
static void tables_are_counted(void **unused)
{
	struct board_map maps[9];
	struct board b = board;

	(void)unused;
	for (unsigned i = 0; i < 9; i++)
		maps[i] = (struct board_map){ { i * 0x40000000ull + 0x1000, PAGE }, MAP_RAM };
	b.maps = maps;
	b.map_count = 9;
	ASSERT_FOUND(&b, "the maps need more translation tables than there is room for");
	b.map_count = 1;
	ASSERT_FOUND(&b, "no map has the loader's RAM, the tree, staging or the record");
}

static void slots_are_looked_at(void **unused)
{
	struct board b = board;

	(void)unused;
	b.slot[BOARD_SLOT_B] = b.slot[BOARD_SLOT_A];
	ASSERT_FOUND(&b, "slots overlap");
	b.flash.size = 1;
	ASSERT_FOUND(&b, "a slot is not in flash");
}

static void channels_are_looked_at(void **unused)
{
	struct adma_channels a = { .step = ADMA_SIZE };
	struct board b = board;

	(void)unused;
	a.spi = b.doorbells[DOORBELL_SPI] - 1;
	a.count = 1;
	b.adma = &a;
	assert_null(mistake(&b));
	a.count = 2;
	ASSERT_FOUND(&b, "a DMA channel has an SPI that there is not");
	a.count = 1, a.step--;
	ASSERT_FOUND(&b, "DMA channels' registers overlap");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_board_has_none),	  cmocka_unit_test(cores_are_looked_at),
		cmocka_unit_test(clusters_are_looked_at), cmocka_unit_test(ram_is_looked_at),
		cmocka_unit_test(maps_are_looked_at),	  cmocka_unit_test(slots_are_looked_at),
		cmocka_unit_test(tables_are_counted),	  cmocka_unit_test(channels_are_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
