/* SPDX-License-Identifier: BSD-2-Clause */
/* An exception is a bug: its registers go to the trace, and this core stops. */
#include <stdint.h>
#include <stdio.h>

struct exception_frame {
	uint32_t r[13];
	uint32_t pc;
};

void exception(unsigned number, const struct exception_frame *frame, uint32_t spsr);

void exception(unsigned number, const struct exception_frame *frame, uint32_t spsr)
{
	static const char *const name[] = {
		"undefined instruction", "svc", "prefetch abort", "data abort", "irq", "fiq"
	};
	static int again;
	uint32_t dfsr, dfar, ifsr;

	if (again++) /* in here: say no more */
		return;
	__asm__("mrc p15, 0, %0, c5, c0, 0" : "=r"(dfsr));
	__asm__("mrc p15, 0, %0, c6, c0, 0" : "=r"(dfar));
	__asm__("mrc p15, 0, %0, c5, c0, 1" : "=r"(ifsr));
	printf("exception: %s at %08lx, cpsr %08lx, dfsr %lx, dfar %08lx, ifsr %lx\n", name[number],
	       (unsigned long)frame->pc, (unsigned long)spsr, (unsigned long)dfsr,
	       (unsigned long)dfar, (unsigned long)ifsr);
	for (unsigned i = 0; i < 13; i++)
		printf("r%u %08lx%c", i, (unsigned long)frame->r[i], i % 4 == 3 ? '\n' : ' ');
	printf("\nstopped\n");
}
