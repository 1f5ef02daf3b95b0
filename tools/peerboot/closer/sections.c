/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A 32-bit Linux without LPAE has one table entry for 2 MiB: two sections of a MiB, or pages. Where
 * RAM that it maps ends behind the first of them and goes on within the second, it wants pages over
 * a section that is there: BUG_ON(pmd_bad(*pmd)), before there is a console (arch/arm/mm/mmu.c,
 * map_lowmem(), alloc_init_pte()). With LPAE it boots, and an image does not say whether it has it:
 * a note.
 */
#include <libfdt.h>

#include "fdt/board_tree.h"
#include "tools/peerboot/closer/closer.h"
#include "tools/peerboot/file.h"

#define MiB 0x100000u

struct mapped {
	const struct closer *c;
	unsigned memories;
	struct range memory[BOARD_TREE_MEMORIES];
	phys_addr_t at;	    /* that is looked at */
	phys_addr_t behind; /* of the region without a mapping that it is in; 0: it is in none */
	const char *name;   /* of that, or of the last */
};

static int find_unmapped(void *arg, const struct tree_region *r)
{
	struct mapped *m = arg;

	if (r->no_map && m->at - r->range.base < r->range.size) {
		m->behind = range_end(r->range);
		m->name = r->name;
	}
	return 0;
}

/* If @at is not mapped, where what is in the way ends; 0: it is, or that is not RAM. */
static phys_addr_t behind_unmapped(struct mapped *m, phys_addr_t at)
{
	m->at = at;
	m->behind = 0;
	board_tree_regions(m->c->tree, find_unmapped, m);
	return m->behind;
}

static bool is_mapped(struct mapped *m, phys_addr_t at)
{
	const struct range byte = { at, 1 };

	return range_in_any(m->memory, m->memories, &byte) && !behind_unmapped(m, at);
}

/* Is the MiB before @end mapped as a section, and RAM goes on within the next? */
static bool is_torn(struct mapped *m, phys_addr_t end)
{
	phys_addr_t next = end, behind;

	if (end % (2 * MiB) != MiB || !is_mapped(m, end - 1) || !is_mapped(m, end - MiB))
		return false;
	while ((behind = behind_unmapped(m, next)) != 0)
		next = behind;
	return next > end && next < end + MiB && is_mapped(m, next);
}

static int check_region(void *arg, const struct tree_region *r)
{
	struct mapped *m = arg;

	if (r->no_map && is_torn(m, r->range.base))
		note("%s begins at an odd MiB, 0x%llx, and RAM goes on within it: Linux without LPAE (Debian's armmp) dies there before its console; move it to an even MiB",
		     r->name, (unsigned long long)r->range.base);
	return 0;
}

int closer_sections(struct closer *c)
{
	const struct image *kernel = &plan_linux_context(c->plan)->image[PLAN_MAIN].image;
	static struct mapped m;
	struct error unused = { 0 };

	m.c = c;
	if (kernel->bits == 64 || !kernel->room.size ||
	    board_tree_memory((struct bytes){ c->tree, fdt_totalsize(c->tree) }, m.memory,
			      &m.memories, &unused))
		return 0;
	return board_tree_regions(c->tree, check_region, &m);
}
