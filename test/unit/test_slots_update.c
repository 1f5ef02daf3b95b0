/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A boot image that others have left for a slot: it is there as a whole, verified, or it is not; and
 * something boots, wherever power is cut. What verifies it is a stand-in here.
 */
#include "test/unit/flash_model.h"

#include "boot/feature/monitor/update.c"
#include "boot/feature/slots/boot.c"
#include "test/unit/features.h"

#define PLACE	    0x100000u
#define RAM	    0x200000u
#define SLOT	    0x300000u
#define IMAGE_BYTES (IMAGE - 24)

enum {
	A,
	B,
	OLD = 1, /* images: those in A and B */
	OLDER,
	NEW,
};

const struct board board = {
	.slot = { { SLOT, IMAGE }, { SLOT + IMAGE, IMAGE }, { RAM, IMAGE } },
};

static uint32_t left[IMAGE / 4], copied[IMAGE / 4]; /* in the place for it, and in our RAM */
static jmp_buf entered;

static struct {
	uint8_t image;	     /* that was entered */
	unsigned checks;     /* of an update */
	const char *refused; /* why */
	int written;	     /* result of writing a slot; 1: none was written */
	bool can_boot;	     /* slots are not commanded */
	uint32_t records;
} seen;

static uint8_t byte_of(unsigned id, size_t i)
{
	return (uint8_t)(i ? i * 7 + id * 31 : id);
}

static void make(void *to, unsigned id)
{
	for (size_t i = 0; i < IMAGE_BYTES; i++)
		((uint8_t *)to)[i] = byte_of(id, i);
}

static bool is_whole_image(const uint8_t *data)
{
	for (size_t i = 0; i < IMAGE_BYTES; i++)
		if (data[i] != byte_of(data[0], i))
			return false;
	return true;
}

/* --- the rest of the loader -------------------------------------------------------------- */

const struct flash *board_state_flash(void)
{
	return &world.state.flash;
}

const struct flash *board_slot_flash(void)
{
	seen.can_boot = false;
	return &world.slots.flash;
}

struct range board_update_place(void)
{
	return (struct range){ PLACE, IMAGE };
}

/* Nothing of what was only checked stays in the record. */
uint32_t record_count(void)
{
	return seen.records;
}

void record_drop_behind(uint32_t count)
{
	seen.records = count;
}

void board_slots_again(void)
{
	seen.can_boot = true;
}

const struct flash *progress_start(const struct flash *flash, unsigned slot, uint32_t size)
{
	(void)slot, (void)size;
	return flash;
}

void *arch_pointer(phys_addr_t address)
{
	return address == PLACE ? (void *)left : (void *)copied;
}

void stage_print_error(enum stage stage, const char *what, const char *colon, const struct error *e)
{
	(void)stage, (void)colon;
	if (!strcmp(what, "update"))
		seen.refused = error_name(e->code);
}

void record(enum stage stage, int result, uint64_t address, size_t size, const char *what, ...)
{
	(void)stage, (void)address, (void)size;
	assert_true(seen.records++ < 20);
	if (!strcmp(what, "slot %s written"))
		seen.written = result;
}

static bool check_hangs; /* until the board is reset */

/* From now on nobody changes what was checked: it is not where others write. */
int in_ram_check(struct boot *boot, struct range image, struct error *e)
{
	if (check_hangs)
		longjmp(entered, 2);
	assert_int_equal(image.base, RAM);
	assert_int_equal(image.size, IMAGE);
	seen.checks++;
	seen.records += 30;
	memset(left, 0x5a, sizeof(left));
	boot->in.fit.size = IMAGE_BYTES;
	if (boot->in.minimum > (uint8_t)copied[0])
		return error_set(e, E_ROLLBACK, "older");
	return is_whole_image((const uint8_t *)copied) ? 0 : error_set(e, E_HASH_WRONG, "broken");
}

int boot_run(struct boot *boot, struct error *e)
{
	const uint8_t *data = world.slots.data + boot->in.slot * IMAGE;

	assert_true(seen.can_boot);
	if (!is_whole_image(data))
		return error_set(e, E_HASH_WRONG, "broken");
	seen.image = data[0];
	longjmp(entered, 1);
}

/* --- boots ------------------------------------------------------------------------------- */

/* A was booted and is confirmed, B is not; somebody has asked for an update. */
static int start(void **unused)
{
	static const struct monitor_feature monitor = {
		.record_slots = monitor_record_slots,
		.check_update = monitor_check_update,
	};
	struct slots_state s;

	(void)unused;
	test_features.monitor = &monitor;
	new_world();
	memset(left, 0xff, sizeof(left));
	make(world.slots.data, OLD);
	make(world.slots.data + IMAGE, OLDER);
	make(left, NEW);
	s = get();
	s.status[A] = SLOT_CONFIRMED;
	assert_true(policy_may_update(&s) && policy_ask(&s));
	assert_false(policy_ask(&s));
	put(s);
	return 0;
}

/* From reset; the image that was entered. */
static uint8_t boot_once(void)
{
	static struct boot boot;
	static struct error e;

	memset(&seen, 0, sizeof(seen));
	memset(&boot, 0, sizeof(boot));
	memset(refused, 0, sizeof(refused));
	seen.written = 1;
	seen.can_boot = true;
	e.code = 0;
	if (!setjmp(entered)) {
		slots_feature.boot(&boot, &e);
		fail_msg("nothing boots");
	}
	return seen.image;
}

/* Whatever it is that the loader does not get over: the board comes up again. */
static void one_that_hangs_the_loader(void **unused)
{
	(void)unused;
	check_hangs = true;
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(boot_once(), 0);
	assert_int_equal(boot_once(), OLD);
	check_hangs = false;
	assert_int_equal(get().update, 0);
}

static void a_good_one(void **unused)
{
	(void)unused;
	assert_int_equal(boot_once(), NEW);
	assert_int_equal(seen.checks, 1);
	assert_int_equal(seen.written, 0);
	assert_null(seen.refused);
	assert_int_equal(get().update, 0);
	assert_int_equal(get().status[A], SLOT_CONFIRMED);
	/* It is tried, no more; and what lies there is not wanted twice. */
	for (unsigned i = 1; i < SLOTS_ATTEMPTS; i++) {
		assert_int_equal(boot_once(), NEW);
		assert_int_equal(seen.checks, 0);
	}
	assert_int_equal(boot_once(), OLD);
}

static void assert_refused(const char *why)
{
	const struct memory slots = world.slots;

	assert_int_equal(boot_once(), OLD);
	assert_int_equal(seen.checks, 1);
	assert_string_equal(seen.refused, why);
	assert_int_equal(seen.written, 1);
	assert_memory_equal(world.slots.data, slots.data, sizeof(slots.data));
	assert_int_equal(get().update, 0);
	assert_int_equal(boot_once(), OLD);
	assert_int_equal(seen.checks, 0);
}

static void a_broken_one(void **unused)
{
	(void)unused;
	left[IMAGE / 8] ^= 4;
	assert_refused("HASH_WRONG");
}

static void an_old_one(void **unused)
{
	struct slots_state s = get();

	(void)unused;
	s.minimum = NEW + 1;
	put(s);
	assert_refused("ROLLBACK");
}

/* The rules of a running system hold: it has come to be confirmed since it was asked for. */
static void the_only_one_that_is_confirmed(void **unused)
{
	struct slots_state s = get();

	(void)unused;
	s.status[A] = SLOT_TRIED;
	s.status[B] = SLOT_CONFIRMED;
	assert_false(policy_may_update(&s));
	put(s);
	assert_int_equal(boot_once(), OLD);
	assert_string_equal(seen.refused, "SLOT_IN_USE");
	assert_int_equal(get().update, 0);
	assert_true(is_whole_image(world.slots.data + IMAGE));
}

static void flash_that_fails(void **unused)
{
	(void)unused;
	world.slots.fails = true;
	assert_int_equal(boot_once(), OLD);
	assert_string_equal(seen.refused, "FLASH_ERASE");
	assert_int_equal(get().update, 0);
	assert_int_equal(get().status[B], SLOT_WRITTEN);
}

/* Let the boot run until the cut; true if it came to that. */
static bool boot_cut(unsigned after, unsigned how)
{
	power.left = after;
	power.tear = how;
	power.random = after * 977 + how;
	if (setjmp(power.end))
		return true;
	boot_once();
	power.left = 0;
	return false;
}

/* What the state lets boot is whole. */
static void check_slots(void)
{
	struct slots_state s = get();
	unsigned order[SLOTS], count = policy_order(&s, order);

	assert_true(count);
	for (unsigned i = 0; i < count; i++)
		assert_true(is_whole_image(world.slots.data + order[i] * IMAGE));
}

/* Once more and once more, each time in another way: in the end it is there, or the old one boots. */
static void power_cuts(void **unused)
{
	unsigned cuts = 0, again = 0;

	for (unsigned broken = 0; broken < 2; broken++)
		for (unsigned how = NOT_BEGUN; how < TEARS; how++)
			for (unsigned at = 1;; at++) {
				start(unused);
				left[IMAGE / 8] ^= broken;
				if (!boot_cut(at, how))
					break;
				cuts++;
				check_slots();
				make(left, NEW); /* it is where it was: that was our stand-in */
				left[IMAGE / 8] ^= broken;
				again += boot_cut(at, TEARS - 1 - how % MIXTURES);
				check_slots();
				make(left, NEW);
				left[IMAGE / 8] ^= broken;
				assert_int_equal(boot_once(), broken ? OLD : NEW);
				assert_int_equal(get().update, 0);
			}
	printf("update of a slot: power cut %u times, and %u times at the boot after it\n", cuts,
	       again);
	assert_true(cuts && again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_good_one, start),
		cmocka_unit_test_setup(a_broken_one, start),
		cmocka_unit_test_setup(one_that_hangs_the_loader, start),
		cmocka_unit_test_setup(an_old_one, start),
		cmocka_unit_test_setup(the_only_one_that_is_confirmed, start),
		cmocka_unit_test_setup(flash_that_fails, start),
		cmocka_unit_test_setup(power_cuts, start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
