/* SPDX-License-Identifier: BSD-2-Clause */
/* An exception is a bug: its registers go to the trace, and this core stops. */
#include <stdio.h>

#include "arch/armv8-a/exception.h"
#include "images/lib/image.h"

void exception(enum exception_kind kind, const struct exception_frame *f)
{
	static int again;

	if (again++) /* in here: say no more */
		stop();
	printf("exception: %s at %08llx, pstate %08lx, esr %lx, far %08llx\n",
	       exception_name(kind, f->esr), (unsigned long long)f->pc, (unsigned long)f->pstate,
	       (unsigned long)f->esr, (unsigned long long)f->far);
	for (unsigned i = 0; i < 31; i++)
		printf("x%u %016llx%c", i, (unsigned long long)f->x[i], i % 4 == 3 ? '\n' : ' ');
	printf("sp %016llx\nstopped\n", (unsigned long long)f->sp);
	stop();
}
