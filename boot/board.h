/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What differs between boards: data, and the few functions behind it. A board is a folder in
 * boot/board/ with one instance of struct board (board.c: data alone, compiled for the host's
 * plan too), board.mk and memory_map.h; and with the functions below and those of driver/console.h,
 * as far as no driver has them.
 */
#ifndef BOOT_BOARD_H
#define BOOT_BOARD_H

#include <stdbool.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/range.h"
#include "driver/console.h"

struct board_claim { /* what the loader itself occupies of RAM */
	const char *what;
	struct range range;
	unsigned phases; /* CLAIM_… */
};

enum board_map_kind {
	MAP_ROM,    /* flash: read-only, cached, not executable */
	MAP_RAM,    /* cached, not executable */
	MAP_SHARED, /* RAM that contexts share: normal, not cached, not executable */
	MAP_DEVICE,
};

struct board_map {	    /* how the loader maps an area; what no area names, faults */
	struct range range; /* multiples of 1 MiB; a later one wins, and what runs over all */
	enum board_map_kind kind;
};

enum {
	BOARD_SLOT_A,
	BOARD_SLOT_B,
	BOARD_RECEIVED,
	BOARD_PLACES
};

struct board {
	const char *name;
	unsigned core_bits; /* 32 or 64: the images that its cores run as they are started */
	/*
	 * where a boot image may be: slots a and b in flash, or in the window of what is not
	 * memory-mapped; RAM for one that is received
	 */
	struct range slot[BOARD_PLACES];
	struct range
		fdt_source;   /* where the board's own tree may be found; size: the most it takes */
	struct range fdt;     /* where the finished tree goes */
	struct range initrd;  /* where an initrd without load address goes */
	phys_addr_t kernel;   /* where a kernel without load address goes */
	struct range staging; /* RAM to unpack to while the loader loads: boot/staging.h */
	struct range record;  /* boot record and pristine tables */
	/*
	 * flash for boot state, two sectors of board_state_flash(), for others that write it; size 0
	 * if it is not memory-mapped
	 */
	struct range state;
	phys_addr_t gic;    /* where its distributor is */
	unsigned spis;	    /* that the GIC has: their numbers are below this */
	struct range flash; /* outside RAM, so that sources can't be destinations: not claimed */
	const struct board_claim *claims;
	unsigned claim_count;
	const struct board_map *maps;
	unsigned map_count;
};

extern const struct board board;

/*
 * Let doorbells through, as far as that is shared by all cores: what is each core's own, its
 * context sets up. Called before any context runs; Linux, if there is one, sets it all up anew.
 */
void board_start_doorbells(void);

/*
 * Start @core (affinity level 0 of its MPIDR) at @entry, in Thumb state if @thumb, with @argument
 * where a function has its first one, its MMU and caches off. All that it reads is in RAM by then.
 * E_CORE_START.
 */
int board_core_start(unsigned core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		     struct error *e);

/* Is @core off? Else it can't be started. */
bool board_core_is_off(unsigned core);

/* Switch the core that this runs on off, so that anybody may start it. */
void board_core_off(void) __attribute__((noreturn));

/*
 * storage_open(), where slots lie in storage that isn't memory-mapped: board.slot and board.flash
 * are then addresses in its window. No other board has to have it.
 */
void board_open_storage(void);

struct flash;

/*
 * Feature slots: the flash that board.state is the start of. Not the one that the loader runs in.
 */
const struct flash *board_state_flash(void);

/*
 * Feature recovery: the flash that slot a is the start of, and slot b in, ready to be written.
 * Where the loader runs in it, it goes on in RAM; slots can't be booted any more then, until
 * board_reset().
 */
const struct flash *board_slot_flash(void);

/* Feature recovery: as if by the reset button. */
void board_reset(void) __attribute__((noreturn));

/* The end after an error: power off, or wait for a watchdog or a person. */
void board_stop(void) __attribute__((noreturn));

#endif
