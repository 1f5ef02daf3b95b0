/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What differs between boards: data, and the few functions behind it. A board is a folder in
 * boot/board/ with one instance of struct board (board.c: data alone, compiled for the host's
 * plan too), board.mk and memory_map.h; and with the functions below and those of driver/console.h
 * and driver/power.h, as far as no driver has them.
 */
#ifndef BOOT_BOARD_H
#define BOOT_BOARD_H

#include <stdbool.h>

#include "arch/map.h"
#include "base/bytes.h"
#include "base/core.h"
#include "base/error.h"
#include "base/range.h"
#include "doorbell/kinds.h"
#include "driver/console.h"
#include "driver/core_ops.h"
#include "driver/power.h"

struct adma_channels;

struct board_claim { /* what the loader itself occupies of RAM */
	const char *what;
	struct range range;
	unsigned phases; /* CLAIM_… */
};

struct board_map {	    /* how the loader maps an area; what no area names, faults */
	struct range range; /* whole pages of 4 KiB; a later one wins, what runs over all */
	enum map_kind kind;
};

enum {
	BOARD_SLOT_A,
	BOARD_SLOT_B,
	BOARD_RECEIVED,
	BOARD_PLACES
};

enum {
	ENTRY_PLAIN = 1, /* bit 0 of the address is clear: A32, A64 */
	ENTRY_THUMB = 2, /* it is set: T32; M-profile has nothing else */
};

/* Memory that is at @range, physically, is for a cluster's cores from @at on. */
struct board_view {
	struct range range;
	phys_addr_t at;
};

/*
 * Memory of the Secure world alone, of which no tree tells: for contexts that are in that world,
 * and in it room for the copies that a monitor makes contexts anew from.
 */
struct board_secure {
	struct range ram;
	struct range pristine;
};

/*
 * How cores of a cluster are held and released, where that is a register's to do: a word in which
 * the first core has bit 0, each other one the next. Set, the core is in reset; cleared, it begins.
 */
struct board_reset {
	phys_addr_t at;
	/*
	 * Words that they count up to feed their watchdogs, in the same order: memory of theirs and
	 * Linux's, in whole pages.
	 */
	struct range fed;
};

/*
 * Cores of one kind. What nobody has to tell apart is one cluster: Linux may have the cores of one
 * alone.
 */
struct board_cluster {
	const char *name;
	uint32_t cores;	  /* mask of board.core, neighbours; the lowest is bit 0 in a manifest's */
	const char *arch; /* of images for them, as a FIT has it: "arm", "arm64" */
	unsigned bits;	  /* that they have as they are started: 32, 64 */
	uint8_t states;	  /* ENTRY_…: in which an image may be entered */
	bool no_controller; /* of interrupts: nothing is heard or rung by one; feature adma */
	bool unlisted;	    /* no device tree lists its cores: all of them are there */
	/*
	 * All that its cores see, a TCM at 0 say; no two overlap, on either side. 0: they see
	 * everything where it is. An image's segments, entry and table are linked for what they
	 * see.
	 */
	const struct board_view *view;
	unsigned views;
	/*
	 * Which of them, as a mask, so that there are 32 at most, answer nobody while its cores are
	 * in reset, a TCM say: images can't be loaded there.
	 */
	uint32_t held;
	const struct board_reset *reset; /* feature resets; NULL: there is none */
	/*
	 * Feature views: where its cores begin, and come to at exceptions, if they can't be told.
	 * What leads to images from there is the loader's, and comes there as cores are started;
	 * but an image that is entered there, alone on the cluster, brings its own. Size 0: they
	 * begin where they are told.
	 */
	struct range vectors;
};

struct board {
	const char *name;
	/*
	 * All cores that there may be; the place of one in the list is its number. The first is the
	 * one that the loader runs on.
	 */
	struct core_set core;
	const struct board_cluster *cluster; /* one after the other they have all cores */
	unsigned clusters;
	/*
	 * where a boot image may be: slots a and b in flash, or in the window of what is not
	 * memory-mapped; RAM for one that is received
	 */
	struct range slot[BOARD_PLACES];
	/*
	 * Where the board's own tree may be found; size: the most it takes, 0: there is none. The
	 * tree says which RAM there is, and which of the cores of clusters that it lists; otherwise
	 * @ram does, and there are all cores.
	 */
	struct range fdt_source;
	/*
	 * Who starts the loader passes the tree's address, as to a kernel: x0, r2. fdt_source.base
	 * is then one that it may have, for the host's command.
	 */
	bool fdt_passed;
	const struct range *ram; /* whole pages, none touches another; at most PLAN_RAM */
	unsigned rams;
	const struct board_secure *secure; /* feature monitor: its Secure world */
	struct range pristine; /* feature resets: room for copies to make contexts anew from */
	struct range fdt;      /* where the finished tree goes */
	struct range initrd;   /* where an initrd without load address goes */
	phys_addr_t kernel;    /* where a kernel without load address goes */
	struct range staging;  /* RAM to unpack to while the loader loads: boot/staging.h */
	struct range record;   /* boot record and pristine tables */
	/*
	 * Boot state, for others that write it: two sectors of board_state_flash(), in memory; in
	 * storage behind a controller from their offset there on, with as much of it for each as
	 * there is from one to the next. Size 0: it is not for others.
	 */
	struct range state;
	phys_addr_t state_controller; /* as its node in a tree has it; 0: memory-mapped */
	phys_addr_t controller; /* where what rings doorbells is, as its node in a tree has it */
	/* doorbell/kinds.h: how many of each kind there are, numbered from 0; of "none" it is 1 */
	uint16_t doorbells[DOORBELL_COUNTED];
	const struct adma_channels *adma; /* feature adma: doorbell/adma.h; NULL: none */
	struct range flash; /* outside RAM, so that sources can't be destinations: not claimed */
	const struct board_claim *claims;
	unsigned claim_count;
	const struct board_map *maps;
	unsigned map_count;
};

extern const struct board board;

/*
 * How cores of each cluster are started: apart from the data, which the host has, too. One for each
 * of board.cluster, or the link fails (boot/core.c).
 */
#define BOARD_CORE_OPS(...)                                              \
	const struct core_ops *const board_core_ops[] = { __VA_ARGS__ }; \
	const unsigned board_core_ops_count = sizeof(board_core_ops) / sizeof(board_core_ops[0])
extern const struct core_ops *const board_core_ops[];
extern const unsigned board_core_ops_count;

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

/*
 * On a board with a monitor: slots can be booted again; and where others leave a boot image that a
 * slot is to get, memory-mapped as a device, at most as large as slot[BOARD_RECEIVED]: flash with
 * the sectors of the boot state's.
 */
void board_slots_again(void);
struct range board_update_place(void);

#endif
