/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/clock.h"
#include "images/lib/life.h"

#include BOARD_MEMORY_MAP

int image_smc(uint32_t function, uintptr_t a, uintptr_t b, uintptr_t c)
{
#ifdef MONITOR_BASE
	register uintptr_t r0 __asm__("r0") = function;
	register uintptr_t r1 __asm__("r1") = a;
	register uintptr_t r2 __asm__("r2") = b;
	register uintptr_t r3 __asm__("r3") = c;

	__asm__ volatile(".arch_extension sec\n\tsmc #0"
			 : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)
			 :
			 : "ip", "memory");
	return (int)r0;
#else
	(void)function, (void)a, (void)b, (void)c;
	return LIFE_NOT_SUPPORTED; /* the instruction would be a fault */
#endif
}

void life_keep_fed(void)
{
	static bool is_none;
	static uint64_t fed;
	const uint64_t now = clock_ticks();

	if (is_none || (fed && now - fed < clock_frequency() / 10))
		return;
	fed = now;
	is_none = life_feed(0) == LIFE_NOT_SUPPORTED;
}
