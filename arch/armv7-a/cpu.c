/* SPDX-License-Identifier: BSD-2-Clause */
/* The small things that need an instruction of their own. */
#include "arch/arch.h"

void enter_off(uint32_t r0, uint32_t r1, uint32_t r2, uint32_t entry) __attribute__((noreturn));

unsigned arch_core(void)
{
	uint32_t mpidr;

	__asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
	return mpidr & 0xff;
}

void *arch_pointer(phys_addr_t address)
{
	return (void *)(uintptr_t)address;
}

phys_addr_t arch_address(const void *pointer)
{
	return (uintptr_t)pointer;
}

void arch_clean(const void *from, size_t size)
{
	uint32_t ctr, line, address = (uint32_t)from, end = address + size;

	__asm__ volatile("mrc p15, 0, %0, c0, c0, 1" : "=r"(ctr)); /* CTR */
	line = 4u << (ctr >> 16 & 0xf);
	for (address &= ~(line - 1); address < end; address += line)
		__asm__ volatile("mcr p15, 0, %0, c7, c10, 1" ::"r"(address)
				 : "memory"); /* DCCMVAC */
	__asm__ volatile("dsb" ::: "memory");
}

void arch_enter(phys_addr_t entry, bool thumb, const uint32_t argument[3])
{
	enter_off(argument[0], argument[1], argument[2], (uint32_t)entry | thumb);
}

void arch_park(void)
{
	for (;;)
		__asm__ volatile("wfi");
}
