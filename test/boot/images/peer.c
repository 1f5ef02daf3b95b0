/* SPDX-License-Identifier: BSD-2-Clause */
/* A context that leaves a mark for the witness, and sleeps. MARK: where in RAM. */
#include "test/boot/images/processor.h"

#define ALIVE 0xa11fe000u

void run(uintptr_t argument);
ENTRY(run)

static volatile uint32_t zero[64];

/* Bit 8: what should be zero is. Low bits: the core. */
void run(uintptr_t argument)
{
	volatile uint32_t *mark = (volatile uint32_t *)(uintptr_t)MARK;
	uint32_t dirt = 0;

	for (unsigned i = 0; i < 64; i++)
		dirt |= zero[i];
	mark[1] = (uint32_t)argument;
	mark[0] = ALIVE | (dirt ? 0 : 0x100u) | core();
	for (;;)
		__asm__ volatile("wfi");
}
