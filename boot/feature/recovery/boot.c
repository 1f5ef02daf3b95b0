/* SPDX-License-Identifier: BSD-2-Clause */
/* When a boot ends in recovery. */
#include "boot/board.h"
#include "boot/feature/recovery.h"
#include "boot/feature/recovery/menu.h"
#include "boot/feature/slots.h"
#include "boot/stage/stage.h"

static bool asked_for;

void recovery_look(void)
{
	int byte;

	while ((byte = board_get()) >= 0)
		asked_for |= byte == RECOVERY_KEY;
}

int recovery_asked_for(const struct boot *boot, struct error *e)
{
	if (boot->started) /* what runs can't be called back */
		return 0;
	recovery_look();
	if (!asked_for)
		return 0;
	asked_for = false;
	return error_set(e, E_KEY_PRESSED, "a key at the console asked for recovery");
}

int recovery_boot(struct boot *boot, struct error *e)
{
	slots_boot(boot, e);
	if (!boot->started) {
		boot_report(e);
		asked_for = false; /* it is here, whatever led to it */
		menu(boot, e);
	}
	return e->code;
}
