/* SPDX-License-Identifier: BSD-2-Clause */
/* The boot state in flash, and what the policy makes of it. */
#include "boot/feature/slots/policy.h"
#include "boot/feature/slots/update.h"
#include "test/unit/flash_model.h"

enum {
	A,
	B
};

static int set_up(void **state)
{
	(void)state;
	new_world();
	return 0;
}

static bool read_state(struct slots_state *s)
{
	return !slots_state_read(&world.state.flash, s);
}

/* --- state --------------------------------------------------------------------------------------- */

static void test_without_a_state(void **state)
{
	struct slots_state s;

	(void)state;
	assert_false(read_state(&s));
	assert_int_equal(s.preferred, A);
	for (unsigned slot = 0; slot < SLOTS; slot++) {
		assert_int_equal(s.status[slot], SLOT_TRIED);
		assert_int_equal(s.tries[slot], SLOTS_ATTEMPTS);
	}
	assert_int_equal(s.minimum, 0);
}

static void test_newest_counts(void **state)
{
	struct slots_state s = get();

	(void)state;
	for (uint32_t i = 1; i < 10 * RECORDS; i++) {
		s.minimum = i * 3;
		put(s);
		assert_true(read_state(&s));
		assert_int_equal(s.minimum, i * 3);
		assert_int_equal(s.sequence, i);
	}
}

/* Not a bit of a record can be another: the one before counts, or none. */
static void test_every_bit(void **state)
{
	const struct world *kept;
	struct slots_state s;

	(void)state;
	for (unsigned i = 1; i <= RECORDS + 1; i++) {
		s = get();
		s.minimum = i;
		put(s);
	}
	kept = memcpy(malloc(sizeof(world)), &world, sizeof(world));
	for (size_t bit = 0; bit < 8 * sizeof(s); bit++) {
		world = *kept;
		world.state.data[SECTOR + bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_true(read_state(&s));
		assert_int_equal(s.minimum, RECORDS);
	}
	free((void *)(uintptr_t)kept);
}

static void test_nonsense_with_a_crc(void **state)
{
	struct slots_state good = get(), s;

	(void)state;
	put(good);
	for (unsigned i = 0; i < 5; i++) {
		s = good;
		s.preferred = i == 0 ? SLOTS : A;
		s.booted = i == 1 ? SLOTS : A;
		s.status[B] = i == 2 ? SLOT_WRITTEN + 1 : SLOT_TRIED;
		s.status[A] = i == 3 ? 0xff : SLOT_TRIED;
		s.attempts = i == 4 ? 0 : 1;
		put(s);
		assert_true(read_state(&s));
		assert_int_equal(s.sequence, 1);
	}
}

/* Whatever lay there before. */
static void test_junk(void **state)
{
	struct slots_state s = get();

	(void)state;
	power.random = 5;
	for (size_t i = 0; i < world.state.size; i++)
		world.state.data[i] = (uint8_t)random_word();
	assert_false(read_state(&s));
	s.minimum = 7;
	put(s);
	assert_int_equal(get().minimum, 7);
}

static void test_flash_that_fails(void **state)
{
	struct slots_state s = get(), next;

	(void)state;
	for (unsigned i = 1; i <= 2 * RECORDS; i++) {
		s.minimum = i;
		put(s);
		world.state.fails = true;
		next = s;
		next.minimum = 99;
		assert_int_equal(slots_state_write(&world.state.flash, &next),
				 i % RECORDS ? E_FLASH_WRITE : E_FLASH_ERASE);
		world.state.fails = false;
		assert_int_equal(get().minimum, i);
	}
}

/* A bit that does not go back to one, so that no record holds there. */
static void test_bit_that_stays(void **state)
{
	struct slots_state s = get();

	(void)state;
	put(s);
	world.state.data[sizeof(s) + 5] = 0; /* in the next place: taken for used */
	s.minimum = 1;
	put(s);
	assert_int_equal(get().minimum, 1);
	assert_int_equal(power.count, 2 * sizeof(s) / 4);
}

/* --- policy -------------------------------------------------------------------------------------- */

static void assert_order(const struct slots_state *s, unsigned count, unsigned first,
			 unsigned second)
{
	unsigned order[SLOTS] = { first, second };

	assert_int_equal(policy_order(s, order), count);
	assert_int_equal(order[0], first);
	assert_int_equal(order[1], second);
}

static void test_tries(void **state)
{
	struct slots_state s = get();

	(void)state;
	for (unsigned i = 0; i < SLOTS_ATTEMPTS; i++) {
		assert_order(&s, 2, A, B);
		assert_true(policy_boot(&s, A));
	}
	for (unsigned i = 0; i < SLOTS_ATTEMPTS; i++) {
		assert_order(&s, 2, B, A);
		assert_true(policy_boot(&s, B));
	}
	/* Nothing left: as preferred, and it costs flash nothing. */
	assert_order(&s, 2, A, B);
	assert_true(policy_boot(&s, A));
	assert_false(policy_is_good(&s, A));
	assert_false(policy_boot(&s, A));
}

static void test_confirmed(void **state)
{
	struct slots_state s = get();

	(void)state;
	assert_true(policy_boot(&s, B));
	assert_true(policy_confirm(&s));
	assert_false(policy_confirm(&s));
	for (unsigned i = 0; i < 10; i++) {
		assert_order(&s, 2, B, A);
		assert_false(policy_boot(&s, B));
	}
	/* B's image broken: A, and no more of it than its tries before B is looked at again. */
	assert_true(policy_boot(&s, A));
	assert_int_equal(s.tries[A], SLOTS_ATTEMPTS - 1);
	assert_order(&s, 2, B, A);
}

static void test_minimum(void **state)
{
	struct slots_state s = get();

	(void)state;
	policy_boot(&s, A);
	assert_true(policy_found(&s, A, 5));
	assert_false(policy_found(&s, A, 5));
	assert_int_equal(s.minimum, 0);
	assert_true(policy_confirm(&s));
	assert_int_equal(s.minimum, 5);
	/* A newer one, not confirmed, raises nothing; an older one lowers nothing. */
	policy_boot(&s, B);
	policy_found(&s, B, 9);
	assert_int_equal(s.minimum, 5);
	policy_found(&s, B, 3);
	policy_confirm(&s);
	assert_int_equal(s.minimum, 5);
}

static void test_write(void **state)
{
	struct slots_state s = get(), before;

	(void)state;
	policy_boot(&s, A);
	assert_false(policy_write(&s, A)); /* it runs */
	policy_confirm(&s);
	assert_true(policy_write(&s, B));
	assert_order(&s, 1, A, B);
	policy_written(&s, B);
	assert_order(&s, 2, B, A);
	assert_int_equal(s.tries[B], s.attempts);
	policy_boot(&s, B); /* not confirmed: A is all that there is */
	before = s;
	assert_false(policy_write(&s, A));
	assert_memory_equal(&s, &before, sizeof(s));
	policy_confirm(&s);
	assert_true(policy_write(&s, A));
}

/* Nothing runs: booted last is no reason, and one that was refused is no loss. */
static void test_release(void **state)
{
	struct slots_state s = get(), before;

	(void)state;
	policy_boot(&s, A);
	assert_true(policy_release(&s, A, false));
	before = s;
	assert_false(policy_release(&s, A, false));
	assert_memory_equal(&s, &before, sizeof(s));
	assert_true(policy_write(&s, A));

	s = get();
	policy_boot(&s, A);
	policy_confirm(&s);
	policy_release(&s, A, false); /* the only one that is confirmed */
	assert_false(policy_write(&s, A));
	before = s;
	assert_true(policy_release(&s, A, true));
	assert_int_equal(s.minimum, before.minimum);
	assert_order(&s, 2, A, B); /* until it is written it may still be tried */
	assert_true(policy_write(&s, A));
	assert_order(&s, 1, B, A);
}

/* The other one is next, and what is not there is not waited for. */
static void test_ended(void **state)
{
	struct slots_state s = get();

	(void)state;
	policy_boot(&s, A);
	assert_true(policy_ended(&s, A));
	assert_order(&s, 2, B, A);
	assert_int_equal(s.tries[A], SLOTS_ATTEMPTS - 1);
	assert_true(policy_ended(&s, B));
	assert_false(policy_ended(&s, B)); /* A is next already */
	assert_order(&s, 2, A, B);

	/* Confirmed, and the other one's tries are used up: it is the next when A's are, too. */
	policy_boot(&s, A);
	policy_confirm(&s);
	s.tries[B] = 0;
	for (unsigned i = 0; i < SLOTS_ATTEMPTS + 1; i++) {
		assert_order(&s, 2, A, B);
		policy_boot(&s, A);
		policy_ended(&s, A);
	}
	assert_order(&s, 2, B, A);

	s.status[B] = SLOT_WRITTEN;
	assert_true(policy_ended(&s, A));
	assert_order(&s, 1, A, B);
}

static void test_attempts(void **state)
{
	struct slots_state s = get();

	(void)state;
	policy_boot(&s, A);
	policy_confirm(&s);
	s.attempts = 1;
	assert_true(policy_write(&s, B));
	policy_written(&s, B);
	policy_boot(&s, B);
	assert_order(&s, 2, A, B);
}

/* --- update -------------------------------------------------------------------------------------- */

static int update(unsigned slot, size_t size)
{
	static uint8_t data[IMAGE + 1];
	const struct slots_place place = { &world.slots.flash, slot * IMAGE, IMAGE };

	return slots_update(&world.state.flash, &place, slot, (struct bytes){ data, size });
}

static void test_update_refused(void **state)
{
	(void)state;
	assert_int_equal(update(A, IMAGE), E_SLOT_IN_USE);
	assert_int_equal(update(B, IMAGE + 1), E_TOO_MANY);
	assert_int_equal(power.count, 0);
	assert_int_equal(update(B, IMAGE), 0);
}

static int fail_to_write(const struct flash *f, uint32_t offset, const uint8_t *data, size_t size)
{
	(void)f, (void)offset, (void)data, (void)size;
	return E_FLASH_WRITE;
}

static void test_update_fails(void **state)
{
	struct slots_state s = get();

	(void)state;
	policy_boot(&s, A);
	policy_confirm(&s);
	put(s);
	world.state.fails = true;
	assert_int_equal(update(B, IMAGE), E_FLASH_WRITE);
	world.state.fails = false;
	assert_int_equal(get().status[B], SLOT_TRIED);
	world.slots.fails = true;
	assert_int_equal(update(B, IMAGE), E_FLASH_ERASE);
	s = get();
	assert_int_equal(s.status[B], SLOT_WRITTEN);
	assert_order(&s, 1, A, B);
	world.slots.fails = false;
	world.slots.flash.write_bytes = fail_to_write;
	assert_int_equal(update(B, IMAGE), E_FLASH_WRITE);
	assert_int_equal(get().status[B], SLOT_WRITTEN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_without_a_state, set_up),
		cmocka_unit_test_setup(test_newest_counts, set_up),
		cmocka_unit_test_setup(test_every_bit, set_up),
		cmocka_unit_test_setup(test_nonsense_with_a_crc, set_up),
		cmocka_unit_test_setup(test_junk, set_up),
		cmocka_unit_test_setup(test_flash_that_fails, set_up),
		cmocka_unit_test_setup(test_bit_that_stays, set_up),
		cmocka_unit_test_setup(test_tries, set_up),
		cmocka_unit_test_setup(test_confirmed, set_up),
		cmocka_unit_test_setup(test_minimum, set_up),
		cmocka_unit_test_setup(test_write, set_up),
		cmocka_unit_test_setup(test_release, set_up),
		cmocka_unit_test_setup(test_ended, set_up),
		cmocka_unit_test_setup(test_attempts, set_up),
		cmocka_unit_test_setup(test_update_refused, set_up),
		cmocka_unit_test_setup(test_update_fails, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
