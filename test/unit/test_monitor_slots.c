/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot state by way of the monitor: who may change it, and that nobody reads images from its
 * flash meanwhile.
 */
#include "base/record_format.h"
#include "boot/feature/slots/policy.h"
#include "monitor/monitor.h"
#include "monitor/platform.h"
#include "test/unit/flash_model.h"

enum {
	LINUX, /* core 0: it may */
	C,     /* core 1: it may not */
	CONTEXTS
};

#define VERSION 7

static struct monitor_config config;
static struct monitor monitor;
static uint8_t record[sizeof(struct record_header) + RECORD_CAPACITY * sizeof(struct record_entry)];
static uint8_t image[4], memory[4];
static unsigned waits; /* so many barriers until the flash is written */

/* --- the machine ------------------------------------------------------------------------- */

void platform_barrier(void)
{
	if (waits && !--waits)
		monitor.writing = false;
}

void *platform_memory(phys_addr_t address)
{
	if (address == config.record)
		return record;
	assert_int_equal(monitor.writing, 0);
	return memory;
}

static unsigned written; /* words */

static int call(unsigned core, uintptr_t function, uintptr_t r[3]);

/* Whoever calls meanwhile is not waited for, and has nothing to wait for. */
static int write_while_others_call(const struct flash *f, uint32_t offset, uint32_t word)
{
	uintptr_t r[3];

	written++;
	assert_int_equal(monitor.writing, 1);
	assert_int_equal(monitor.lock.number[LINUX], 0);
	assert_int_equal(call(1, SLOTS_CONFIRM, r), LIFE_DENIED);
	config.context[C].slots = true;
	assert_int_equal(call(1, SLOTS_CONFIRM, r), LIFE_PENDING);
	assert_int_equal(call(1, SLOTS_STATE, r), LIFE_OK);
	assert_int_equal(r[0] & SLOTS_CONFIRMED, 0);
	config.context[C].slots = false;
	return sim_write(f, offset, word);
}

const struct flash *platform_state_flash(void)
{
	return &world.state.flash;
}

/* --- the monitor ------------------------------------------------------------------------- */

static int call(unsigned core, uintptr_t function, uintptr_t r[3])
{
	struct monitor_call c = { { function } };

	assert_false(monitor_call(&monitor, core, &c));
	memcpy(r, c.r + 1, 3 * sizeof(*r));
	return (int)c.r[0];
}

static unsigned recorded(const char *what, int result)
{
	const struct record_header *h = (const struct record_header *)(const void *)record;
	const struct record_entry *entry = (const struct record_entry *)(const void *)(h + 1);
	unsigned found = 0;

	for (unsigned i = 0; i < h->count; i++)
		found += entry[i].result == result && !strcmp(entry[i].what, what);
	return found;
}

static void set_context(unsigned n, const char *name)
{
	strcpy(config.context[n].name, name);
	config.context[n].cores = 1u << n;
	config.context[n].first = n;
}

/* Slot B was booted, has one try left and is to be confirmed. */
static int start(void **state)
{
	(void)state;
	new_world();
	memset(&config, 0, sizeof(config));
	memset(&monitor, 0, sizeof(monitor));
	memset(record, 0, sizeof(record));
	written = waits = 0;
	slots_state_read(&world.state.flash, &config.slots);
	config.slots.booted = 1;
	config.slots.version[1] = VERSION;
	put(config.slots);
	config.slots = get();
	config.cores = config.contexts = CONTEXTS;
	config.record = 0x1000;
	config.core[1] = 1;
	set_context(LINUX, "linux");
	set_context(C, "c");
	config.context[LINUX].slots = true;
	monitor.config = &config;
	return 0;
}

static void enter_all(void)
{
	for (unsigned i = CONTEXTS; i--;) /* the loader's comes last */
		monitor_arrive(&monitor, i);
	for (unsigned i = 0; i < CONTEXTS; i++) {
		monitor_enter_first(&monitor, i, i);
		assert_non_null(monitor_next(&monitor, i));
	}
}

static void confirmed_for_the_next_boot(void **state)
{
	uintptr_t r[3];

	(void)state;
	enter_all();
	world.state.flash.write = write_while_others_call;
	assert_int_equal(call(0, SLOTS_STATE, r), LIFE_OK);
	assert_int_equal(r[0], SLOTS_BOOTED_B);
	assert_int_equal(r[1], 0);
	assert_int_equal(call(0, SLOTS_CONFIRM, r), LIFE_OK);
	assert_int_equal(written, sizeof(struct slots_state) / sizeof(uint32_t));
	assert_int_equal(get().status[1], SLOT_CONFIRMED);
	assert_int_equal(get().minimum, VERSION);
	assert_int_equal(recorded("linux confirms slot b", 0), 1);
	assert_int_equal(call(0, SLOTS_STATE, r), LIFE_OK);
	assert_int_equal(r[0], SLOTS_BOOTED_B | SLOTS_CONFIRMED);
	assert_int_equal(r[1], VERSION);

	/* Once more costs nothing. */
	assert_int_equal(call(0, SLOTS_CONFIRM, r), LIFE_OK);
	assert_int_equal(written, sizeof(struct slots_state) / sizeof(uint32_t));
	assert_int_equal(recorded("linux confirms slot b", 0), 1);
}

static void whose_it_is_not(void **state)
{
	const struct world before = world;
	uintptr_t r[3];

	(void)state;
	enter_all();
	for (uint32_t function = SLOTS_STATE; function <= SLOTS_UPDATE; function++)
		assert_int_equal(call(1, function, r), LIFE_DENIED);
	assert_int_equal(r[0], 0);
	assert_int_equal(recorded("c calls", E_CALL_REFUSED), 3);
	assert_int_equal(monitor.refused[C], 3);
	assert_memory_equal(&world, &before, sizeof(world));
}

/* The loader does it, at the next start; which is asked for once. */
static void an_update_of_the_other_slot(void **state)
{
	const uint32_t words = sizeof(struct slots_state) / sizeof(uint32_t);
	uintptr_t r[3];

	(void)state;
	enter_all();
	world.state.flash.write = write_while_others_call;
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(call(0, SLOTS_UPDATE, r), LIFE_OK);
		assert_int_equal(written, words);
		assert_int_equal(get().update, 3);
		assert_int_equal(get().status[0], SLOT_TRIED);
		assert_int_equal(recorded("linux updates slot a", 0), 1);
		assert_int_equal(call(0, SLOTS_STATE, r), LIFE_OK);
		assert_int_equal(r[0], SLOTS_BOOTED_B | SLOTS_UPDATING);
	}
	assert_int_equal(call(0, SLOTS_CONFIRM, r), LIFE_OK);
	assert_int_equal(get().update, 3);
}

static void no_update(void **state)
{
	const struct world before = world;
	uintptr_t r[3];

	(void)state;
	config.slots.status[0] = SLOT_CONFIRMED; /* alone: it is what there is if B fails */
	enter_all();
	assert_int_equal(call(0, SLOTS_UPDATE, r), SLOTS_KEPT);
	assert_memory_equal(&world, &before, sizeof(world));
}

/* As long as the loader runs the flash is its own; and what boots from memory is in no slot. */
static void not_now(void **state)
{
	uintptr_t r[3];

	(void)state;
	assert_int_equal(call(0, SLOTS_STATE, r), LIFE_PENDING);
	assert_int_equal(call(0, SLOTS_CONFIRM, r), LIFE_PENDING);
	config.slots.magic = 0;
	enter_all();
	assert_int_equal(call(0, SLOTS_STATE, r), LIFE_NOT_SUPPORTED);
	assert_int_equal(call(0, SLOTS_CONFIRM, r), LIFE_NOT_SUPPORTED);
	assert_int_equal(get().status[1], SLOT_TRIED);
}

static void flash_that_fails(void **state)
{
	uintptr_t r[3];

	(void)state;
	enter_all();
	world.state.fails = true;
	assert_int_equal(call(0, SLOTS_CONFIRM, r), SLOTS_FAILED);
	assert_int_equal(recorded("linux confirms slot b", E_FLASH_WRITE), 1);
	assert_int_equal(call(0, SLOTS_STATE, r), LIFE_OK);
	assert_int_equal(r[0], SLOTS_BOOTED_B);
	world.state.fails = false;
	assert_int_equal(call(0, SLOTS_CONFIRM, r), LIFE_OK);
	assert_int_equal(get().status[1], SLOT_CONFIRMED);
}

static void make_c_of_flash(void)
{
	struct kept_context *c = &config.kept.context[C];

	c->images = 1;
	c->image[0] = (struct kept_image){ image, sizeof(image), 0, 0, 1, { 0 }, 0 };
	config.kept.segment[0] = (struct kept_segment){ { 0x2000, 4 }, image, 4, 0 };
	monitor_stop_context(&monitor, C);
	monitor_arrive(&monitor, C);
	monitor_start_context(&monitor, C);
}

static void images_are_read_before_or_after(void **state)
{
	uintptr_t r[3];

	(void)state;
	enter_all();
	monitor.renewing = 1;
	assert_int_equal(call(0, SLOTS_CONFIRM, r), LIFE_PENDING);
	assert_int_equal(get().status[1], SLOT_TRIED);
	monitor.renewing = 0;

	/* A core that makes a context waits until the writer is done. */
	make_c_of_flash();
	monitor.writing = true;
	waits = 1000;
	assert_null(monitor_next(&monitor, C)); /* the image has another hash */
	assert_int_equal(waits, 0);
	assert_int_equal(monitor.state[C], LIFE_BROKEN);
	assert_int_equal(monitor.renewing, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup(name, start)
	const struct CMUnitTest tests[] = {
		TEST(confirmed_for_the_next_boot),
		TEST(whose_it_is_not),
		TEST(an_update_of_the_other_slot),
		TEST(no_update),
		TEST(not_now),
		TEST(flash_that_fails),
		TEST(images_are_read_before_or_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
