/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>

#include "arch/arch.h"
#include "driver/imx_src.h"

#include BOARD_MEMORY_MAP

#define CORES 4

#define SCR (*(volatile uint32_t *)SRC_BASE)
/* Two registers a core: where the boot ROM has it go on, and with what in r0. */
#define GPR_ENTRY(core)	   (*(volatile uint32_t *)(SRC_BASE + 0x20 + 8 * (core)))
#define GPR_ARGUMENT(core) (*(volatile uint32_t *)(SRC_BASE + 0x24 + 8 * (core)))

#define SCR_RESET(core)	 (1u << (13 + (core)))
#define SCR_ENABLE(core) (1u << (21 + (core))) /* but for core 0, which is always on */

static int start(core_id_t core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		 struct error *e)
{
	if (!core || core >= CORES)
		return error_set(e, E_CORE_START, "core 0x%x: the SRC starts cores 1 to %u",
				 (unsigned)core, CORES - 1);
	GPR_ENTRY(core) = (uint32_t)entry | thumb;
	GPR_ARGUMENT(core) = (uint32_t)argument;
	__asm__ volatile("dsb" ::: "memory");
	SCR |= SCR_ENABLE(core) | SCR_RESET(core);
	return 0;
}

static bool is_off(core_id_t core)
{
	return core && core < CORES && !(SCR & SCR_ENABLE(core));
}

static __attribute__((noreturn)) void off(void)
{
	const core_id_t core = arch_core();

	if (core)
		SCR &= ~SCR_ENABLE(core);
	arch_park();
}

const struct core_ops imx_src_ops = { start, is_off, off };
