/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor's states, against a model of what may never be: calls made as well as at random. */
#include "test/unit/monitor_scene.h"

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

static void trap(unsigned core)
{
	monitor_trapped(&monitor, core, 0x123456789a, 0x62000000);
	leave(core);
	check();
}

/* With all of its cores, and stays so until it is started; whoever is stopping it anyway goes on. */
static void who_traps_is_stopped(void **state)
{
	const struct record_entry *entry =
		(const struct record_entry *)(const void *)(record + sizeof(struct record_header));

	(void)state;
	assert_int_equal(call(0, CPU_ON, 1, INSIDE), 0);
	run_all();
	trap(1);
	assert_int_equal(monitor.state[LINUX], LIFE_STOPPING);
	run_all();
	assert_false(running[0] || running[1]);
	assert_int_equal(call(2, LIFE_STATE, LINUX, 0), LIFE_STOPPED);
	assert_int_equal(recorded(E_EXCEPTION), 1);
	assert_string_equal(entry->what, "linux traps");
	assert_int_equal(entry->core, 1);
	assert_int_equal(entry->address, 0x123456789a);
	assert_int_equal(entry->size, 0x62000000);
	assert_int_equal(call(2, LIFE_START, LINUX, 0), LIFE_OK);
	run_all();
	assert_true(running[0]);
	monitor.again[C] = true; /* its watchdog, say */
	monitor_stop_context(&monitor, C);
	trap(3);
	run_all();
	assert_true(running[3]);
	assert_int_equal(call(2, LIFE_STATE, C, 0), LIFE_RUNNING);
}

/* What is early is stopped all the same: where it was is said when the loader has ended. */
static void traps_while_the_loader_runs(void **state)
{
	const struct record_entry *entry =
		(const struct record_entry *)(const void *)(record + sizeof(struct record_header));

	(void)state;
	monitor.is_open = false;
	trap(2);
	trap(3);
	run_all();
	assert_false(running[2] || running[3]);
	assert_int_equal(recorded(E_EXCEPTION), 0);
	leave(0);
	assert_int_equal(recorded(E_EXCEPTION), 2);
	for (unsigned i = 0; i < 2; i++) {
		assert_string_equal(entry[i].what, i ? "c traps" : "b traps");
		assert_int_equal(entry[i].core, 2 + i);
		assert_int_equal(entry[i].address, 0x123456789a);
		assert_int_equal(entry[i].size, 0x62000000);
	}
}

/* Of a context that has failed, say: there is nothing to stop but the core. */
static void core_of_nobody_traps(void **state)
{
	(void)state;
	monitor_trapped(&monitor, 4, 0x123456789a, 0x62000000);
	assert_int_equal(recorded(E_EXCEPTION), 0);
	for (unsigned i = 0; i < CONTEXTS; i++)
		assert_int_equal(monitor.state[i], LIFE_RUNNING);
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
	struct kept_image *packed = &config.kept.context[C].image[0];
	br_sha256_context hash;

	(void)state;
	*packed = (struct kept_image){ frame, sizeof(frame), 8, C, 1, { 0 }, 0 };
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
		else if (running[core] && rand() % 64 == 0)
			trap(core);
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
	const struct CMUnitTest tests[] = {
		TEST(first_cores_run),		 TEST(begins_once),
		TEST(own_cores_alone),		 TEST(wide_registers),
		TEST(who_controls_whom),	 TEST(stop_and_start),
		TEST(image_does_not_verify),	 TEST(packed_image),
		TEST(stop_while_it_starts),	 TEST(system_calls),
		TEST(not_while_the_loader_runs), TEST(record_of_nonsense),
		TEST(context_without_cores),	 TEST(any_order),
		TEST(who_traps_is_stopped),	 TEST(traps_while_the_loader_runs),
		TEST(core_of_nobody_traps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
