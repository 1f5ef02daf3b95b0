/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Three contexts, and cores of a machine that is not there, each in its context, in the monitor, or
 * on its way between; and what is never true of them.
 */
#ifndef TEST_UNIT_MONITOR_SCENE_H
#define TEST_UNIT_MONITOR_SCENE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <bearssl/bearssl_hash.h>

#include "base/error.h"
#include "base/record_format.h"
#include "monitor/hold_boot.h"
#include "monitor/monitor.h"
#include "monitor/platform.h"

#define CORES	       5
#define CPU_ON	       0x84000003u
#define CPU_ON_64      0xc4000003u
#define CPU_SUSPEND_64 0xc4000001u
#define CPU_OFF	       0x84000002u
#define AFFINITY_INFO  0x84000004u
#define SYSTEM_OFF     0x84000008u
#define SYSTEM_RESET   0x84000009u
#define INSIDE	       0x1000u /* of every context's memory */
#define HOLD_BOOT      0x5004u /* by which Linux loads and starts C */

enum {
	LINUX, /* cores 0 and 1 */
	B,     /* 2: controls all others */
	C,     /* 3 */
	CONTEXTS
}; /* core 4 is nobody's */

static struct monitor_config config;
static struct monitor monitor;
static bool kicked[CORES], running[CORES];
static uint64_t now, alarms[CORES]; /* when each core is kicked, if it isn't 0 */
static unsigned here;		    /* the core that runs */
static uint32_t silenced;	    /* cores whose shared interrupts have been */
static unsigned ended;
static uint8_t memory[0x10000],
	record[sizeof(struct record_header) + RECORD_CAPACITY * sizeof(struct record_entry)];
static const uint8_t image[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
static uint8_t image_now[sizeof(image)];

/* --- the machine ------------------------------------------------------------------------- */

void platform_kick(core_id_t core)
{
	for (unsigned i = 0; i < CORES; i++)
		if (config.core[i] == core)
			kicked[i] = true;
}

/* Not while one of them may still take it. */
void platform_silence_shared(const core_id_t *core, uint32_t mask)
{
	assert_ptr_equal(core, config.core);
	for (unsigned i = 0; i < CORES; i++)
		assert_false(mask >> i & 1 && running[i]);
	silenced |= mask;
}

uint64_t platform_ticks(void)
{
	return now;
}

uint32_t platform_ticks_per_ms(void)
{
	return 2;
}

void platform_alarm(uint64_t at)
{
	alarms[here] = at;
}

void *platform_memory(phys_addr_t address)
{
	return address == config.record ? record : memory + address;
}

static jmp_buf power;

void platform_power(bool again)
{
	ended = 1u + again;
	longjmp(power, 1);
}

static inline void run(unsigned core);

/* Of C alone anybody waits for anything: its core goes on. */
void platform_relax(void)
{
	const unsigned waits = here;

	run(3);
	here = waits;
}

/* --- cores ------------------------------------------------------------------------------- */

/* What is never true, whatever anybody calls. */
static inline void check(void)
{
	for (unsigned i = 0; i < CORES; i++) {
		const int context = monitor_context_of(&config, i);

		assert_int_equal(monitor.lock.number[i], 0);
		if (!running[i])
			continue;
		assert_int_equal(monitor.core[i].state, CORE_ON);
		assert_in_range(context, 0, CONTEXTS - 1);
		assert_true(monitor.state[context] == LIFE_RUNNING ||
			    monitor.state[context] == LIFE_STOPPING);
		/* one that is to leave is on the way here */
		assert_true(kicked[i] || !monitor.core[i].leaves);
	}
	for (unsigned c = 0; c < CONTEXTS; c++) { /* a watchdog's time does not pass unseen */
		const unsigned first = config.context[c].first;

		if (!config.context[c].cores || !config.context[c].watchdog.ms ||
		    monitor.state[c] != LIFE_RUNNING)
			continue;
		assert_true(monitor.watch[c].until);
		assert_true(kicked[first] ||
			    (alarms[first] && alarms[first] <= monitor.watch[c].until));
	}
	for (unsigned c = 0; c < CONTEXTS; c++)
		for (unsigned i = 0; i < CORES; i++)
			if (config.context[c].cores >> i & 1 &&
			    (monitor.state[c] == LIFE_STOPPED || monitor.state[c] == LIFE_BROKEN))
				assert_int_equal(monitor.core[i].state, CORE_OFF);
}

/* A core that is here looks what there is to do. */
static inline void look(unsigned core)
{
	const struct monitor_entry *entry;

	here = core;
	entry = monitor_next(&monitor, core);
	if (!entry)
		return;
	running[core] = true;
	assert_int_equal(entry->secure, config.context[monitor_context_of(&config, core)].secure);
}

static inline void leave(unsigned core)
{
	running[core] = false;
	here = core;
	monitor_arrive(&monitor, core);
	look(core);
}

/* What a kick does to @core, if it has had one. */
static inline void run(unsigned core)
{
	if (alarms[core] && now >= alarms[core])
		kicked[core] = true;
	if (!kicked[core])
		return;
	kicked[core] = false;
	here = core;
	if (!running[core])
		look(core);
	else if (monitor_kicked(&monitor, core))
		leave(core);
}

static inline void run_all(void)
{
	for (unsigned round = 0; round < 4; round++)
		for (unsigned i = 0; i < CORES; i++)
			run(i);
	check();
}

static inline int call_3(unsigned core, uintptr_t function, uintptr_t a, uintptr_t b, uintptr_t d)
{
	struct monitor_call c = { { function, a, b, d } };

	assert_true(running[core]);
	here = core;
	if (monitor_call(&monitor, core, &c))
		leave(core);
	check();
	return (int)c.r[0];
}

static inline int call(unsigned core, uintptr_t function, uintptr_t a, uintptr_t b)
{
	return call_3(core, function, a, b, 0x77);
}

static inline int write_bit(unsigned core, uintptr_t address, uintptr_t bit)
{
	return call_3(core, HOLD_BOOT_CALL, HOLD_BOOT_WRITE, address, bit);
}

static inline void set_context(unsigned n, const char *name, uint32_t cores, unsigned first)
{
	struct monitor_context *c = &config.context[n];
	struct kept_context *kept = &config.kept.context[n];
	br_sha256_context hash;

	strcpy(c->name, name);
	c->cores = cores;
	c->first = first;
	c->entry = INSIDE;
	c->memory[0] = (struct range){ INSIDE, 0x1000 };
	c->memories = 1;
	kept->images = 1;
	kept->image[0] = (struct kept_image){ image_now, sizeof(image_now), 0, n, 1, { 0 }, 0 };
	br_sha256_init(&hash);
	br_sha256_update(&hash, image, sizeof(image));
	br_sha256_out(&hash, kept->image[0].hash);
	config.kept.segment[n] =
		(struct kept_segment){ { 0x2000 + n * 0x100, 16 }, image_now, 8, 0 };
}

static inline int start_all(void **state)
{
	(void)state;
	memset(&config, 0, sizeof(config));
	memset(&monitor, 0, sizeof(monitor));
	memset(kicked, 0, sizeof(kicked));
	memset(running, 0, sizeof(running));
	memset(alarms, 0, sizeof(alarms));
	now = 1000;
	memset(record, 0, sizeof(record));
	memcpy(image_now, image, sizeof(image));
	memset(memory, 0xee, sizeof(memory));
	monitor.config = &config;
	config.cores = CORES;
	config.contexts = CONTEXTS;
	config.record = 0xf0000000;
	for (unsigned i = 0; i < CORES; i++)
		config.core[i] = i < 4 ? i : 0x100;
	set_context(LINUX, "linux", 0x3, 0);
	set_context(B, "b", 0x4, 2);
	set_context(C, "c", 0x8, 3);
	config.context[B].controls = 1u << LINUX | 1u << C;
	config.context[B].secure = true;
	config.context[LINUX].controls = 1u << C;
	config.context[C].hold_boot = HOLD_BOOT;
	config.context[C].holder = LINUX;
	config.context[C].watchdog = (struct monitor_watchdog){ 100, 2, 10 };
	for (unsigned i = CORES; i--;) { /* the loader's comes last */
		here = i;
		monitor_arrive(&monitor, i);
	}
	for (unsigned i = 0; i < CORES; i++)
		monitor_enter_first(&monitor, i, i);
	for (unsigned i = 0; i < CORES; i++)
		look(i);
	check();
	return 0;
}

static inline unsigned recorded(int result)
{
	const struct record_header *h = (const struct record_header *)(const void *)record;
	const struct record_entry *entry = (const struct record_entry *)(const void *)(h + 1);
	unsigned found = 0;

	for (unsigned i = 0; i < h->count; i++)
		found += entry[i].stage == STAGE_MONITOR && entry[i].result == result;
	return found;
}

#define TEST(name) cmocka_unit_test_setup(name, start_all)

#endif
