/* SPDX-License-Identifier: BSD-2-Clause */
/* The arm64 Image: its header as a kernel of today has it, and everything else. */
#include "test/unit/image_model.h"

enum {
	TEXT_OFFSET = 8,
	IMAGE_SIZE = 16,
	FLAGS = 24,
	MAGIC = 56,
	HEADER = 64
};

#define FILE_SIZE   0x200
#define MEMORY_SIZE 0x1230000
#define LOAD	    0x40400000ull

static uint8_t file[FILE_SIZE];
static const struct bytes kernel = { file, FILE_SIZE };

static void put_le64(size_t at, uint64_t value)
{
	put_le32(kernel, at, (uint32_t)value);
	put_le32(kernel, at + 4, (uint32_t)(value >> 32));
}

static int set_up(void **state)
{
	(void)state;
	memset(file, 0, sizeof(file));
	put_le64(0, 0x1480000091005a4d); /* what makes it a PE file, and a branch */
	put_le64(IMAGE_SIZE, MEMORY_SIZE);
	put_le64(FLAGS, 0xa);
	put_le32(kernel, MAGIC, 0x644d5241);
	return 0;
}

static int parse_at(struct image *image, phys_addr_t load)
{
	const struct image_hint hint = { .has_load = true, .load = load };
	struct error e = { 0 };
	int code = image_parse(image, "kernel", kernel, &hint, &e);

	assert_int_equal(code, e.code);
	if (!code)
		assert_image_sound(image);
	return code;
}

static int code_at(phys_addr_t load)
{
	struct image image;

	return parse_at(&image, load);
}

static void a_kernel_of_today(void **state)
{
	struct image image;

	(void)state;
	assert_int_equal(parse_at(&image, LOAD), 0);
	assert_string_equal(image.format, "arm64");
	assert_int_equal(image.bits, 64);
	assert_int_equal(image.entry, LOAD);
	assert_false(image.thumb);
	assert_int_equal(image.segments, 1);
	assert_int_equal(image.segment[0].to.base, LOAD);
	assert_int_equal(image.segment[0].to.size, MEMORY_SIZE);
	assert_int_equal(image.segment[0].from.size, FILE_SIZE);
	assert_int_equal(image.room.size, 0); /* it runs where it is */
}

static void where_it_may_be(void **state)
{
	static const struct {
		uint64_t offset, load;
		int code;
	} cases[] = {
		{ 0, 0x200000, 0 },
		{ 0, 0, 0 },
		{ 0, 0x80000, E_ARM64_BROKEN },
		{ 0, 0x200004, E_ARM64_BROKEN },
		{ 0x80000, 0x40080000, 0 }, /* as kernels up to 5.7 are */
		{ 0x80000, 0x40000000, E_ARM64_BROKEN },
		{ 0x80001, 0x40080001, E_ELF_ENTRY },
		{ 0x400000, 0x200000, 0 }, /* the offset is larger than the address */
		{ UINT64_MAX, 0x1fffff, E_ELF_ENTRY },
		{ 0, 0x880000000, 0 }, /* above 4 GiB */
		{ 0, 0x1000000000000 - 0x1400000, 0 },
		{ 0, 0x1000000000000 - 0x1200000, E_OVERFLOW }, /* its end is past 48 bits */
		{ 0, 0x1000000000000, E_OVERFLOW },
		{ 0, 0xffffffffffe00000, E_OVERFLOW }, /* its end wraps */
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		put_le64(TEXT_OFFSET, cases[i].offset);
		assert_int_equal(code_at(cases[i].load), cases[i].code);
	}
}

static void size_in_memory(void **state)
{
	static const struct {
		uint64_t size;
		int code;
	} cases[] = {
		{ 0, E_ARM64_BROKEN }, /* before Linux 3.17 */
		{ FILE_SIZE - 1, E_ARM64_BROKEN },
		{ FILE_SIZE, 0 },
		{ 0x1000000000000 - LOAD, 0 },
		{ 0x1000000000001 - LOAD, E_OVERFLOW },
		{ UINT64_MAX, E_OVERFLOW },
		{ 0 - LOAD, E_OVERFLOW },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		put_le64(IMAGE_SIZE, cases[i].size);
		assert_int_equal(code_at(LOAD), cases[i].code);
	}
}

static void what_is_not_taken(void **state)
{
	const struct image_hint nowhere = { 0 };
	struct image_hint hint = HINT(true, true, LOAD, LOAD);

	(void)state;
	assert_int_equal(parse_sound(kernel, &nowhere), E_IMAGE_FORMAT);
	assert_int_equal(parse_sound(kernel, &hint), 0);
	hint.entry += 4;
	assert_int_equal(parse_sound(kernel, &hint), E_ARM64_BROKEN);
	put_le64(FLAGS, 0xb); /* big-endian */
	assert_int_equal(code_at(LOAD), E_ARM64_BROKEN);
}

/*
 * Without all of its header it is another EFI program, or anything, or text ("MZ"); it may be
 * no longer than that.
 */
static void every_length_and_byte(void **state)
{
	const struct image_hint hint = { .has_load = true, .load = LOAD };

	(void)state;
	for (size_t size = 0; size <= HEADER + 1; size++)
		assert_int_equal(parse_sound((struct bytes){ file, size }, &hint),
				 !size				? E_IMAGE_DATA :
				 size == 3 || size >= MAGIC + 4 ? 0 :
								  E_IMAGE_FORMAT);
	mutate(kernel, &hint, 0, HEADER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_kernel_of_today, set_up),
		cmocka_unit_test_setup(where_it_may_be, set_up),
		cmocka_unit_test_setup(size_in_memory, set_up),
		cmocka_unit_test_setup(what_is_not_taken, set_up),
		cmocka_unit_test_setup(every_length_and_byte, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
