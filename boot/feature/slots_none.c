/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature slots, out of the build: slot A. */
#include "boot/feature/slots.h"
#include "boot/stage.h"

int slots_boot(struct plan *plan, struct error *e)
{
	return boot_run(plan, e);
}

void slots_found(const struct plan *plan)
{
	(void)plan;
}
