/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A bare-metal master: finds an ELF in flash, slot B, loads it, fills its resource table in, starts
 * it on core 0 and is master of the link with it. The ELF is Linux (images/bootstrap) or anything
 * else. All by the loader's code, used as a library: nothing of its plan, its boot images or its
 * record is in here.
 */
#include <string.h>

#include "arch/arch.h"
#include "boot/core.h"
#include "boot/plan/claim.h"
#include "boot/console.h"
#include "boot/segment.h"
#include "boot/stage/stage.h"
#include "driver/clock.h"
#include "images/master/master.h"
#include "resource_table/table.h"

#include BOARD_MEMORY_MAP

#define LINUX_CORE 0
#define PATIENCE   1 /* second that the loader may take to leave that core */

static int wait_for_core(struct image *image, struct error *e)
{
	uint64_t start = clock_ticks();

	(void)image;
	while (!core_is_off(board.cluster, LINUX_CORE))
		if (clock_ticks() - start > (uint64_t)PATIENCE * clock_frequency())
			return error_set(e, E_CORE_START, "core %u is not off", LINUX_CORE);
	return 0;
}

static int parse(struct image *image, struct error *e)
{
	const struct range slot = board.slot[BOARD_SLOT_B];
	const struct bytes file = { arch_pointer(slot.base), (size_t)slot.size };
	const struct image_hint none = { 0 };

	return image_parse(image, "linux", file, &none, e);
}

/* Nothing of it may go where something else is: the master itself, the board's device tree. */
static int check(struct image *image, struct error *e)
{
	static struct claims claims;
	const struct claim *culprit[2];
	const struct range ram = { RAM_BASE, RAM_SIZE };
	struct claim claim = { .owner = "master",
			       .what = "memory",
			       .phases = CLAIM_ALWAYS,
			       .parent = -1,
			       .context = -1 };

	claim.range = (struct range){ PEER_C_BASE, PEER_C_SIZE };
	claim_add(&claims, &claim, e);
	claim.range = (struct range){ board.fdt_source.base, board.fdt_source.size };
	claim.what = "device tree";
	claim_add(&claims, &claim, e);
	claim.owner = image->name;
	claim.what = "segment";
	claim.numbered = true;
	for (claim.number = 0; claim.number < image->segments; claim.number++) {
		claim.range = image->segment[claim.number].to;
		claim_add(&claims, &claim, e);
	}
	return claims_check(&claims, &ram, 1, culprit, e);
}

static int write(struct image *image, struct error *e)
{
	(void)e;
	image_write(image);
	return 0;
}

/* Its table describes one link: to us, who are master. Zeroed vrings belong to that. */
static int fill(struct image *image, struct error *e)
{
	static uint8_t data[RESOURCE_TABLE_MAX] __attribute__((aligned(8)));
	const struct link_description link = {
		.name = { image->name, "master" },
		.table = { image->table_address, 0 },
		.role = { LINK_REMOTE, LINK_MASTER },
		.doorbell = { { DOORBELL_SPI, { 100 } },
			      { DOORBELL_SGI, { 8, 1u << arch_core() } } },
		.buffer_len = 512,
		.memory = { LINK_C_BASE, LINK_SIZE },
	};
	struct link_part part[LINK_PLACES];
	struct link_layout layout;
	struct table table;

	if (!image->table.size || image->table.size > sizeof(data))
		return error_set(e, image->table_misplaced ? E_TABLE_MISPLACED : E_TABLE_MISSING,
				 "resource table of %zu bytes%s", image->table.size,
				 image->table_misplaced ? " that a segment loads" : "");
	memcpy(data, image->table.data, image->table.size);
	if (table_read(&table, data, image->table.size, image->name, e) ||
	    table_fill_link(&table, 0, &link, &layout, part, e))
		return e->code;
	for (unsigned i = 0; i < 2; i++)
		memset(arch_pointer(part[i].base), 0, part[i].size);
	memcpy(arch_pointer(image->table_address), data, image->table.size);
	arch_clean(arch_pointer(image->table_address), image->table.size);
	return master_open(&table, e);
}

static int start(struct image *image, struct error *e)
{
	return core_start(board.cluster, LINUX_CORE, image->entry, image->thumb,
			  image->table_address, e);
}

static const struct step {
	enum stage stage;
	int (*run)(struct image *image, struct error *e);
} way[] = {
	{ STAGE_RESET, wait_for_core }, { STAGE_FIND, parse }, { STAGE_PLAN, check },
	{ STAGE_LOAD, write },		{ STAGE_TABLE, fill }, { STAGE_START, start },
};

static enum stage now;

void boot_stop(const struct error *e)
{
	stage_print_error(now, "error", "", e);
	boot_halt();
}

void boot_fault(const struct error *e)
{
	boot_stop(e);
}

void boot_halt(void)
{
	console_line("stopped");
	board_stop();
}

void boot_main(uintptr_t passed)
{
	static struct image image;
	static struct error e;

	(void)passed;
	for (unsigned i = 0; i < sizeof(way) / sizeof(way[0]); i++) {
		now = way[i].stage;
		error_about(&e, NULL, NULL);
		if (way[i].run(&image, &e))
			boot_stop(&e);
	}
	master_serve();
}
