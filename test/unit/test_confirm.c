/* SPDX-License-Identifier: BSD-2-Clause */
/* What a peer confirms: with a boot record and a flash that are plain memory here. */
#include "test/unit/unit.h"

static uint8_t record_memory[];

#define BOARD_MEMORY_MAP "base/record_format.h" /* RECORD_BASE is all that is wanted of it */
#define RECORD_BASE	 ((uintptr_t)record_memory)

#include "images/lib/confirm.c"

#define SECTOR 256

static _Alignas(8) uint8_t
	record_memory[sizeof(struct record_header) + RECORD_CAPACITY * sizeof(struct record_entry)];
static _Alignas(8) uint8_t flash[SLOTS_SECTORS * SECTOR];
static int mapped; /* how often more than unmapped */

uint64_t clock_ticks(void)
{
	return 0;
}

uint32_t clock_frequency(void)
{
	return 1000;
}

void mmu_map_device(uint32_t address, bool map)
{
	(void)address;
	mapped += map ? 1 : -1;
}

int cfi_intel_read(const struct flash *f, uint32_t offset, void *to, size_t size)
{
	(void)f;
	assert_int_equal(mapped, 1);
	memcpy(to, flash + offset, size);
	return 0;
}

int cfi_intel_write(const struct flash *f, uint32_t offset, uint32_t word)
{
	(void)f;
	memcpy(flash + offset, &word, sizeof(word));
	return 0;
}

int cfi_intel_erase(const struct flash *f, uint32_t offset)
{
	memset(flash + offset, 0xff, f->sector);
	return 0;
}

static const struct flash bank = {
	.sector = SECTOR,
	.read = cfi_intel_read,
	.write = cfi_intel_write,
	.erase = cfi_intel_erase,
};

static void record(const char *what, const void *address, uint64_t size, int result)
{
	struct record_header *head = (struct record_header *)record_memory;
	struct record_entry *entry = (struct record_entry *)(head + 1) + head->count++;

	*entry = (struct record_entry){ .address = (uintptr_t)address,
					.size = size,
					.result = result };
	memcpy(entry->what, what, strlen(what));
}

/* A loader with a state in flash: slot B was booted last, and is still tried. */
static int set_up(void **unused)
{
	struct slots_state s;

	(void)unused;
	memset(record_memory, 0, sizeof(record_memory));
	memset(flash, 0xff, sizeof(flash));
	*(struct record_header *)record_memory =
		(struct record_header){ .magic = RECORD_MAGIC, .version = RECORD_VERSION };
	mapped = 1;
	slots_state_read(&bank, &s);
	s.booted = 1;
	s.version[1] = 7;
	assert_int_equal(slots_state_write(&bank, &s), 0);
	mapped = 0;
	return 0;
}

static struct slots_state state_now(void)
{
	struct slots_state s;

	assert_int_equal(mapped, 0);
	mapped = 1;
	assert_int_equal(slots_state_read(&bank, &s), 0);
	mapped = 0;
	return s;
}

static void slot_that_was_booted(void **unused)
{
	struct slots_state s;

	(void)unused;
	record("slot state", flash, sizeof(flash), 0);
	record("boot image in slot b", NULL, 0, 0);
	assert_true(image_confirm_boot());
	s = state_now();
	assert_int_equal(s.status[1], SLOT_CONFIRMED);
	assert_int_equal(s.minimum, 7);
	assert_int_equal(s.sequence, 2);
	assert_true(image_confirm_boot()); /* once more costs nothing */
	assert_int_equal(state_now().sequence, 2);
}

static void loader_without_a_state(void **unused)
{
	(void)unused;
	assert_false(image_confirm_boot());
	record("slot state", flash, sizeof(flash), -1);
	assert_false(image_confirm_boot());
}

/* What the state has as booted last is what was refused, or tried, before: not what runs. */
static void booted_from_memory(void **unused)
{
	(void)unused;
	record("slot state", flash, sizeof(flash), 0);
	record("boot image in slot b", NULL, 0, 0);
	record("boot image in memory", NULL, 0, 0);
	assert_false(image_confirm_boot());
	assert_int_equal(state_now().status[1], SLOT_TRIED);
	assert_int_equal(state_now().sequence, 1);
}

static void record_of_another_version(void **unused)
{
	(void)unused;
	record("slot state", flash, sizeof(flash), 0);
	((struct record_header *)record_memory)->version++;
	assert_false(image_confirm_boot());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(slot_that_was_booted, set_up),
		cmocka_unit_test_setup(loader_without_a_state, set_up),
		cmocka_unit_test_setup(booted_from_memory, set_up),
		cmocka_unit_test_setup(record_of_another_version, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
