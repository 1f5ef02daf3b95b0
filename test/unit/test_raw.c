/* SPDX-License-Identifier: BSD-2-Clause */
/* Raw images, and which parser gets which bytes. */
#include "test/unit/image_model.h"

static const uint8_t bytes16[16] = "no magic at all";

static void loaded_where_the_fit_says(void **state)
{
	const struct image_hint hint = {
		.has_load = true, .load = 0x5c000000, .has_entry = true, .entry = 0x5c000008
	};
	struct bytes data = bytes_copy(bytes16, sizeof(bytes16));
	struct error e = { 0 };
	struct image image;

	(void)state;
	assert_int_equal(image_parse(&image, "b", data, &hint, &e), 0);
	assert_image_sound(&image);
	assert_string_equal(image.format, "raw");
	assert_int_equal(image.segments, 1);
	assert_ptr_equal(image.segment[0].from.data, data.data);
	assert_int_equal(image.segment[0].from.size, 16);
	assert_int_equal(image.segment[0].to.base, 0x5c000000);
	assert_int_equal(image.segment[0].to.size, 16);
	assert_int_equal(image.entry, 0x5c000008);
	assert_false(image.thumb);
	assert_int_equal(image.table.size, 0);
	assert_int_equal(image.room.size, 0);
	bytes_free(data);
}

static void addresses(void **state)
{
	static const struct {
		struct image_hint hint;
		int code;
		phys_addr_t entry;
		bool thumb;
	} cases[] = {
		{ HINT(true, true, 0x1000, 0x1000), 0, 0x1000, false },
		{ HINT(true, true, 0x1000, 0x1001), 0, 0x1000, true },
		{ HINT(true, true, 0x1000, 0x100f), 0, 0x100e, true },
		{ HINT(true, true, 0x1000, 0x100e), E_ELF_ENTRY, 0, false },
		{ HINT(true, true, 0x1000, 0x1010), E_ELF_ENTRY, 0, false },
		{ HINT(true, true, 0x1000, 0x0fff), E_ELF_ENTRY, 0, false },
		{ HINT(true, true, 0x1000, 0xffffffffffffffff), E_ELF_ENTRY, 0, false },
		{ HINT(true, false, 0x1000, 0), 0, 0x1000, false },
		{ HINT(true, false, 0x1002, 0), E_ELF_ENTRY, 0, false }, /* no place to enter */
		{ HINT(true, false, 0x1001, 0), E_ELF_ENTRY, 0, false },
		{ HINT(false, true, 0, 0), E_IMAGE_FORMAT, 0, false },
		{ HINT(false, false, 0, 0), E_IMAGE_FORMAT, 0, false },
		{ HINT(true, false, 0xfffffff0, 0), 0, 0xfffffff0, false },
		{ HINT(true, false, 0xfffffff1, 0), E_OVERFLOW, 0, false },
		{ HINT(true, false, 0x100000000, 0), E_OVERFLOW, 0, false },
		{ HINT(true, false, 0xfffffffffffffff8, 0), E_OVERFLOW, 0, false },
	};
	struct bytes data = bytes_copy(bytes16, sizeof(bytes16));

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct error e = { 0 };
		struct image image;

		assert_int_equal(image_parse(&image, "b", data, &cases[i].hint, &e), cases[i].code);
		if (cases[i].code)
			continue;
		assert_int_equal(image.entry, cases[i].entry);
		assert_int_equal(image.thumb, cases[i].thumb);
	}
	bytes_free(data);
}

static void empty_is_refused(void **state)
{
	const struct image_hint hint = { .has_load = true, .load = 0x1000 };

	(void)state;
	assert_int_equal(parse_sound((struct bytes){ bytes16, 0 }, &hint), E_IMAGE_DATA);
}

static void a_format_is_known_by_its_magic(void **state)
{
	const struct image_hint hint = { .has_load = true, .load = 0x1000 };
	uint8_t elf[64] = "\177ELF", zimage[64] = { 0 };
	struct bytes data = bytes_copy(zimage, sizeof(zimage));

	(void)state;
	assert_int_equal(parse_sound((struct bytes){ elf, 64 }, &hint), E_ELF_CLASS);
	assert_int_equal(parse_sound((struct bytes){ elf, 4 }, &hint), E_ELF_BROKEN);
	assert_int_equal(parse_sound((struct bytes){ elf, 3 }, &hint), 0); /* raw */
	assert_int_equal(parse_sound(data, &hint), E_IMAGE_FORMAT);	   /* all zeros */
	put_le32(data, 0x28, 1);
	assert_int_equal(parse_sound(data, &hint), 0);
	put_le32(data, 0x24, 0x016f2818);
	assert_int_equal(parse_sound(data, &hint), E_ZIMAGE_BROKEN);
	assert_int_equal(parse_sound((struct bytes){ data.data, 0x27 }, &hint), 0); /* raw */
	bytes_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loaded_where_the_fit_says),
		cmocka_unit_test(addresses),
		cmocka_unit_test(empty_is_refused),
		cmocka_unit_test(a_format_is_known_by_its_magic),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
