/* SPDX-License-Identifier: BSD-2-Clause */
#include <libfdt.h>

#include "arch/arch.h"
#include "boot/stage/stage.h"

static uintptr_t passed_at; /* 0: it is where the board says */

struct bytes stage_board_tree(const struct board *board)
{
	const struct fdt_header *h = arch_pointer(passed_at ? passed_at : board->fdt_source.base);
	size_t size = (size_t)board->fdt_source.size;

	if (!size || fdt_magic(h) != FDT_MAGIC)
		return (struct bytes){ 0 };
	if (fdt_totalsize(h) < size)
		size = fdt_totalsize(h);
	return (struct bytes){ (const uint8_t *)h, size };
}

static bool is_mapped(const struct board *board, const struct range *r)
{
	for (unsigned i = 0; i < board->map_count; i++)
		if (board->maps[i].kind == MAP_RAM && range_contains(&board->maps[i].range, r))
			return true;
	return false;
}

static bool is_loaders(const struct board *board, const struct range *r)
{
	bool is = range_overlaps(&board->staging, r) || range_overlaps(&board->record, r) ||
		  range_overlaps(&board->slot[BOARD_RECEIVED], r);

	for (unsigned i = 0; i < board->claim_count; i++)
		is |= range_overlaps(&board->claims[i].range, r);
	return is;
}

int stage_take_passed(const struct board *board, phys_addr_t passed, struct error *e)
{
	const struct fdt_header *h = arch_pointer(passed);
	struct range r = { passed, sizeof(*h) };
	bool may_be_read = passed && is_mapped(board, &r) && !is_loaders(board, &r);
	bool is_tree = may_be_read && !(passed % sizeof(uint64_t)) && fdt_magic(h) == FDT_MAGIC;

	if (is_tree)
		r.size = fdt_totalsize(h);
	if (!passed)
		return error_set(e, E_FDT_MISSING, "the loader was passed no device tree");
	if (!is_mapped(board, &r))
		return error_set(
			e, E_OUTSIDE_MAP,
			"device tree passed to the loader, 0x%llx, is not in RAM that it maps",
			(unsigned long long)passed);
	if (is_loaders(board, &r))
		return error_set(
			e, E_OVERLAP,
			"device tree passed to the loader, 0x%llx, is in the loader's memory",
			(unsigned long long)passed);
	if (!is_tree || r.size < sizeof(*h))
		return error_set(e, E_FDT_BROKEN,
				 "0x%llx, passed to the loader, has no device tree",
				 (unsigned long long)passed);
	passed_at = (uintptr_t)passed;
	return 0;
}
