/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor in its place, and cores that come to it. */
#include <string.h>

#include "arch/arch.h"
#include "boot/feature/monitor.h"
#include "boot/feature/monitor/config.h"
#include "boot/feature/monitor/plan.h"
#include "boot/feature/monitor/update.h"
#include "boot/feature/slots.h"
#include "boot/feature/slots/state.h"
#include "driver/secure_interrupts.h"
#include "monitor/head.h"
#include "monitor/tree.h"

#include BOARD_MEMORY_MAP

extern const uint8_t monitor_image[], monitor_image_end[];

static struct monitor_head *head(void)
{
	return arch_pointer(MONITOR_BASE);
}

static uint32_t seen(const volatile uint32_t *word)
{
	arch_clean((const void *)word, sizeof(*word));
	return *word;
}

static void set(volatile uint32_t *word, uint32_t value)
{
	*word = value;
	arch_clean((const void *)word, sizeof(*word));
}

/* Number of the core @id, which is one of the board's. */
static unsigned number_of(core_id_t id)
{
	return (unsigned)__builtin_ctz(core_set_find(&board.core, id));
}

/* Those that are held at reset come here; they are asleep until it is all in memory. */
static void release_cores(void)
{
	volatile uint32_t *release = arch_pointer(CORE_RELEASE);

	release[0] = MONITOR_BASE;
	release[1] = ~(uint32_t)MONITOR_BASE;
	arch_clean((const void *)release, 8);
	for (unsigned i = 1; i < MONITOR_CORES; i++)
		if (board.core.mask >> i & 1)
			secure_kick(board.core.id[i]);
}

static void install(const struct boot *boot)
{
	const size_t size = (size_t)(monitor_image_end - monitor_image);
	static bool is_there; /* with cores in it, when another slot is tried */

	if (is_there) {
		memset(head()->config, 0, sizeof(*head()->config));
		monitor_configure(head()->config, &boot->plan);
		arch_clean(head()->config, sizeof(*head()->config));
		return;
	}
	is_there = true;
	memset(head(), 0, MONITOR_SIZE);
	memcpy(head(), monitor_image, size);
	monitor_configure(head()->config, &boot->plan);
	arch_clean(head(), MONITOR_SIZE);
	secure_start();
	release_cores();
}

/* Cores that are there already only know of the rest what is in it by now. */
static void finish(const struct boot *boot)
{
	const struct slots_state *slots = slots_known_state();
	const struct keep keep = monitor_keeps(&boot->plan);

	keep_make(&boot->plan, &keep, true, &head()->config->kept);
	if (slots && boot->in.slot < SLOTS)
		head()->config->slots = *slots;
	arch_clean(head()->config, sizeof(*head()->config));
}

static int start(core_id_t core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		 struct error *e)
{
	(void)entry, (void)thumb, (void)argument, (void)e; /* it knows */
	set(&head()->handover->enters[number_of(core)], true);
	secure_kick(core);
	return 0;
}

static bool is_off(core_id_t core)
{
	return seen(&head()->handover->arrived[number_of(core)]);
}

static __attribute__((noreturn)) void off(void)
{
	arch_enter(MONITOR_BASE, false, 0);
}

static __attribute__((noreturn)) void enter(const struct plan_context *context)
{
	start(context->id, 0, false, 0, NULL);
	off();
}

const struct core_ops monitor_core_ops = { start, is_off, off };

const struct monitor_feature monitor_feature = {
	.check = monitor_check_worlds,
	.check_room = monitor_check_room,
	.firmware = &monitor_firmware,
	.install = install,
	.finish = finish,
	.enter = enter,
	.record_slots = monitor_record_slots,
	.check_update = monitor_check_update,
};
