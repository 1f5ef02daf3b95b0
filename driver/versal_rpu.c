/* SPDX-License-Identifier: BSD-2-Clause */
#include "arch/arch.h"
#include "arch/armv7-r/vectors.h"
#include "driver/bus.h"
#include "driver/versal_rpu.h"

#include BOARD_MEMORY_MAP

#define RST_CPU_R5    ((volatile uint32_t *)(CRL_BASE + 0x300))
#define RST_CORE(n)   (1u << (n))
#define RST_BOTH_NEED (1u << 2 | 1u << 4) /* RESET_AMBA, RESET_PGE */

static unsigned number_of(core_id_t core)
{
	return (unsigned)(core - VERSAL_RPU_ID);
}

/* The compiler knows that nothing is at 0; here something is. */
static volatile uint32_t *vectors(void)
{
	volatile uint32_t *at = arch_pointer(VECTORS_BASE);

	__asm__("" : "+r"(at));
	return at;
}

static bool is_off(core_id_t core)
{
	const unsigned n = number_of(core);

	return n < VECTORS_CORES && bus_read(RST_CPU_R5) & RST_CORE(n);
}

static int start(core_id_t core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		 struct error *e)
{
	const unsigned n = number_of(core);
	volatile uint32_t *word = vectors();
	static bool filled;

	if (!is_off(core))
		return error_set(e, E_CORE_START, "core %lx is not one of the RPU in reset", core);
	if (entry != VECTORS_BASE || thumb) { /* else the image has brought its own */
		if (!filled)
			vectors_fill(word);
		filled = true;
		vectors_lead(word, n, (uint32_t)entry, thumb, (uint32_t)argument);
		arch_clean((const void *)word, VECTORS_WORDS * sizeof(*word));
	}
	bus_write(RST_CPU_R5, bus_read(RST_CPU_R5) & ~(RST_CORE(n) | RST_BOTH_NEED));
	return 0;
}

/* The loader runs on none of them. */
const struct core_ops versal_rpu_ops = { start, is_off, arch_park };
