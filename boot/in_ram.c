/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/in_ram.h"
#include "boot/record.h"
#include "boot/stage/stage.h"

static struct board here;

/* The board, but its place for received images is what came. */
static void prepare(struct boot *boot, struct range image)
{
	const uint32_t minimum = boot->in.minimum;

	here = board;
	here.slot[BOARD_RECEIVED] = image;
	memset(boot, 0, sizeof(*boot));
	boot->in.board = &here;
	boot->in.slot = BOARD_RECEIVED;
	boot->in.minimum = minimum;
}

int in_ram_boot(struct boot *boot, struct range image, struct error *e)
{
	/* By it others know that what runs is in no slot, however many tries went before. */
	record_make_room(RECORD_CAPACITY / 2);
	prepare(boot, image);
	return boot_run(boot, e);
}

int in_ram_check(struct boot *boot, struct range image, struct error *e)
{
	prepare(boot, image);
	if (features->monitor) /* contexts are made anew from where it is going to lie */
		here.flash = image;
	if (boot_run_up_to_start(boot, e))
		return e->code;
	for (unsigned i = 0; i < boot->plan.contexts; i++)
		if (boot->plan.context[i].failed) {
			*e = boot->plan.context[i].error;
			return e->code;
		}
	return 0;
}
