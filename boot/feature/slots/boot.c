/* SPDX-License-Identifier: BSD-2-Clause */
/* One slot after the other, as the state in flash says. */
#include <string.h>

#include "arch/arch.h"
#include "boot/board.h"
#include "boot/feature/monitor.h"
#include "boot/feature/slots.h"
#include "boot/feature/slots/policy.h"
#include "boot/feature/slots/progress.h"
#include "boot/feature/slots/update.h"
#include "boot/record.h"
#include "boot/stage/stage.h"

static struct slots_state state;
static int unread;	    /* why it may be an old one, or none: it is not written then */
static bool refused[SLOTS]; /* in this boot */

static const char names[SLOTS][7] = { "slot-a", "slot-b" };

/* "a", "b": the end of its name. */
static const char *letter(unsigned slot)
{
	return names[slot] + sizeof("slot-") - 1;
}

/* A card knows more than a code. */
static const char *said_by(const struct flash *f, int result)
{
	return result < 0 && f->error && f->error->code == result ? f->error->text : NULL;
}

/* Before what may fail without a word: the last one's is not its reason. */
static void forget_error(const struct flash *f)
{
	if (f->error)
		f->error->code = 0;
}

static void show_error(int result)
{
	const struct flash *f = board_state_flash();

	if (said_by(f, result))
		stage_print_error(STAGE_FIND, "slot state", ":", f->error);
}

/* Without it the boot is not counted, but a board whose flash is worn out has to boot, too. */
static void save(void)
{
	const struct flash *f = board_state_flash();
	int result;

	if (unread < 0)
		return;
	forget_error(f);
	result = slots_state_write(f, &state);
	if (!result)
		return;
	record(STAGE_FIND, result, board.state.base, 0, "slot state not written");
	show_error(result);
}

/* Where others find it that confirm. */
static void record_place(void)
{
	if (features->monitor) { /* where nobody else reaches it */
		features->monitor->record_slots(board_state_flash()->sector);
		return;
	}
	if (!board.state.size)
		return;
	if (board.state_controller)
		record(STAGE_FIND, 0, board.state_controller, 0, "slot state's controller");
	record(STAGE_FIND, 0, board.state.base, (size_t)board.state.size,
	       board.state_controller ? "slot state in storage" : "slot state");
}

/* Counted before anything of the image is looked at: that may be what goes wrong. */
static void choose(struct boot *boot, unsigned slot)
{
	const char *why = "tries used up";

	memset(boot, 0, sizeof(*boot));
	boot->in.board = &board;
	boot->in.slot = slot;
	boot->in.minimum = state.minimum;
	if (policy_is_good(&state, slot))
		why = state.status[slot] == SLOT_CONFIRMED ? "confirmed" : "tried";
	if (policy_boot(&state, slot))
		save();
	record(STAGE_FIND, 0, board.slot[slot].base, state.tries[slot], "slot %s %s", letter(slot),
	       why);
}

static void refuse(unsigned slot, const struct error *e)
{
	refused[slot] = true;
	record(e->stage, e->code, board.slot[slot].base, 0, "%s", names[slot]);
	stage_print_error(e->stage, names[slot], ":", e);
}

static int write_slot(unsigned slot, struct range image, struct error *e)
{
	const struct flash *flash;
	struct slots_place place;
	const char *why;
	int result;

	/* Not part of what may be cut off: with it or without, something boots. */
	if (policy_release(&state, slot, refused[slot]))
		save();
	flash = board_slot_flash();
	place = (struct slots_place){
		.flash = progress_start(flash, slot, (uint32_t)image.size),
		.offset = (uint32_t)(board.slot[slot].base - board.slot[BOARD_SLOT_A].base),
		.size = (uint32_t)board.slot[slot].size,
	};
	forget_error(flash);
	result = slots_update(board_state_flash(), &place, slot,
			      (struct bytes){ arch_pointer(image.base), (size_t)image.size });
	record(STAGE_FIND, result, board.slot[slot].base, (size_t)image.size, "slot %s written",
	       letter(slot));
	if (!result)
		return 0;
	why = said_by(flash, result);
	error_set(e, result, "the slot is not written");
	return why ? error_append(e, ": %s", why) : result;
}

/* What somebody has asked for, done or refused: it is not asked for any more then. */
static void update(struct boot *boot)
{
	const unsigned slot = !state.booted;
	struct error e = { .stage = STAGE_FIND };
	struct range image;

	boot->in.minimum = state.minimum;
	state.update--; /* counted before anything of it is looked at, as are boots */
	save();
	if (!features->monitor->check_update(boot, &image, &e)) {
		write_slot(slot, image, &e);
		board_slots_again();
		unread = slots_state_read(board_state_flash(), &state);
	}
	if (policy_refuse(&state))
		save();
	if (!e.code)
		return;
	record(e.stage, e.code, image.base, 0, "update of slot %s refused", letter(slot));
	stage_print_error(e.stage, "update", ":", &e);
}

/* What runs can't be called back; and who wants none of them booted does not want the other. */
static bool ends(const struct boot *boot, const struct error *e)
{
	return boot->started || e->code == E_KEY_PRESSED;
}

static int boot_either(struct boot *boot, struct error *e)
{
	unsigned order[SLOTS], count;

	unread = slots_state_read(board_state_flash(), &state);
	if (unread)
		record(STAGE_FIND, unread < 0 ? unread : 0, 0, 0,
		       unread < 0 ? "slot state not read" : "slot state is new");
	show_error(unread);
	record_place();
	if (features->monitor && state.update && unread >= 0)
		update(boot);
	record(STAGE_FIND, 0, 0, state.minimum, "minimum version");
	count = policy_order(&state, order);
	if (!count)
		error_set(e, E_NO_IMAGE, "both slots are being written");
	for (unsigned i = 0; i < count; i++) {
		struct error why = { 0 };
		bool end;

		choose(boot, order[i]);
		boot_run(boot, &why);
		end = ends(boot, &why);
		if (boot->started && policy_ended(&state, order[i]))
			save();
		if (!i || end)
			*e = why;
		if (end)
			break;
		refuse(order[i], &why);
	}
	boot->in.minimum = state.minimum; /* for what recovery boots, even if no slot was tried */
	return e->code;
}

static void found(unsigned slot, uint32_t version)
{
	if (slot < SLOTS && policy_found(&state, slot, version))
		save();
}

static const struct slots_state *known_state(void)
{
	return unread < 0 ? NULL : &state;
}

const struct slots_feature slots_feature = {
	.boot = boot_either,
	.found = found,
	.write = write_slot,
	.state = known_state,
};
