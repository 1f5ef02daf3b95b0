/* SPDX-License-Identifier: BSD-2-Clause */
/* An exception is a bug: its registers go to the trace, and this core stops. */
#include <stdio.h>

#include "arch/fault.h"
#include "images/lib/image.h"

void fault_report(const struct fault *f, unsigned before)
{
	if (before) /* in here: say no more */
		stop();
	printf("exception: %s at %08lx, fault address %08lx, status %lx, " FAULT_STATE " %08lx\n",
	       f->what, f->pc, f->address, f->status, f->state);
	for (unsigned i = 0; i < FAULT_REGISTERS; i++)
		printf(FAULT_REGISTER " " FAULT_WORD "%c", i, f->number[i],
		       i % 4 == 3 ? '\n' : ' ');
	printf("stopped\n");
	stop();
}
