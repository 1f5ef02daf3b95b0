/* SPDX-License-Identifier: BSD-2-Clause */
/* uImages as mkimage makes them (see test/build.mk), then with every field of the header changed. */
#include "test/unit/image_model.h"
#include "test/unit/uimage.h"

static const struct image_hint elsewhere = { .has_load = true, .load = 0x48000000 };
static struct bytes good; /* firmware.c as raw data, for 0x5c000000 */

static int set_up(void **state)
{
	(void)state;
	good = bytes_load(FIXTURES "/raw.uimage");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bytes_free(good);
	return 0;
}

static int parse(struct image *image)
{
	struct error e = { 0 };
	int code = image_parse(image, "b", good, &elsewhere, &e);

	assert_int_equal(code, e.code);
	if (!code)
		assert_image_sound(image);
	return code;
}

static int code(void)
{
	struct image image;

	return parse(&image);
}

static void goes_where_its_header_says(void **state)
{
	struct image image;

	(void)state;
	assert_int_equal(parse(&image), 0);
	assert_string_equal(image.format, "uimage");
	assert_int_equal(image.bits, 32);
	assert_int_equal(image.segments, 1);
	assert_int_equal(image.segment[0].to.base, 0x5c000000);
	assert_int_equal(image.segment[0].to.size, good.size - HEADER);
	assert_ptr_equal(image.segment[0].from.data, good.data + HEADER);
	assert_ptr_equal(image.data.data, good.data);
	assert_int_equal(image.data.size, good.size);
	assert_int_equal(image.entry, 0x5c000004);
	assert_true(image.thumb);
}

/* What is in it is parsed as if it were alone: a zImage's room is claimed, an ELF goes its own ways. */
static void other_formats_inside(void **state)
{
	static const char *const inside[] = { "kernel", "elf" };

	(void)state;
	for (unsigned i = 0; i < COUNT(inside); i++) {
		char path[128];
		struct error e = { 0 };
		struct image whole, alone;
		struct bytes data;

		snprintf(path, sizeof(path), FIXTURES "/%s.uimage", inside[i]);
		data = bytes_load(path);
		assert_int_equal(image_parse(&whole, "it", data, &elsewhere, &e), 0);
		assert_image_sound(&whole);
		assert_int_equal(
			image_parse(&alone, "it",
				    (struct bytes){ data.data + HEADER, data.size - HEADER },
				    &(struct image_hint){ true, true, 0x42000000, 0x42000000,
							  false },
				    &e),
			0);
		assert_int_equal(whole.entry, alone.entry);
		assert_int_equal(whole.room.size, alone.room.size);
		assert_int_equal(whole.table.size, alone.table.size);
		assert_int_equal(whole.segments, alone.segments);
		for (unsigned k = 0; k < whole.segments; k++) {
			assert_int_equal(whole.segment[k].to.base, alone.segment[k].to.base);
			assert_ptr_equal(whole.segment[k].from.data, alone.segment[k].from.data);
		}
		bytes_free(data);
	}
}

static void every_bit_is_checked(void **state)
{
	(void)state;
	for (size_t bit = 0; bit < 8 * good.size; bit += bit < 8 * HEADER ? 1 : 101) {
		*bytes_at(good, bit / 8) ^= (uint8_t)(1 << bit % 8);
		/* without its magic it is raw, for where the FIT says */
		assert_int_equal(code(), bit < 32 ? 0 : E_UIMAGE_BROKEN);
		*bytes_at(good, bit / 8) ^= (uint8_t)(1 << bit % 8);
	}
	assert_int_equal(code(), 0);
}

static void fields(void **state)
{
	static const struct {
		size_t at;
		uint8_t value;
		int code;
	} cases[] = {
		{ TYPE, 1, 0 },
		{ TYPE, 2, 0 },
		{ TYPE, 5, 0 },
		{ TYPE, 0, E_UIMAGE_BROKEN },
		{ TYPE, 3, E_UIMAGE_BROKEN },  /* ramdisk */
		{ TYPE, 4, E_UIMAGE_BROKEN },  /* several files */
		{ TYPE, 8, E_UIMAGE_BROKEN },  /* device tree */
		{ TYPE, 14, E_UIMAGE_BROKEN }, /* kernel without a load address */
		{ TYPE, 255, E_UIMAGE_BROKEN },
		{ ARCH, 2, 0 },
		{ ARCH, 22, E_ELF_ENTRY }, /* no Thumb there */
		{ ARCH, 3, E_UIMAGE_BROKEN },
		{ ARCH, 0, E_UIMAGE_BROKEN },
		{ COMPRESSION, 0, 0 },
		{ COMPRESSION, 1, E_IMAGE_FORMAT },
		{ COMPRESSION, 5, E_IMAGE_FORMAT },
		{ LOAD, 0xff, E_ELF_ENTRY },
		{ ENTRY, 0xff, E_ELF_ENTRY },
		{ SIZE, 1, E_UIMAGE_BROKEN },
		{ SIZE + 3, 0, E_UIMAGE_BROKEN },
		{ DATA_CRC, 0, E_UIMAGE_BROKEN },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		uint8_t kept = *bytes_at(good, cases[i].at);

		*bytes_at(good, cases[i].at) = cases[i].value;
		sign_header(good);
		assert_int_equal(code(), cases[i].code);
		*bytes_at(good, cases[i].at) = kept;
	}
	sign_header(good);
	assert_int_equal(code(), 0);
}

static void for_64_bits(void **state)
{
	struct image image;

	(void)state;
	*bytes_at(good, ARCH) = 22;
	put_be32(good, ENTRY, 0x5c000004);
	sign_header(good);
	assert_int_equal(parse(&image), 0);
	assert_int_equal(image.bits, 64);
	bytes_free(good);
	/* a zImage is not */
	good = bytes_load(FIXTURES "/kernel.uimage");
	*bytes_at(good, ARCH) = 22;
	sign_header(good);
	assert_int_equal(code(), E_UIMAGE_BROKEN);
}

static void what_mkimage_makes_besides(void **state)
{
	static const struct {
		const char *path;
		int code;
	} others[] = {
		{ FIXTURES "/multi.uimage", E_UIMAGE_BROKEN },
		{ FIXTURES "/gzip.uimage", E_IMAGE_FORMAT },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(others); i++) {
		bytes_free(good);
		good = bytes_load(others[i].path);
		assert_int_equal(code(), others[i].code);
	}
}

/* Bytes that are missing, and one that nobody has counted. */
static void just_as_long_as_it_says(void **state)
{
	struct bytes whole = good;

	(void)state;
	for (size_t size = 4; size < whole.size; size++)
		assert_int_equal(parse_sound((struct bytes){ whole.data, size }, &elsewhere),
				 E_UIMAGE_BROKEN);
	good = (struct bytes){ calloc(1, whole.size + 1), whole.size + 1 };
	memcpy(bytes_at(good, 0), whole.data, whole.size);
	assert_int_equal(code(), E_UIMAGE_BROKEN);
	bytes_free(whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		T(goes_where_its_header_says),
		T(other_formats_inside),
		T(every_bit_is_checked),
		T(fields),
		T(for_64_bits),
		T(what_mkimage_makes_besides),
		T(just_as_long_as_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
