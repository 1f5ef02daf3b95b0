/* SPDX-License-Identifier: BSD-2-Clause */
/* When a boot ends in recovery. */
#include "boot/board.h"
#include "boot/feature/recovery.h"
#include "boot/feature/recovery/menu.h"
#include "boot/feature/slots.h"
#include "boot/stage/stage.h"

static bool asked_for;

static void look(void)
{
	int byte;

	while ((byte = board_get()) >= 0)
		asked_for |= byte == RECOVERY_KEY;
}

static int is_asked_for(const struct boot *boot, struct error *e)
{
	if (boot->started) /* what runs can't be called back */
		return 0;
	look();
	if (!asked_for)
		return 0;
	asked_for = false;
	return error_set(e, E_KEY_PRESSED, "a key at the console asked for recovery");
}

static int boot_or_receive(struct boot *boot, struct error *e)
{
	slots_boot(boot, e);
	if (!boot->started) {
		boot_report(e);
		asked_for = false; /* it is here, whatever led to it */
		menu(boot, e);
	}
	return e->code;
}

const struct recovery_feature recovery_feature = { look, is_asked_for, boot_or_receive };
