/* SPDX-License-Identifier: BSD-2-Clause */
/* Included by processor.h. */

#define ENTRY(main)                                                                \
	__attribute__((noreturn, used, section(".text.entry"))) void _start(void); \
	__asm__(".pushsection .text.entry, \"ax\"\n"                               \
		".global _start\n"                                                 \
		"_start:\tldr x9, =stack_top\n"                                    \
		"\tmov sp, x9\n"                                                   \
		"\tb " #main "\n"                                                  \
		"\t.ltorg\n"                                                       \
		".popsection");

static inline uint32_t core(void)
{
	uint64_t mpidr;

	__asm__ volatile("mrs %0, mpidr_el1" : "=r"(mpidr));
	return mpidr & 0xff;
}

static inline unsigned level(void)
{
	uint64_t el;

	__asm__ volatile("mrs %0, currentel" : "=r"(el));
	return el >> 2 & 3;
}

static inline bool is_supervisor(void)
{
	return level() == 1;
}

#define TREE_IN 0 /* which of the first registers, for Linux */
#define STATES	4

static inline void read_state(struct state state[STATES])
{
	uint64_t sctlr, daif, hcr = 0;

	if (level() == 2)
		__asm__ volatile("mrs %0, sctlr_el2\n\tmrs %1, hcr_el2" : "=r"(sctlr), "=r"(hcr));
	else
		__asm__ volatile("mrs %0, sctlr_el1" : "=r"(sctlr));
	__asm__ volatile("mrs %0, daif" : "=r"(daif));
	state[0] = (struct state){ "level", level() };
	state[1] = (struct state){ "sctlr", (uint32_t)sctlr };
	state[2] = (struct state){ "daif", (uint32_t)daif };
	state[3] = (struct state){ "hcr", (uint32_t)hcr };
}

/* PSCI is asked by SMC from EL2, by HVC from EL1: QEMU's answers each. */
static inline void power_off(void)
{
	register uint64_t x0 __asm__("x0") = PSCI_SYSTEM_OFF;

	if (level() == 2)
		__asm__ volatile("smc #0" : "+r"(x0));
	else
		__asm__ volatile("hvc #0" : "+r"(x0));
}
