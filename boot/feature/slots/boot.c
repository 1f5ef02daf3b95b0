/* SPDX-License-Identifier: BSD-2-Clause */
/* One slot after the other, as the state in flash says. */
#include <stdio.h>
#include <string.h>

#include "boot/board.h"
#include "boot/feature/slots.h"
#include "boot/feature/slots/policy.h"
#include "boot/record.h"
#include "boot/stage.h"

static struct slots_state state;

static char letter(unsigned slot)
{
	return (char)('a' + slot);
}

/* Without it the boot is not counted, but a board whose flash is worn out has to boot, too. */
static void save(void)
{
	int result = slots_state_write(board_state_flash(), &state);

	if (result)
		record(STAGE_FIND, "slot state not written", board.state.base, 0, result);
}

/* Counted before anything of the image is looked at: that may be what goes wrong. */
static void choose(struct plan *plan, unsigned slot)
{
	const char name[] = { letter(slot), '\0' };
	const char *why = "tries used up";
	char what[28];

	memset(plan, 0, sizeof(*plan));
	plan->board = &board;
	plan->slot = slot;
	plan->minimum = state.minimum;
	if (policy_is_good(&state, slot))
		why = state.status[slot] == SLOT_CONFIRMED ? "confirmed" : "tried";
	if (policy_boot(&state, slot))
		save();
	snprintf(what, sizeof(what), "slot %s %s", name, why);
	record(STAGE_FIND, what, board.slot[slot].base, state.tries[slot], 0);
}

static void refuse(unsigned slot, const struct error *e)
{
	char name[] = "slot-a";

	name[sizeof(name) - 2] = letter(slot);
	record(e->stage, name, board.slot[slot].base, 0, e->code);
	stage_print_error(e->stage, name, ":", e);
}

int slots_boot(struct plan *plan, struct error *e)
{
	unsigned order[SLOTS], count;

	if (!slots_state_read(board_state_flash(), &state))
		record(STAGE_FIND, "slot state is new", 0, 0, 0);
	record(STAGE_FIND, "slot state", board.state.base, board.state.size, 0);
	record(STAGE_FIND, "minimum version", 0, state.minimum, 0);
	count = policy_order(&state, order);
	if (!count)
		return error_set(e, E_NO_IMAGE, "both slots are being written");
	for (unsigned i = 0; i < count; i++) {
		struct error why = { 0 };

		choose(plan, order[i]);
		boot_run(plan, &why);
		if (!i || plan->started)
			*e = why;
		if (plan->started)
			break; /* what runs can't be called back */
		refuse(order[i], &why);
	}
	return e->code;
}

void slots_found(const struct plan *plan)
{
	if (policy_found(&state, plan->slot, plan->fit.version))
		save();
}
