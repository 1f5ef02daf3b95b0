/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage find: the boot image in its slot, signed if it has to be. */
#include "boot/arch.h"
#include "boot/feature/signature.h"
#include "boot/feature/slots.h"
#include "boot/record.h"
#include "boot/stage.h"

int stage_find(struct plan *plan, struct error *e)
{
	struct range slot = plan->board->slot[plan->slot];
	struct bytes bytes = { arch_pointer(slot.base), (size_t)slot.size };
	char what[] = "boot image in slot a";

	if (fit_open(&plan->fit, bytes, e))
		return e->code;
	what[sizeof(what) - 2] = (char)('a' + plan->slot);
	record(STAGE_FIND, what, slot.base, plan->fit.size, 0);
	if (signature_check(&plan->fit, plan->minimum, e))
		return e->code;
	slots_found(plan);
	return 0;
}
