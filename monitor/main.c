/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor on its board: what start.S calls, and what its parts want of the machine. */
#include "driver/clock.h"
#include "driver/secure_interrupts.h"
#include "monitor/main.h"
#include "monitor/monitor.h"
#include "monitor/platform.h"

/* The architecture's code looks there, too. */
_Static_assert(offsetof(struct monitor_config, cores) == 0, "the first member");
_Static_assert(offsetof(struct monitor_config, core) == 8, "CONFIG_IDS of start.S");
_Static_assert(MONITOR_CORES == 8, "CORES of start.S");

struct monitor_config monitor_config;
struct monitor_handover monitor_handover;
static struct monitor monitor;

/*
 * What the loader has said about any core: whoever comes last, and opens the monitor to those who
 * stop contexts, finds none of them still to begin.
 */
static void begin(unsigned core)
{
	for (unsigned i = 0; i < monitor_config.cores; i++)
		if (monitor_handover.enters[i])
			monitor_enter_first(&monitor, core, i);
}

const struct monitor_entry *monitor_main(unsigned core)
{
	const struct monitor_entry *entry;

	monitor.config = &monitor_config; /* every core says the same */
	monitor_arrive(&monitor, core);
	monitor_handover.arrived[core] = true;
	for (;;) {
		/* Before it sleeps: of two kicks that come at once, one is left. */
		begin(core);
		entry = monitor_next(&monitor, core);
		if (entry)
			break;
		__asm__ volatile("dsb sy\n\twfi" ::: "memory");
		secure_take();
	}
	secure_open_core(entry->secure);
	return entry;
}

bool monitor_fiq(unsigned core)
{
	secure_take();
	return monitor_kicked(&monitor, core);
}

bool monitor_smc(unsigned core, struct monitor_call *call)
{
	return monitor_call(&monitor, core, call);
}

void monitor_exception(unsigned core, uint64_t address, uint64_t syndrome)
{
	monitor_trapped(&monitor, core, address, syndrome);
}

void platform_barrier(void)
{
	__asm__ volatile("dmb sy" ::: "memory");
}

uint64_t platform_ticks(void)
{
	return secure_clock_ticks();
}

uint32_t platform_ticks_per_ms(void)
{
	return clock_frequency() / 1000;
}

void platform_alarm(uint64_t at)
{
	secure_alarm(at);
}

void platform_kick(core_id_t core)
{
	secure_kick(core);
}

void platform_relax(void)
{
	__asm__ volatile("yield");
}

void platform_silence(void)
{
	secure_start_core();
}

void platform_silence_shared(const core_id_t *core, uint32_t mask)
{
	secure_stop(core, mask);
}

void *platform_memory(phys_addr_t address)
{
	return (void *)(uintptr_t)address;
}
