/* SPDX-License-Identifier: BSD-2-Clause */
#include <libfdt.h>

#include "arch/arch.h"
#include "boot/stage/stage.h"

struct bytes stage_board_tree(const struct board *board)
{
	const struct fdt_header *h = arch_pointer(board->fdt_source.base);
	size_t size = (size_t)board->fdt_source.size;

	if (!size || fdt_magic(h) != FDT_MAGIC)
		return (struct bytes){ 0 };
	if (fdt_totalsize(h) < size)
		size = fdt_totalsize(h);
	return (struct bytes){ (const uint8_t *)h, size };
}
