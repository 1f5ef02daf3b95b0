/* SPDX-License-Identifier: BSD-2-Clause */
/* Boots by a state on a card that can't be read, once or at all. */
#include "test/unit/card_model.h"

#include "boot/feature/slots/boot.c"
#include "test/unit/features.h"

#define MINIMUM 5

enum {
	A,
	B
};

const struct board board = { .slot = { { 0, IMAGE }, { IMAGE, IMAGE } } };

static struct {
	struct world before;
	int unread;	   /* result of the record of it; 0: there is none */
	unsigned records;  /* with an error */
	unsigned runs;	   /* of boots */
	unsigned slot;	   /* booted last */
	struct error said; /* of the state */
} seen;

const struct flash *board_state_flash(void)
{
	return &world.state.flash;
}

const struct flash *board_slot_flash(void)
{
	return &world.slots.flash;
}

void board_slots_again(void)
{
}

const struct flash *progress_start(const struct flash *flash, unsigned slot, uint32_t size)
{
	(void)slot, (void)size;
	return flash;
}

void *arch_pointer(phys_addr_t address)
{
	return (void *)(uintptr_t)address;
}

void stage_print_error(enum stage stage, const char *what, const char *colon, const struct error *e)
{
	(void)stage, (void)colon;
	if (!strcmp(what, "slot state"))
		seen.said = *e;
}

void record(enum stage stage, int result, uint64_t address, size_t size, const char *what, ...)
{
	(void)stage, (void)address, (void)size;
	seen.records += !!result;
	if (!strcmp(what, "slot state not read"))
		seen.unread = result;
}

/* As if the image was booted, and then came back. */
int boot_run(struct boot *boot, struct error *e)
{
	seen.runs++;
	seen.slot = boot->in.slot;
	slots_feature.found(boot->in.slot, MINIMUM);
	boot->started = true;
	return error_set(e, E_HASH_WRONG, "it ended");
}

/* Two records, the newer of which is in the second sector: slot B confirmed, and a minimum. */
static int set_up(void **unused)
{
	struct slots_state s;

	(void)unused;
	memset(&seen, 0, sizeof(seen));
	test_features.monitor = NULL;
	new_world();
	s = get();
	put(s);
	s.preferred = s.booted = B;
	s.status[B] = SLOT_CONFIRMED;
	s.minimum = MINIMUM;
	put(s);
	seen.before = world;
	return 0;
}

/* Returns the minimum for what boots next. */
static uint32_t boot_unreadable(size_t at, unsigned times)
{
	struct boot boot;
	struct error e = { 0 };

	world.state.unreadable = world.state.data + at;
	world.state.unread = times;
	assert_int_equal(slots_feature.boot(&boot, &e), E_HASH_WRONG);
	assert_int_equal(seen.runs, 1);
	return boot.in.minimum;
}

static void assert_kept(void)
{
	assert_memory_equal(world.state.data, seen.before.state.data, sizeof(world.state.data));
	assert_memory_equal(world.slots.data, seen.before.slots.data, sizeof(world.slots.data));
}

/* What a second try gets is as good as what the first does. */
static void read_at_the_second_try(void **unused)
{
	(void)unused;
	for (size_t at = 0; at < SLOTS_SECTORS * DISTANCE; at += DISTANCE) {
		set_up(NULL);
		assert_int_equal(boot_unreadable(at, 1), MINIMUM);
		assert_int_equal(world.state.unread, 0);
		assert_int_equal(seen.unread, 0);
		assert_int_equal(seen.slot, B);
		assert_true(get().sequence > 2); /* it is counted */
	}
}

/* Boots by the record that is left; the other is not taken for none, and nothing is written. */
static void never_read(void **unused)
{
	static uint8_t image[STORAGE_BLOCK];
	struct error e = { 0 };

	(void)unused;
	for (size_t at = 0; at < SLOTS_SECTORS * DISTANCE; at += DISTANCE) {
		set_up(NULL);
		assert_int_equal(boot_unreadable(at, UINT32_MAX), at ? 0 : MINIMUM);
		assert_int_equal(seen.unread, E_STORAGE_READ);
		assert_int_equal(seen.said.code, E_STORAGE_READ);
		assert_string_equal(seen.said.text, at ? "0xc00" : "0x800");
		assert_int_equal(seen.slot, at ? A : B);
		assert_kept();
		assert_int_equal(slots_feature.write(
					 A, (struct range){ (uintptr_t)image, sizeof(image) }, &e),
				 E_STORAGE_READ);
		assert_string_equal(e.text, at ? "the slot is not written: 0xc00" :
						 "the slot is not written: 0x800");
		e.code = 0;
		assert_kept();
	}
}

/* It may be read again in this very boot: what goes by less than all is not written, either. */
static void read_too_late(void **unused)
{
	(void)unused;
	boot_unreadable(DISTANCE, 2);
	assert_int_equal(world.state.unread, 0);
	assert_int_equal(seen.unread, E_STORAGE_READ);
	assert_int_equal(seen.records, 1);
	assert_kept();
	assert_int_equal(get().minimum, MINIMUM);
}

/* A boot that could not be counted says why. */
static void never_written(void **unused)
{
	struct boot boot;
	struct error e = { 0 };

	(void)unused;
	world.state.fails = true;
	assert_int_equal(slots_feature.boot(&boot, &e), E_HASH_WRONG);
	assert_int_equal(seen.said.code, E_FLASH_WRITE);
	assert_string_equal(seen.said.text, "fails");
}

static void assert_not_written(const char *why)
{
	static uint8_t image[STORAGE_BLOCK];
	struct range range = { (uintptr_t)image, sizeof(image) };
	struct error e = { 0 };

	assert_int_equal(slots_feature.write(A, range, &e), E_FLASH_WRITE);
	assert_string_equal(e.text, why);
}

/* The card has failed before, with the same code, but has no word for what fails now. */
static void other_reason(void **unused)
{
	struct boot boot;
	struct error e = { 0 };

	never_written(unused);
	assert_not_written("the slot is not written: fails");
	world.state.fails = false;
	world.state.loses = true;
	seen.records = seen.runs = 0;
	memset(&seen.said, 0, sizeof(seen.said));
	assert_not_written("the slot is not written");
	world.state.fails = true;
	assert_not_written("the slot is not written: fails");
	world.state.fails = false;
	assert_int_equal(slots_feature.boot(&boot, &e), E_HASH_WRONG);
	assert_true(seen.records);
	assert_int_equal(seen.said.code, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(read_at_the_second_try, set_up),
		cmocka_unit_test_setup(never_read, set_up),
		cmocka_unit_test_setup(read_too_late, set_up),
		cmocka_unit_test_setup(never_written, set_up),
		cmocka_unit_test_setup(other_reason, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
