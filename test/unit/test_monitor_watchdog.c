/* SPDX-License-Identifier: BSD-2-Clause */
/* Contexts that do not feed their watchdogs. */
#include "test/unit/monitor_scene.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(not_fed),
		TEST(not_fed_now_and_then),
		TEST(fed),
		TEST(stopped_is_not_watched),
		TEST(watchdog_of_several_cores),
		TEST(not_fed_while_the_loader_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
