/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>

#include "arch/own_core.h"

unsigned own_core(void)
{
	uint32_t mpidr;

	__asm__ volatile("mrc p15, 0, %0, c0, c0, 5" : "=r"(mpidr));
	return mpidr & 0xff; /* Aff0 */
}
