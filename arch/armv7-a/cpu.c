/* SPDX-License-Identifier: BSD-2-Clause */
/* The small things that need an instruction of their own. */
#include "arch/arch.h"

void enter_off(uint32_t r0, uint32_t r1, uint32_t r2, uint32_t entry) __attribute__((noreturn));

core_id_t arch_core(void)
{
	uint32_t mpidr;

	__asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
	return mpidr & 0xffffff; /* all levels of affinity */
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
		__asm__ volatile("mcr p15, 0, %0, c7, c14, 1" ::"r"(address)
				 : "memory"); /* DCCIMVAC */
	__asm__ volatile("dsb" ::: "memory");
}

unsigned arch_openssl_abilities(void)
{
	return 1; /* ARMV7_NEON: the cores that we know have it */
}

bool arch_crc32(uint32_t *value, const uint8_t *data, size_t size)
{
	(void)value, (void)data, (void)size;
	return false;
}

void arch_enter(phys_addr_t entry, bool thumb, phys_addr_t argument)
{
	enter_off((uint32_t)argument, 0, 0, (uint32_t)entry | thumb);
}

/* Documentation/arm/booting.rst; the machine's number says that there is a tree. */
void arch_enter_linux(phys_addr_t entry, phys_addr_t tree)
{
	enter_off(0, UINT32_MAX, (uint32_t)tree, (uint32_t)entry);
}

void arch_relax(void)
{
	__asm__ volatile("yield");
}

void arch_park(void)
{
	for (;;)
		__asm__ volatile("wfi");
}
