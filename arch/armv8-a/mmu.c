/* SPDX-License-Identifier: BSD-2-Clause */
/* A flat map from the board's list. The page below the stack is left out, so that it can fault. */
#include <string.h>

#include "arch/arch.h"
#include "arch/armv8-a/translation.h"
#include "boot/board.h"
#include "boot/stage/stage.h"

#define PAGE   4096u
#define TABLES 8

static const uint64_t attributes[] = {
	[MAP_ROM] = TRANSLATION_CACHED | TRANSLATION_RO | TRANSLATION_XN,
	[MAP_RAM] = TRANSLATION_CACHED | TRANSLATION_XN,
	[MAP_SHARED] = TRANSLATION_UNCACHED | TRANSLATION_XN,
	[MAP_DEVICE] = TRANSLATION_DEVICE | TRANSLATION_XN,
};
#define CODE (TRANSLATION_CACHED | TRANSLATION_RO)

static translation_table tables[TABLES] __attribute__((section(".bss.tables")));
static struct translation translation = { tables, TABLES, 1 };

/* The linker script's: what the program runs in, whole pages, and a page below its stack. */
extern char code_start[], code_end[], stack_guard[];

void mmu_start(void);

static void map(struct range range, phys_addr_t to, uint64_t how)
{
	struct error e = { 0 };

	if (translation_map(&translation, range, to, how))
		return;
	error_set(&e, E_TOO_MANY, "maps need more than %u translation tables", TABLES);
	board_start();
	boot_fault(&e);
}

static struct range between(const void *start, phys_addr_t end)
{
	phys_addr_t base = arch_address(start);

	return (struct range){ base, end - base };
}

/*
 * Of the code, old and new translation are both read-only and lead to the same bytes, so nothing
 * has to be unmapped in between (D8.14.1). All else in flash has: it becomes a device.
 */
void arch_leave_flash(struct range flash, phys_addr_t to)
{
	struct range code = between(code_start, arch_address(code_end));
	struct range behind = between(code_end, range_end(flash));
	void *copy = arch_pointer(to);

	memcpy(copy, code_start, (size_t)code.size);
	arch_clean(copy, (size_t)code.size);
	map(code, to, CODE);
	map(behind, behind.base, TRANSLATION_NONE);
	translation_changed();
	map(behind, behind.base, attributes[MAP_DEVICE]);
	translation_changed();
}

void mmu_start(void)
{
	struct range code = between(code_start, arch_address(code_end));
	struct range guard = { arch_address(stack_guard), PAGE };

	for (const struct board_map *m = board.maps; m < board.maps + board.map_count; m++)
		map(m->range, m->range.base, attributes[m->kind]);
	map(code, code.base, CODE);
	map(guard, guard.base, TRANSLATION_NONE);
	translation_start(&translation, (struct range){ 0 }); /* nobody was here before us */
}
