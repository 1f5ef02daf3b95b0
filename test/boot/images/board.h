/* SPDX-License-Identifier: BSD-2-Clause */
/* The few things that the tests' own programs do: no library, no stack. */
#ifndef TEST_BOOT_BOARD_H
#define TEST_BOOT_BOARD_H

#include <stdint.h>

#include BOARD_MEMORY_MAP

/* First instruction: r0 to r2 are left as they were for main(). */
#define ENTRY(main)                                                                      \
	__attribute__((naked, noreturn, used, section(".text.entry"))) void _start(void) \
	{                                                                                \
		__asm__ volatile("ldr sp, =stack_top\n\tb " #main);                      \
	}

static inline uint32_t core(void)
{
	uint32_t mpidr;

	__asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
	return mpidr & 0xff;
}

#endif
