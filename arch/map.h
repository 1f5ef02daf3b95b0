/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How memory is seen: a program's map, which an MMU's tables hold, for the loader and for images.
 * The program's linker script has room for them, from mmu_table to mmu_table_end, as large and
 * aligned as the architecture's link.inc says. What nobody maps faults.
 */
#ifndef ARCH_MAP_H
#define ARCH_MAP_H

#include <stddef.h>
#include <stdint.h>

enum map_kind {
	MAP_NONE,	 /* faults */
	MAP_CODE,	 /* read-only, cached, executable */
	MAP_ROM,	 /* read-only, cached, not executable */
	MAP_RAM,	 /* cached, not executable */
	MAP_SHARED,	 /* RAM that contexts share: normal, not cached, not executable */
	MAP_DEVICE,	 /* not executable */
	MAP_OWN,	 /* cached, executable, to be written, too: an image's own memory */
	MAP_SHARED_READ, /* MAP_SHARED, but read-only */
};

/* Room for tables, zeros at first. */
extern char mmu_table[], mmu_table_end[];

/*
 * Map @size bytes at @from, whole pages of 4 KiB, to what lies @higher bytes above, over what was
 * mapped there. What is no multiple of 1 MiB takes room for tables: if that runs out it is a fault
 * of the program's, a trap. Of what is in use, only that may be changed which the architecture lets
 * change without unmapping it first (ARM DDI 0406C, B3.10.1; ARM DDI 0487, D8.14.1); then
 * map_changed().
 */
void map_area(uintptr_t from, size_t size, uintptr_t higher, enum map_kind kind);

/* Written by a core whose caches are on: let the walks see it, and forget what they saw before. */
void map_changed(void);

/*
 * Of @size bytes at @from, whole lines that we wrote without caches, other cores' may hold what was
 * there before, and show us that once ours are on: before map_start() it is invalidated, so nobody
 * may hold more of it than RAM does. QEMU has no caches: no test shows it.
 */
void map_forget_lines(uintptr_t from, size_t size);

/* MMU and caches on. */
void map_start(void);

#endif
