/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature slots, out of the build: slot A. */
#include "boot/feature/slots.h"
#include "boot/stage/stage.h"

int slots_boot(struct boot *boot, struct error *e)
{
	return boot_run(boot, e);
}

void slots_found(unsigned slot, uint32_t version)
{
	(void)slot, (void)version;
}

uint32_t slots_minimum(void)
{
	return 0;
}

int slots_write(unsigned slot, struct range image, struct error *e)
{
	(void)slot;
	(void)image;
	return error_set(e, E_SLOT_IN_USE, "a loader without the feature slots writes none");
}
