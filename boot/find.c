/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage find: the boot image in slot A, signed if it has to be. */
#include "boot/arch.h"
#include "boot/feature/signature.h"
#include "boot/record.h"
#include "boot/stage.h"

int stage_find(struct plan *plan, struct error *e)
{
	struct range slot = plan->board->slot[0];
	struct bytes bytes = { arch_pointer(slot.base), (size_t)slot.size };

	if (fit_open(&plan->fit, bytes, e))
		return e->code;
	record(STAGE_FIND, "boot image in slot a", slot.base, plan->fit.size, 0);
	return signature_check(&plan->fit, e);
}
