/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/feature/recovery/in_ram.h"
#include "boot/feature/slots.h"
#include "boot/record.h"
#include "boot/stage/stage.h"

/* The board, but its place for received images is what came. */
static void prepare(struct plan *plan, struct range image)
{
	static struct board here;

	here = board;
	here.slot[BOARD_RECEIVED] = image;
	memset(plan, 0, sizeof(*plan));
	plan->board = &here;
	plan->slot = BOARD_RECEIVED;
	plan->minimum = slots_minimum();
}

int in_ram_boot(struct plan *plan, struct range image, struct error *e)
{
	/* By it others know that what runs is in no slot, however many tries went before. */
	record_make_room(RECORD_CAPACITY / 2);
	prepare(plan, image);
	return boot_run(plan, e);
}

int in_ram_check(struct plan *plan, struct range image, struct error *e)
{
	prepare(plan, image);
	if (boot_run_up_to_start(plan, e))
		return e->code;
	for (unsigned i = 0; i < plan->contexts; i++)
		if (plan->context[i].failed) {
			*e = plan->context[i].error;
			return e->code;
		}
	return 0;
}
