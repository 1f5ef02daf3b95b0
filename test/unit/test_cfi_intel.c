/* SPDX-License-Identifier: BSD-2-Clause */
/* The driver on chips that are played by cfi_model.h; and first of all, that those are strict. */
#include "test/unit/cfi_model.h"

#define LIMIT 10
#define BYTES (CHIP_BUFFER * 4) /* of a buffer */

static struct cfi_intel cfi = {
	.flash = {
		.sector = sizeof(chip.data),
		.read = cfi_intel_read,
		.write = cfi_intel_write,
		.write_bytes = cfi_intel_write_bytes,
		.erase = cfi_intel_erase,
	},
	.base = chip.data,
	.ticks = chip_ticks,
	.write_limit = LIMIT,
	.erase_limit = 3 * LIMIT,
};

static uint8_t image[3 * BYTES]; /* no word of it is a command */

static int set_up(void **state)
{
	(void)state;
	chip_reset();
	cfi.buffer = BYTES - 1;
	for (size_t i = 0; i < sizeof(image); i++)
		image[i] = (uint8_t)(i % 4 == 3 ? 0xc0 | i / 4 : i * 5 + 1);
	return 0;
}

static int write(uint32_t offset, uint32_t value)
{
	return cfi.flash.write(&cfi.flash, offset, value);
}

static int write_bytes(uint32_t offset, size_t size)
{
	return cfi.flash.write_bytes(&cfi.flash, offset, image, size);
}

static int erase(void)
{
	return cfi.flash.erase(&cfi.flash, 0);
}

/* Flash shows its data again, nothing is left in the status, and it takes the next operation. */
static void assert_fit_for_use(void)
{
	assert_int_equal(chip.shows, SHOWS_DATA);
	assert_int_equal(chip.expects, COMMAND);
	assert_int_equal(chip.errors, 0);
	chip.fails = chip.never = 0;
	chip.takes = chip.buffer_takes = 0;
	chip.ready_at = 0;
	memset(chip.data, 0xff, sizeof(chip.data));
	assert_int_equal(write_bytes(0, BYTES), BYTES);
	assert_memory_equal(chip.data, image, BYTES);
}

static void assert_erased_but(size_t from, size_t to)
{
	for (size_t i = 0; i < CHIP_WORDS; i++)
		if (i < from || i >= to)
			assert_int_equal(chip.data[i], FLASH_ERASED);
}

/* --- the chips themselves ------------------------------------------------------------------------ */

static void give(size_t i, uint32_t word)
{
	bus_write(cfi.base + i, word);
}

static void give_buffer(size_t at, uint32_t count)
{
	give(at, WRITE_BUFFER);
	give(at, BOTH(count - 1));
}

static void wrong_command(void)
{
	give(0, BOTH(0x12));
}

static void command_to_one_chip(void)
{
	give(0, 0x40);
}

static void too_many(void)
{
	give_buffer(0, CHIP_BUFFER + 1);
}

static void count_to_one_chip(void)
{
	give(0, WRITE_BUFFER);
	give(0, 1);
}

static void another_buffer(void)
{
	give_buffer(CHIP_BUFFER - 1, 2);
	give(CHIP_BUFFER - 1, 1);
	give(CHIP_BUFFER, 2);
}

static void no_confirmation(void)
{
	give_buffer(0, 2);
	give(0, 1);
	give(1, 2);
	give(2, 3);
}

static void erasure_without_confirmation(void)
{
	give(0, ERASE);
	give(0, READ_ARRAY);
}

static void buffer_after_an_error(void)
{
	chip.errors = BOTH(0x10);
	give(0, WRITE_BUFFER);
}

static void buffer_that_is_not_there(void)
{
	chip.buffer_takes = 1;
	give_buffer(0, 2);
}

static void test_chips_refuse(void **state)
{
	void (*const wrong[])(void) = {
		wrong_command,
		command_to_one_chip,
		too_many,
		count_to_one_chip,
		another_buffer,
		no_confirmation,
		buffer_after_an_error,
		erasure_without_confirmation,
		buffer_that_is_not_there,
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		set_up(state);
		wrong[i]();
		assert_int_equal(chip.refusals, 1);
		chip.ready_at = 0;
		assert_int_equal(bus_read(cfi.base) & (READY | SEQUENCE), READY | SEQUENCE);
		assert_erased_but(0, 0);
	}
}

/* --- what goes well ------------------------------------------------------------------------------ */

static void test_word(void **state)
{
	(void)state;
	chip.takes = LIMIT / 2;
	assert_int_equal(write(8, 0x12345678), 0);
	assert_int_equal(chip.data[2], 0x12345678);
	assert_erased_but(2, 3);
	assert_int_equal(chip.words, 1);
	assert_int_equal(chip.refusals, 0);
	assert_fit_for_use();
}

static void test_erase(void **state)
{
	(void)state;
	memset(chip.data, 0x55, sizeof(chip.data));
	chip.takes = 2 * LIMIT;
	assert_int_equal(erase(), 0);
	assert_int_equal(chip.erasures, 1);
	assert_erased_but(0, 0);
	assert_fit_for_use();
}

static void test_buffer(void **state)
{
	(void)state;
	chip.takes = chip.buffer_takes = LIMIT / 2;
	assert_int_equal(write_bytes(BYTES, sizeof(image)), BYTES);
	assert_memory_equal(chip.data + CHIP_BUFFER, image, BYTES);
	assert_erased_but(CHIP_BUFFER, 2 * CHIP_BUFFER);
	assert_int_equal(chip.buffers, 1);
	assert_int_equal(chip.words + chip.refusals, 0);
	assert_fit_for_use();
}

/* From every word, of every size: never over a buffer's end, and nothing beside it. */
static void test_part_of_a_buffer(void **state)
{
	for (uint32_t offset = 0; offset < 2 * BYTES; offset += 4)
		for (size_t size = 1; size <= sizeof(image); size++) {
			size_t room = BYTES - offset % BYTES, part = size < room ? size : room;
			struct bytes copy;

			set_up(state);
			copy = bytes_copy(image, size); /* nothing behind it is read */
			assert_int_equal(cfi.flash.write_bytes(&cfi.flash, offset, copy.data, size),
					 part);
			assert_memory_equal((uint8_t *)chip.data + offset, image, part);
			memset((uint8_t *)chip.data + offset, 0xff, part);
			assert_erased_but(0, 0);
			assert_int_equal(chip.words, part <= 4);
			assert_int_equal(chip.buffers, part > 4);
			assert_int_equal(chip.refusals, 0);
			free((void *)(uintptr_t)copy.data);
		}
}

static void test_size_of_buffers(void **state)
{
	static const uint32_t sizes[][2] = {
		{ 0, 4 }, { 1, 4 }, { 2, 8 }, { 4, 32 }, { 5, 64 }, { 11, 4096 }, { 15, 65536 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		chip.query = BOTH(sizes[i][0]);
		assert_int_equal(cfi_intel_buffer(&cfi) + 1, sizes[i][1]);
		assert_int_equal(chip.shows, SHOWS_DATA);
	}
	chip.query = FLASH_ERASED; /* nobody there */
	assert_int_equal(cfi_intel_buffer(&cfi) + 1, 65536);
	assert_int_equal(chip.refusals, 0);
}

static void test_without_buffers(void **state)
{
	(void)state;
	chip.query = 0;
	cfi.buffer = cfi_intel_buffer(&cfi);
	assert_int_equal(write_bytes(4, sizeof(image)), 4);
	assert_memory_equal(chip.data + 1, image, 4);
	assert_erased_but(1, 2);
	assert_int_equal(chip.words, 1);
	assert_int_equal(chip.refusals, 0);
}

static void test_read(void **state)
{
	uint32_t got[2];

	(void)state;
	chip.data[1] = 5;
	chip.data[2] = 6;
	cfi.flash.read(&cfi.flash, 4, got, sizeof(got));
	assert_int_equal(got[0], 5);
	assert_int_equal(got[1], 6);
}

/* --- what does not ------------------------------------------------------------------------------- */

static int a_word(void)
{
	return write(0, 0x12345678);
}

static int a_buffer(void)
{
	return write_bytes(0, BYTES);
}

static const struct {
	int (*run)(void);
	int error;
	uint64_t limit;
} operations[] = {
	{ a_word, E_FLASH_WRITE, LIMIT },
	{ a_buffer, E_FLASH_WRITE, LIMIT },
	{ erase, E_FLASH_ERASE, 3 * LIMIT },
};

/* Given up when its time is over, and not much later. */
static void test_never_done(void **state)
{
	for (size_t i = 0; i < COUNT(operations); i++) {
		set_up(state);
		chip.takes = UINT64_MAX / 2;
		assert_int_equal(operations[i].run(), operations[i].error);
		assert_in_range(chip.now, operations[i].limit, operations[i].limit + 10);
		assert_fit_for_use();
	}
}

/* No buffer is given a word before it is there. */
static void test_no_buffer(void **state)
{
	(void)state;
	chip.buffer_takes = UINT64_MAX / 2;
	assert_int_equal(a_buffer(), E_FLASH_WRITE);
	assert_in_range(chip.now, LIMIT, LIMIT + 10);
	assert_int_equal(chip.buffers + chip.refusals, 0);
	assert_erased_but(0, 0);
	assert_fit_for_use();
}

/* One of the two chips is ready, and the other never. */
static void test_half_done(void **state)
{
	for (size_t i = 0; i < COUNT(operations); i++)
		for (unsigned shift = 0; shift <= 16; shift += 16) {
			set_up(state);
			chip.never = 0x80u << shift;
			assert_int_equal(operations[i].run(), operations[i].error);
			assert_in_range(chip.now, operations[i].limit, operations[i].limit + 10);
		}
}

static void test_failed(void **state)
{
	static const uint32_t failures[] = { 0x02, 0x08, 0x10, 0x20 };

	for (size_t i = 0; i < COUNT(operations); i++)
		for (size_t j = 0; j < 2 * COUNT(failures); j++) {
			set_up(state);
			chip.fails = failures[j / 2] << j % 2 * 16;
			assert_int_equal(operations[i].run(), operations[i].error);
			assert_fit_for_use();
		}
}

/* Whoever believes that they are larger. */
static void test_buffer_that_is_smaller(void **state)
{
	(void)state;
	cfi.buffer = 2 * BYTES - 1;
	assert_int_equal(write_bytes(0, 2 * BYTES), E_FLASH_WRITE);
	assert_true(chip.refusals);
	assert_erased_but(0, 0);
	assert_fit_for_use();
	chip_reset();
	cfi.buffer = 2 * BYTES - 1;
	assert_int_equal(write_bytes(BYTES - 4, BYTES), E_FLASH_WRITE);
	assert_true(chip.refusals);
	assert_erased_but(0, 0);
	assert_fit_for_use();
}

/* No command is given, and nothing changed, for a word that would set a bit. */
static void test_no_bit_is_set(void **state)
{
	(void)state;
	chip.data[0] = 0x0000ffff;
	assert_int_equal(write(0, 0x00010000), E_FLASH_WRITE);
	assert_int_equal(chip.words, 0);
	assert_int_equal(chip.data[0], 0x0000ffff);
	assert_int_equal(write(0, 0x00001234), 0);
	for (size_t i = 0; i < CHIP_BUFFER; i++) {
		set_up(state);
		chip.data[i] = 0x7fffffff;
		assert_int_equal(a_buffer(), E_FLASH_WRITE);
		assert_int_equal(chip.buffers, 0);
		assert_int_equal(chip.data[i], 0x7fffffff);
		assert_erased_but(i, i + 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_chips_refuse, set_up),
		cmocka_unit_test_setup(test_word, set_up),
		cmocka_unit_test_setup(test_erase, set_up),
		cmocka_unit_test_setup(test_buffer, set_up),
		cmocka_unit_test_setup(test_part_of_a_buffer, set_up),
		cmocka_unit_test_setup(test_size_of_buffers, set_up),
		cmocka_unit_test_setup(test_without_buffers, set_up),
		cmocka_unit_test_setup(test_read, set_up),
		cmocka_unit_test_setup(test_never_done, set_up),
		cmocka_unit_test_setup(test_no_buffer, set_up),
		cmocka_unit_test_setup(test_half_done, set_up),
		cmocka_unit_test_setup(test_failed, set_up),
		cmocka_unit_test_setup(test_buffer_that_is_smaller, set_up),
		cmocka_unit_test_setup(test_no_bit_is_set, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
