/* SPDX-License-Identifier: BSD-2-Clause */
#include "arch/gic.h"

#define SRE	 1u
#define ENABLE	 1u
#define PRIORITY 0xffu /* all are higher */

/* Of the coprocessor p15; IHI 0069, 12.7. */
#define READ(value, register)  __asm__ volatile("mrc p15, 0, %0, " register : "=r"(value))
#define WRITE(register, value) __asm__ volatile("mcr p15, 0, %0, " register ::"r"(value))
#define ICC_PMR		       "c4, c6, 0"
#define ICC_AP1R0	       "c12, c9, 0"
#define ICC_IAR1	       "c12, c12, 0"
#define ICC_EOIR1	       "c12, c12, 1"
#define ICC_BPR1	       "c12, c12, 3"
#define ICC_CTLR	       "c12, c12, 4"
#define ICC_SRE		       "c12, c12, 5"
#define ICC_IGRPEN1	       "c12, c12, 7"
#define ID_PFR1		       "c0, c1, 1"
#define MPIDR		       "c0, c0, 5"
#define BARRIER()	       __asm__ volatile("isb" ::: "memory")

bool gic_core_has_registers(void)
{
	uint32_t features;

	READ(features, ID_PFR1);
	return features >> 28;
}

uint32_t gic_core_affinity(void)
{
	uint32_t id;

	READ(id, MPIDR);
	return id & 0xffffff;
}

void gic_core_stop(void)
{
	uint32_t sre;

	READ(sre, ICC_SRE);
	WRITE(ICC_SRE, sre | SRE);
	BARRIER();
	WRITE(ICC_IGRPEN1, 0);
	WRITE(ICC_CTLR, 0);
	WRITE(ICC_AP1R0, 0);
	BARRIER();
}

void gic_core_start(void)
{
	WRITE(ICC_BPR1, 0);
	WRITE(ICC_PMR, PRIORITY);
	WRITE(ICC_IGRPEN1, ENABLE);
	BARRIER();
}

uint32_t gic_core_acknowledge(void)
{
	uint32_t interrupt;

	READ(interrupt, ICC_IAR1);
	__asm__ volatile("dsb" ::: "memory"); /* 4.2.2: what is read behind this is newer */
	return interrupt;
}

void gic_core_end(uint32_t interrupt)
{
	WRITE(ICC_EOIR1, interrupt);
	BARRIER();
}

void gic_core_send(uint64_t sgi)
{
	__asm__ volatile("mcrr p15, 0, %Q0, %R0, c12\n\t"
			 "mcrr p15, 1, %Q0, %R0, c12\n\tisb" ::"r"(sgi)
			 : "memory");
}
