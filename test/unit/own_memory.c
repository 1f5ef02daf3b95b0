/* SPDX-License-Identifier: BSD-2-Clause */
/* Addresses are the test's own; one that has a machine's has functions of its own for them. */
#include "arch/arch.h"

#define OWN __attribute__((weak))

OWN void *arch_pointer(phys_addr_t address)
{
	return (void *)(uintptr_t)address;
}

OWN phys_addr_t arch_address(const void *pointer)
{
	return (uintptr_t)pointer;
}

OWN void arch_clean(const void *from, size_t size)
{
	(void)from, (void)size;
}
