/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The monitor's states, against a model of what may never be: cores of a machine that is not there,
 * in any order, each in its context, in the monitor, or on its way between. Calls are made as well
 * as at random.
 */
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

void platform_barrier(void)
{
}

void platform_kick(core_id_t core)
{
	for (unsigned i = 0; i < CORES; i++)
		if (config.core[i] == core)
			kicked[i] = true;
}

void platform_silence(void)
{
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

const struct flash *platform_state_flash(void)
{
	return NULL; /* test_monitor_slots.c */
}

static jmp_buf power;

void platform_power(bool again)
{
	ended = 1u + again;
	longjmp(power, 1);
}

static void run(unsigned core);

/* Of C alone anybody waits for anything: its core goes on. */
void platform_relax(void)
{
	const unsigned waits = here;

	run(3);
	here = waits;
}

/* --- cores ------------------------------------------------------------------------------- */

/* What is never true, whatever anybody calls. */
static void check(void)
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
static void look(unsigned core)
{
	const struct monitor_entry *entry;

	here = core;
	entry = monitor_next(&monitor, core);
	if (!entry)
		return;
	running[core] = true;
	assert_int_equal(entry->secure, config.context[monitor_context_of(&config, core)].secure);
}

static void leave(unsigned core)
{
	running[core] = false;
	here = core;
	monitor_arrive(&monitor, core);
	look(core);
}

/* What a kick does to @core, if it has had one. */
static void run(unsigned core)
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

static void run_all(void)
{
	for (unsigned round = 0; round < 4; round++)
		for (unsigned i = 0; i < CORES; i++)
			run(i);
	check();
}

static int call_3(unsigned core, uintptr_t function, uintptr_t a, uintptr_t b, uintptr_t d)
{
	struct monitor_call c = { { function, a, b, d } };

	assert_true(running[core]);
	here = core;
	if (monitor_call(&monitor, core, &c))
		leave(core);
	check();
	return (int)c.r[0];
}

static int call(unsigned core, uintptr_t function, uintptr_t a, uintptr_t b)
{
	return call_3(core, function, a, b, 0x77);
}

static int write_bit(unsigned core, uintptr_t address, uintptr_t bit)
{
	return call_3(core, HOLD_BOOT_CALL, HOLD_BOOT_WRITE, address, bit);
}

static void set_context(unsigned n, const char *name, uint32_t cores, unsigned first)
{
	struct monitor_context *c = &config.context[n];
	br_sha256_context hash;

	strcpy(c->name, name);
	c->cores = cores;
	c->first = first;
	c->entry = INSIDE;
	c->memory[0] = (struct range){ INSIDE, 0x1000 };
	c->memories = 1;
	c->images = 1;
	c->image[0] = (struct monitor_image){ image_now, sizeof(image_now), 0, n, 1, { 0 } };
	br_sha256_init(&hash);
	br_sha256_update(&hash, image, sizeof(image));
	br_sha256_out(&hash, c->image[0].hash);
	config.segment[n] = (struct monitor_segment){ { 0x2000 + n * 0x100, 16 }, image_now, 8 };
}

static int start_all(void **state)
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

/* --- one thing after the other ------------------------------------------------------------ */

static unsigned recorded(int result)
{
	const struct record_header *h = (const struct record_header *)(const void *)record;
	const struct record_entry *entry = (const struct record_entry *)(const void *)(h + 1);
	unsigned found = 0;

	for (unsigned i = 0; i < h->count; i++)
		found += entry[i].stage == STAGE_MONITOR && entry[i].result == result;
	return found;
}

static void first_cores_run(void **state)
{
	(void)state;
	for (unsigned i = 0; i < CORES; i++)
		assert_int_equal(running[i], i == 0 || i == 2 || i == 3);
}

/* The last one of the loader's says it for one that is still on its way: who stops that has the last word. */
static void begins_once(void **state)
{
	(void)state;
	leave(3);
	monitor.core[3].began = false;
	monitor_enter_first(&monitor, 0, 3);
	assert_int_equal(call(2, LIFE_STATE, C, 0), LIFE_STARTING);
	assert_int_equal(call(2, LIFE_STOP, C, 0), LIFE_OK);
	run_all();
	monitor_enter_first(&monitor, 3, 3);
	run_all();
	assert_int_equal(call(2, LIFE_STATE, C, 0), LIFE_STOPPED);
	assert_false(running[3]);
	monitor.core[3].began = false;
	monitor.core[3].state = CORE_ON; /* not here */
	monitor_enter_first(&monitor, 0, 3);
	assert_false(monitor.core[3].began);
}

static void own_cores_alone(void **state)
{
	(void)state;
	assert_int_equal(call(0, CPU_ON, 2, INSIDE), -3);
	assert_int_equal(call(0, CPU_ON, 0x100, INSIDE), -3);
	assert_int_equal(call(0, CPU_ON, 9, INSIDE), -2);
	assert_int_equal(call(0, CPU_ON, 1, 0x3000), -9);
	assert_int_equal(call(0, CPU_ON, 0, INSIDE), -4);
	assert_int_equal(recorded(E_CALL_REFUSED), 3);
	assert_int_equal(monitor.refused[LINUX], 3);
	assert_int_equal(call(0, CPU_ON, 1, INSIDE), 0);
	assert_int_equal(call(0, CPU_ON, 1, INSIDE), -5);
	assert_int_equal(call(0, AFFINITY_INFO, 1, 0), 2);
	run_all();
	assert_true(running[1]);
	assert_int_equal(call(0, AFFINITY_INFO, 1, 0), 0);
	call(1, CPU_OFF, 0, 0);
	assert_int_equal(call(0, AFFINITY_INFO, 1, 0), 1);
	assert_int_equal(monitor.state[LINUX], LIFE_RUNNING);
	assert_int_equal(call(0, AFFINITY_INFO, 2, 0), -2);
}

/* The function says whether its arguments have 32 bits or as many as registers. */
static void wide_registers(void **state)
{
	const uintptr_t more = (uintptr_t)1 << 32;

	(void)state;
	assert_int_equal(call(0, CPU_ON_64, more | 1, INSIDE), -2);
	assert_int_equal(call(0, CPU_ON_64, 1, more | INSIDE), -9);
	assert_int_equal(call(0, CPU_ON, more | 1, more | INSIDE), 0);
	run_all();
	assert_true(running[1]);
	assert_int_equal(call(0, AFFINITY_INFO, more | 1, more), 0);
	assert_int_equal(call(2, LIFE_STATE, more | LINUX, 0), LIFE_RUNNING);
	assert_int_equal(call(0, CPU_SUSPEND_64, 0, 0), 0);
	assert_int_equal(call(0, CPU_SUSPEND_64, 1 << 16, 0), -2);
}

static void who_controls_whom(void **state)
{
	(void)state;
	assert_int_equal(call(3, LIFE_STOP, LINUX, 0), LIFE_DENIED);
	assert_int_equal(call(3, LIFE_STOP, C, 0), LIFE_DENIED);
	assert_int_equal(call(0, LIFE_START, B, 0), LIFE_DENIED);
	assert_int_equal(call(2, LIFE_STOP, CONTEXTS, 0), LIFE_INVALID);
	assert_int_equal(call(2, LIFE_STOP, UINTPTR_MAX, 0), LIFE_INVALID);
	assert_int_equal(recorded(E_CALL_REFUSED), 5);
	assert_int_equal(call(2, LIFE_STATE, LINUX, 0), LIFE_RUNNING);
	assert_int_equal(call(2, LIFE_START, LINUX, 0), LIFE_ALREADY);
}

static void stop_and_start(void **state)
{
	(void)state;
	assert_int_equal(call(0, CPU_ON, 1, INSIDE), 0);
	run_all();
	assert_int_equal(call(2, LIFE_STOP, LINUX, 0), LIFE_OK);
	assert_int_equal(call(2, LIFE_STOP, LINUX, 0), LIFE_PENDING);
	assert_int_equal(call(2, LIFE_START, LINUX, 0), LIFE_PENDING);
	run(1);
	assert_int_equal(call(2, LIFE_STATE, LINUX, 0), LIFE_STOPPING);
	silenced = 0;
	run_all();
	assert_int_equal(silenced, 3);
	assert_false(running[0] || running[1]);
	assert_int_equal(call(2, LIFE_STATE, LINUX, 0), LIFE_STOPPED);
	assert_int_equal(call(2, LIFE_STOP, LINUX, 0), LIFE_ALREADY);
	assert_int_equal(call(2, LIFE_START, LINUX, 0), LIFE_OK);
	assert_int_equal(call(2, LIFE_STATE, LINUX, 0), LIFE_STARTING);
	run_all();
	assert_true(running[0] && !running[1]);
	assert_memory_equal(memory + 0x2000, image, sizeof(image));
	assert_int_equal(memory[0x2000 + sizeof(image)], 0);
	assert_int_equal(memory[0x2010], 0xee);
}

/* Nothing is written, nothing runs, and when it is mended it starts. */
static void image_does_not_verify(void **state)
{
	(void)state;
	call(2, LIFE_STOP, C, 0);
	run_all();
	image_now[3] ^= 1;
	assert_int_equal(call(2, LIFE_START, C, 0), LIFE_OK);
	run_all();
	assert_int_equal(call(2, LIFE_STATE, C, 0), LIFE_BROKEN);
	assert_false(running[3]);
	assert_int_equal(memory[0x2000 + C * 0x100], 0xee);
	assert_int_equal(recorded(E_HASH_WRONG), 1);
	image_now[3] ^= 1;
	assert_int_equal(call(2, LIFE_START, C, 0), LIFE_OK);
	run_all();
	assert_true(running[3]);
}

/* An LZ4 frame of one block that is not compressed. */
static void packed_image(void **state)
{
	static const uint8_t frame[] = { 4, 0x22, 0x4d, 0x18, 0x60, 0x40, 0, 8, 0, 0, 0x80, 1,
					 2, 3,	  4,	5,    6,    7,	  8, 0, 0, 0, 0 };
	struct monitor_image *packed = &config.context[C].image[0];
	br_sha256_context hash;

	(void)state;
	*packed = (struct monitor_image){ frame, sizeof(frame), 8, C, 1, { 0 } };
	br_sha256_init(&hash);
	br_sha256_update(&hash, frame, sizeof(frame));
	br_sha256_out(&hash, packed->hash);
	call(2, LIFE_STOP, C, 0);
	run_all();
	assert_int_equal(call(2, LIFE_START, C, 0), LIFE_OK);
	run_all();
	assert_true(running[3]);
	assert_memory_equal(memory + 0x2000 + C * 0x100, image, sizeof(image));
	assert_int_equal(memory[0x2000 + C * 0x100 + sizeof(image)], 0);
}

static void stop_while_it_starts(void **state)
{
	(void)state;
	call(2, LIFE_STOP, C, 0);
	run_all();
	assert_int_equal(call(2, LIFE_START, C, 0), LIFE_OK);
	assert_int_equal(call(2, LIFE_STOP, C, 0), LIFE_OK);
	run_all();
	assert_false(running[3]);
	assert_int_equal(call(2, LIFE_STATE, C, 0), LIFE_STOPPED);
}

/* Of one's own context, if one has no power over the board. */
static void system_calls(void **state)
{
	(void)state;
	call(3, SYSTEM_OFF, 0, 0);
	run_all();
	assert_false(running[3]);
	assert_int_equal(call(2, LIFE_STATE, C, 0), LIFE_STOPPED);
	call(0, SYSTEM_RESET, 0, 0);
	run_all();
	assert_true(running[0]);
	assert_memory_equal(memory + 0x2000, image, sizeof(image));
	config.context[LINUX].powers = true;
	if (!setjmp(power))
		call(0, SYSTEM_OFF, 0, 0);
	assert_int_equal(ended, 1);
}

static void not_while_the_loader_runs(void **state)
{
	(void)state;
	monitor.is_open = false;
	assert_int_equal(call(2, LIFE_STOP, LINUX, 0), LIFE_PENDING);
	assert_int_equal(call(2, LIFE_STATE, LINUX, 0), LIFE_RUNNING);
}

/* One that is optional and has failed: nobody's core is its own. */
static void context_without_cores(void **state)
{
	(void)state;
	config.context[C].cores = 0;
	config.context[C].first = 0;
	running[3] = false;
	assert_int_equal(call(2, LIFE_START, C, 0), LIFE_INVALID);
	assert_int_equal(call(2, LIFE_STOP, C, 0), LIFE_INVALID);
	assert_int_equal(call(2, LIFE_STATE, C, 0), LIFE_INVALID);
	assert_int_equal(monitor.core[0].state, CORE_ON);
}

/* --- watchdogs ---------------------------------------------------------------------------- */

/* Time passes, in which nobody calls. */
static void pass(unsigned ms)
{
	now += 2 * ms;
	run_all();
}

static void hang_once(void)
{
	pass(99);
	assert_int_equal(monitor.state[C], LIFE_RUNNING);
	memset(memory + 0x2000 + C * 0x100, 0xee, sizeof(image));
	pass(1);
}

static void not_fed(void **state)
{
	(void)state;
	for (unsigned i = 1; i <= 2; i++) {
		hang_once();
		assert_true(running[3]);
		assert_memory_equal(memory + 0x2000 + C * 0x100, image, sizeof(image));
		assert_int_equal(recorded(E_NOT_FED), i);
	}
	hang_once();
	assert_false(running[3]);
	assert_int_equal(recorded(E_NOT_FED), 3);
	pass(100000);
	assert_int_equal(call(2, LIFE_STATE, C, 0), LIFE_STOPPED);
	assert_int_equal(alarms[3], 0);
	assert_int_equal(recorded(E_NOT_FED), 3);
	/* Whoever starts it then starts it with all of its lives. */
	assert_int_equal(call(2, LIFE_START, C, 0), LIFE_OK);
	run_all();
	hang_once();
	assert_true(running[3]);
}

/* So many times in so long. */
static void not_fed_now_and_then(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 10; i++) {
		hang_once();
		assert_true(running[3]);
		for (unsigned k = 0; k < 99; k++) {
			pass(60);
			assert_int_equal(call(3, LIFE_FEED, 0, 0), LIFE_OK);
		}
	}
	assert_int_equal(recorded(E_NOT_FED), 10);
}

static void fed(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 10; i++) {
		pass(99);
		assert_int_equal(call(3, LIFE_FEED, 0, 0), LIFE_OK);
	}
	assert_int_equal(call(3, LIFE_FEED, 101, 0), LIFE_INVALID);
	assert_int_equal(call(3, LIFE_FEED, 10, 0), LIFE_OK);
	pass(9);
	assert_int_equal(recorded(E_NOT_FED), 0);
	pass(1);
	assert_int_equal(recorded(E_NOT_FED), 1);
	assert_int_equal(call(2, LIFE_FEED, 0, 0), LIFE_NOT_SUPPORTED);
}

static void stopped_is_not_watched(void **state)
{
	(void)state;
	call(2, LIFE_STOP, C, 0);
	pass(1000);
	assert_int_equal(call(2, LIFE_STATE, C, 0), LIFE_STOPPED);
	assert_int_equal(recorded(E_NOT_FED), 0);
	call(2, LIFE_START, C, 0);
	pass(1000);
	pass(99);
	assert_true(running[3]);
	assert_int_equal(recorded(E_NOT_FED), 0);
}

/* Any of its cores feeds it; the one that looks may be off, or stuck. */
static void watchdog_of_several_cores(void **state)
{
	(void)state;
	config.context[LINUX].watchdog = (struct monitor_watchdog){ 1000, 1, 10 };
	call(2, LIFE_STOP, LINUX, 0);
	run_all();
	call(2, LIFE_START, LINUX, 0);
	run_all();
	assert_int_equal(call(0, CPU_ON, 1, INSIDE), 0);
	pass(500);
	assert_int_equal(call(1, LIFE_FEED, 0, 0), LIFE_OK);
	call(0, CPU_OFF, 0, 0);
	pass(999);
	assert_int_equal(call(1, LIFE_FEED, 20, 0), LIFE_OK); /* earlier than it was to look */
	pass(19);
	assert_true(running[1] && !running[0]);
	pass(1);
	assert_true(running[0] && !running[1]);
	assert_int_equal(monitor.watch[LINUX].restarts, 1);
}

/* It waits for the loader to end: until then nobody knows what it is made of. */
static void not_fed_while_the_loader_runs(void **state)
{
	(void)state;
	monitor.is_open = false;
	pass(100);
	assert_false(running[3]);
	assert_int_equal(recorded(E_NOT_FED), 0);
	leave(0);
	run_all();
	assert_true(running[3]);
	assert_int_equal(recorded(E_NOT_FED), 1);
}

/* --- as stm32_rproc has it ----------------------------------------------------------------- */

/* As stm32_rproc does: nothing of the loader's is made anew, and a stop has stopped it. */
static void loaded_by_linux(void **state)
{
	(void)state;
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK); /* it attaches */
	assert_true(running[3]);
	assert_int_equal(write_bit(0, HOLD_BOOT, 1), LIFE_OK); /* detaches, attaches again */
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
	assert_int_equal(monitor.state[C], LIFE_RUNNING);
	for (unsigned round = 0; round < 2; round++) {
		assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
		assert_int_equal(monitor.state[C], LIFE_STOPPED);
		assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK); /* once more */
		assert_int_equal(write_bit(0, HOLD_BOOT, 1), LIFE_OK);
		assert_int_equal(monitor.core[3].entry.address, INSIDE);
		assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
		run_all();
		assert_true(running[3]);
		assert_int_equal(memory[0x2000 + C * 0x100], 0xee);
	}
	assert_int_equal(recorded(0), 6); /* two stops, two ends, two starts */
}

/* Its own images would not verify: here they are Linux's. */
static void loaded_over_what_is_broken(void **state)
{
	(void)state;
	call(2, LIFE_STOP, C, 0);
	run_all();
	image_now[3] ^= 1;
	call(2, LIFE_START, C, 0);
	assert_int_equal(write_bit(0, HOLD_BOOT, 1), LIFE_PENDING); /* it is being made */
	run_all();
	assert_int_equal(monitor.state[C], LIFE_BROKEN);
	assert_int_equal(write_bit(0, HOLD_BOOT, 1), LIFE_OK);
	run_all();
	assert_true(running[3]);
}

static void who_may_write_the_bit(void **state)
{
	(void)state;
	assert_int_equal(write_bit(3, HOLD_BOOT, 0), LIFE_DENIED);
	assert_int_equal(write_bit(2, HOLD_BOOT, 0), LIFE_DENIED); /* though it controls C */
	assert_int_equal(write_bit(0, HOLD_BOOT + 4, 0), LIFE_INVALID);
	assert_int_equal(write_bit(0, 0, 0), LIFE_INVALID); /* what others have for none */
	assert_int_equal(recorded(E_CALL_REFUSED), 4);
	assert_int_equal(call_3(0, HOLD_BOOT_CALL, 2, HOLD_BOOT, 0), LIFE_NOT_SUPPORTED);
	monitor.is_open = false;
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_PENDING);
	monitor.is_open = true;
	config.context[C].cores = 0;
	running[3] = false;
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_INVALID);
}

/* The bit is its Linux's alone: that another one begins anew who controls C is nothing to it. */
static void another_begins_anew(void **state)
{
	(void)state;
	config.context[LINUX].controls |= 1u << B;
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
	call(0, LIFE_STOP, B, 0);
	run_all();
	call(0, LIFE_START, B, 0);
	run_all();
	assert_true(running[2]);
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
	assert_int_equal(monitor.state[C], LIFE_STOPPED);
}

/* It ends itself, to begin anew, and its core is still on its way: Linux's stop has the last word. */
static void stopped_while_it_begins_anew(void **state)
{
	(void)state;
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
	monitor.state[C] = LIFE_STOPPING;
	monitor.again[C] = true;
	monitor.core[3].leaves = true;
	kicked[3] = true;
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
	assert_int_equal(monitor.state[C], LIFE_STOPPED);
	run_all();
	assert_false(running[3]);
}

/* It has not stopped C: the first thing that it writes ends nothing but its own attaching. */
static void linux_that_begins_anew(void **state)
{
	(void)state;
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
	call(2, LIFE_STOP, LINUX, 0);
	run_all();
	call(2, LIFE_START, LINUX, 0);
	run_all();
	assert_true(running[0] && running[3]);
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
	assert_true(running[3]);
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
	assert_false(running[3]);
}

/* A core that is to leave itself does not wait for another: that one may be waiting for it. */
static void who_is_taken_does_not_wait(void **state)
{
	(void)state;
	write_bit(0, HOLD_BOOT, 0);
	call(2, LIFE_STOP, LINUX, 0);
	assert_int_equal(write_bit(0, HOLD_BOOT, 0), LIFE_OK);
	assert_int_equal(monitor.state[C], LIFE_STOPPING);
	run_all();
	assert_int_equal(monitor.state[C], LIFE_STOPPED);
}

/* Others have written nonsense where the record is: no more than is theirs is written. */
static void record_of_nonsense(void **state)
{
	struct record_header *h = (struct record_header *)(void *)record;

	(void)state;
	for (unsigned i = 0; i < 2 * RECORD_CAPACITY; i++) {
		h->count = UINT32_MAX - i;
		assert_int_equal(call(3, LIFE_STOP, LINUX, 0), LIFE_DENIED);
	}
	assert_int_equal(monitor.refused[C], 2 * RECORD_CAPACITY);
	assert_int_equal(monitor.records, RECORD_CAPACITY);
	assert_int_equal(h->dropped, RECORD_CAPACITY);
}

/* --- any order ---------------------------------------------------------------------------- */

static void random_call(unsigned core)
{
	static const uint32_t functions[] = {
		0,	    CPU_ON,	 CPU_OFF,    AFFINITY_INFO, SYSTEM_OFF,
		LIFE_STATE, LIFE_STOP,	 LIFE_START, SYSTEM_RESET,  HOLD_BOOT_CALL,
		LIFE_FEED,  0x84000000u, LIFE_STOP,  LIFE_START,    0x8400000au
	};
	static const uintptr_t numbers[] = {
		0, 1, 2, 3, 4, 0x100, INSIDE, UINTPTR_MAX, 0x80000000u
	};
	const unsigned caller = (unsigned)monitor_context_of(&config, core);
	uint32_t before[CONTEXTS];
	uintptr_t a = numbers[(unsigned)rand() % 9], b = numbers[(unsigned)rand() % 9];
	uint32_t function = functions[(unsigned)rand() % 15];

	memcpy(before, (const void *)monitor.state, sizeof(before));
	if (function == LIFE_FEED && rand() % 2)
		a = (unsigned)rand() % 120;
	if (function == CPU_ON && rand() % 2)
		b = INSIDE;
	if (function == HOLD_BOOT_CALL)
		write_bit(core, rand() % 8 ? HOLD_BOOT : b, (unsigned)rand() % 2);
	else
		call(core, function, a, b);
	for (unsigned i = 0; i < CONTEXTS; i++) /* nobody stops or starts what is not his */
		if (i != caller && !(config.context[caller].controls >> i & 1))
			assert_int_equal(monitor.state[i], before[i]);
}

static void any_order(void **state)
{
	(void)state;
	srand(1);
	for (unsigned n = 0; n < 200000; n++) {
		unsigned core = (unsigned)rand() % CORES;

		if (rand() % 3 == 0)
			run(core);
		else if (running[core])
			random_call(core);
		if (rand() % 16 == 0)
			now += (unsigned)rand() % 100;
		if (rand() % 64 == 0)
			image_now[0] ^= 1;
		check();
		if (n % 1000 == 999) { /* whatever has come: it can all be brought to run again */
			memcpy(image_now, image, sizeof(image));
			run_all();
			if (!running[2]) /* it ended itself, and nobody controls it */
				start_all(NULL);
			for (unsigned i = 0; i < CONTEXTS; i += 2) {
				if (monitor.state[i] == LIFE_RUNNING)
					continue;
				assert_int_equal(call(2, LIFE_START, i, 0), LIFE_OK);
				run_all();
				assert_true(running[config.context[i].first]);
			}
		}
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, start_all)
	const struct CMUnitTest tests[] = {
		TEST(first_cores_run),
		TEST(begins_once),
		TEST(own_cores_alone),
		TEST(wide_registers),
		TEST(who_controls_whom),
		TEST(stop_and_start),
		TEST(image_does_not_verify),
		TEST(packed_image),
		TEST(stop_while_it_starts),
		TEST(system_calls),
		TEST(not_while_the_loader_runs),
		TEST(not_fed),
		TEST(not_fed_now_and_then),
		TEST(fed),
		TEST(stopped_is_not_watched),
		TEST(watchdog_of_several_cores),
		TEST(not_fed_while_the_loader_runs),
		TEST(loaded_by_linux),
		TEST(loaded_over_what_is_broken),
		TEST(who_may_write_the_bit),
		TEST(linux_that_begins_anew),
		TEST(another_begins_anew),
		TEST(stopped_while_it_begins_anew),
		TEST(who_is_taken_does_not_wait),
		TEST(record_of_nonsense),
		TEST(context_without_cores),
		TEST(any_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
