/* SPDX-License-Identifier: BSD-2-Clause */
/* Included by processor.h. */

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

static inline bool is_supervisor(void)
{
	uint32_t cpsr;

	__asm__ volatile("mrs %0, cpsr" : "=r"(cpsr));
	return (cpsr & 0x1f) == 0x13;
}

#define TREE_IN 2 /* which of the first registers, for Linux */
#define STATES	2

static inline void read_state(struct state state[STATES])
{
	uint32_t sctlr, cpsr;

	__asm__ volatile("mrc p15, 0, %0, c1, c0, 0" : "=r"(sctlr));
	__asm__ volatile("mrs %0, cpsr" : "=r"(cpsr));
	state[0] = (struct state){ "sctlr", sctlr };
	state[1] = (struct state){ "cpsr", cpsr };
}

static inline void power_off(void)
{
	__asm__ volatile(".arch_extension virt\n\tmov r0, %0\n\thvc #0" ::"r"(PSCI_SYSTEM_OFF)
			 : "r0");
}
