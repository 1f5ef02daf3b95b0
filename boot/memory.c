/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "arch/arch.h"
#include "arch/map.h"
#include "boot/board.h"
#include "boot/memory.h"

#define PAGE 4096u

/* The linker script's: what the program runs in, whole pages, and a page below its stack. */
extern char code_start[], code_end[], stack_guard[];

/*
 * Of the code, old and new translation are both read-only and lead to the same bytes, so nothing
 * has to be unmapped in between.
 */
void memory_run_in_ram(phys_addr_t to)
{
	const uintptr_t code = (uintptr_t)code_start;
	const size_t size = (uintptr_t)code_end - code;

	memcpy(arch_pointer(to), code_start, size);
	arch_clean(arch_pointer(to), size);
	map_area(code, size, (uintptr_t)to - code, MAP_CODE);
}

/* Of another kind, it is unmapped first. */
void memory_map_anew(struct range area, enum map_kind kind)
{
	map_area((uintptr_t)area.base, (size_t)area.size, 0, MAP_NONE);
	map_changed();
	map_area((uintptr_t)area.base, (size_t)area.size, 0, kind);
	map_changed();
}

void memory_start(void)
{
	const struct board_map *m = board.maps;

	for (unsigned i = 0; i < board.map_count; i++, m++)
		map_area((uintptr_t)m->range.base, (size_t)m->range.size, 0, m->kind);
	map_area((uintptr_t)code_start, (size_t)(code_end - code_start), 0, MAP_CODE);
	map_area((uintptr_t)stack_guard, PAGE, 0, MAP_NONE);
	map_start();
}
