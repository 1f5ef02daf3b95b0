/* SPDX-License-Identifier: BSD-2-Clause */
#include "arch/armv8-a/system.h"
#include "arch/gic.h"

#define SRE	 1u
#define ENABLE	 1u
#define PRIORITY 0xffu /* all are higher */

bool gic_core_has_registers(void)
{
	return system_read(id_aa64pfr0_el1) >> 24 & 0xf;
}

uint32_t gic_core_affinity(void)
{
	const uint64_t id = system_read(mpidr_el1);

	return (uint32_t)(id & 0xffffff) | (uint32_t)(id >> 32) << 24;
}

void gic_core_stop(void)
{
	system_write(icc_sre_el1, system_read(icc_sre_el1) | SRE);
	system_barrier();
	system_write(icc_igrpen1_el1, 0);
	system_write(icc_ctlr_el1, 0);
	system_write(icc_ap1r0_el1, 0);
	system_barrier();
}

void gic_core_start(void)
{
	system_write(icc_bpr1_el1, 0);
	system_write(icc_pmr_el1, PRIORITY);
	system_write(icc_igrpen1_el1, ENABLE);
	system_barrier();
}

uint32_t gic_core_acknowledge(void)
{
	const uint32_t interrupt = (uint32_t)system_read(icc_iar1_el1);

	__asm__ volatile("dsb sy" ::: "memory"); /* 4.2.2: what is read behind this is newer */
	return interrupt;
}

void gic_core_end(uint32_t interrupt)
{
	system_write(icc_eoir1_el1, interrupt);
	system_barrier();
}

void gic_core_send(uint64_t sgi)
{
	system_write(icc_sgi1r_el1, sgi);
	system_write(icc_asgi1r_el1, sgi);
	system_barrier();
}
