/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System registers (ARM DDI 0487), those of the exception level that we run at among them: EL1, EL2
 * where nobody sits below us, EL3 where what sits there is ours. level.inc has them for assembler.
 */
#ifndef ARCH_ARMV8_A_SYSTEM_H
#define ARCH_ARMV8_A_SYSTEM_H

#include <stdbool.h>
#include <stdint.h>

#define system_read(name)                                          \
	({                                                         \
		uint64_t value_;                                   \
		__asm__ volatile("mrs %0, " #name : "=r"(value_)); \
		value_;                                            \
	})
#define system_write(name, value) \
	__asm__ volatile("msr " #name ", %x0" ::"rZ"((uint64_t)(value)) : "memory")

#define system_barrier() __asm__ volatile("isb" ::: "memory")

/* The exception level that we run at. */
static inline unsigned level(void)
{
	return (unsigned)system_read(CurrentEL) >> 2 & 3;
}

/* Bytes of the shortest line of the data caches: CTR_EL0.DminLine, which is in words. */
static inline uint64_t data_line(void)
{
	return 4u << (system_read(ctr_el0) >> 16 & 0xf);
}

/* sctlr for sctlr_el1 to sctlr_el3. */
#define el_write(name, value)                            \
	do {                                             \
		if (level() == 3)                        \
			system_write(name##_el3, value); \
		else if (level() == 2)                   \
			system_write(name##_el2, value); \
		else                                     \
			system_write(name##_el1, value); \
	} while (0)

#endif
