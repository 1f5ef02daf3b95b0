/* SPDX-License-Identifier: BSD-2-Clause */
/* What Linux's stm32_rproc asks the monitor for: what it loads itself is started, and stopped. */
#include "test/unit/monitor_scene.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(loaded_by_linux),
		TEST(loaded_over_what_is_broken),
		TEST(who_may_write_the_bit),
		TEST(linux_that_begins_anew),
		TEST(another_begins_anew),
		TEST(stopped_while_it_begins_anew),
		TEST(who_is_taken_does_not_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
