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
				    &(struct image_hint)HINT(true, true, 0x42000000, 0x42000000),
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
		{ TYPE, 3, E_UIMAGE_BROKEN }, /* ramdisk */
		{ TYPE, 4, E_UIMAGE_BROKEN }, /* several files */
		{ TYPE, 8, E_UIMAGE_BROKEN }, /* device tree */
		{ TYPE, 14, E_ELF_ENTRY },    /* kernel_noload: the entry is an offset */
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
		{ SIZE + 3, 0, E_UIMAGE_BROKEN }, /* and with that the data's CRC */
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

/* Cut off; and padded to a block of flash, or with anything else that U-Boot would not look at. */
static void as_long_as_it_says(void **state)
{
	struct bytes whole = good;
	struct image image;

	(void)state;
	for (size_t size = 4; size < whole.size; size++)
		assert_int_equal(parse_sound((struct bytes){ whole.data, size }, &elsewhere),
				 E_UIMAGE_BROKEN);
	good = (struct bytes){ malloc(whole.size + 0x1000), whole.size + 0x1000 };
	memset(bytes_at(good, 0), 0xff, good.size);
	memcpy(bytes_at(good, 0), whole.data, whole.size);
	put_be32(good, whole.size, 0xd00dfeed);
	assert_int_equal(parse(&image), 0);
	assert_int_equal(image.segment[0].from.size, whole.size - HEADER);
	assert_int_equal(image.segment[0].to.size, whole.size - HEADER);
	assert_int_equal(image.data.size, good.size);
	bytes_free(whole);
}

/* 0 is what mkimage writes if it is told no load address: then it is the one outside that counts. */
static void without_a_load_address(void **state)
{
	const struct image_hint none = { 0 };
	struct error e = { 0 };
	struct image image;

	(void)state;
	put_be32(good, LOAD, 0);
	put_be32(good, ENTRY, 0);
	sign_header(good);
	assert_int_equal(parse(&image), 0);
	assert_int_equal(image.segment[0].to.base, elsewhere.load);
	assert_int_equal(image.entry, elsewhere.load);
	/* an entry is said all the same, in place of the one outside */
	put_be32(good, ENTRY, (uint32_t)elsewhere.load + 5);
	sign_header(good);
	assert_int_equal(parse(&image), 0);
	assert_int_equal(image.segment[0].to.base, elsewhere.load);
	assert_int_equal(image.entry, elsewhere.load + 4);
	assert_true(image.thumb);
	put_be32(good, ENTRY, 5); /* not there */
	sign_header(good);
	assert_int_equal(code(), E_ELF_ENTRY);
	put_be32(good, ENTRY, 0);
	sign_header(good);
	/* if there is none it is an address: some have memory there */
	assert_int_equal(image_parse(&image, "b", good, &none, &e), 0);
	assert_int_equal(image.segment[0].to.base, 0);
	/* kernel_noload: always that, and the entry is an offset */
	*bytes_at(good, TYPE) = 14;
	put_be32(good, LOAD, 0x40008000);
	put_be32(good, ENTRY, 8);
	sign_header(good);
	assert_int_equal(parse(&image), 0);
	assert_int_equal(image.segment[0].to.base, elsewhere.load);
	assert_int_equal(image.entry, elsewhere.load + 8);
	assert_int_equal(image_parse(&image, "b", good, &none, &e), E_IMAGE_FORMAT);
}

/* Where a ramdisk is wanted, only one is taken, as it is; elsewhere none is. */
static void ramdisks(void **state)
{
	const struct image_hint hint = { .has_load = true, .load = 0x45000002, .ramdisk = true };
	struct error e = { 0 };
	struct image image;

	(void)state;
	assert_int_equal(image_parse(&image, "r", good, &hint, &e), E_UIMAGE_BROKEN);
	*bytes_at(good, TYPE) = 3;
	*bytes_at(good, COMPRESSION) = 1; /* it is for Linux to unpack */
	memcpy(bytes_at(good, HEADER), "\x1f\x8b\x08", 3);
	put_be32(good, DATA_CRC,
		 (uint32_t)crc32(0, good.data + HEADER, (uInt)(good.size - HEADER)));
	put_be32(good, LOAD, 0);
	put_be32(good, ENTRY, 0);
	sign_header(good);
	e.code = 0;
	assert_int_equal(image_parse(&image, "r", good, &hint, &e), 0);
	assert_int_equal(image.segments, 1);
	assert_int_equal(image.segment[0].to.base, 0x45000002);
	assert_ptr_equal(image.segment[0].from.data, good.data + HEADER);
	assert_int_equal(image.segment[0].from.size, good.size - HEADER);
	put_be32(good, LOAD, 0x46000000);
	sign_header(good);
	assert_int_equal(image_parse(&image, "r", good, &hint, &e), 0);
	assert_int_equal(image.segment[0].to.base, 0x46000000);
	assert_int_equal(code(), E_UIMAGE_BROKEN);
}

/* Code in a uImage is looked at like code outside of one. */
static void no_code_inside(void **state)
{
	(void)state;
	put_be32(good, HEADER, 0xd00dfeed);
	put_be32(good, DATA_CRC,
		 (uint32_t)crc32(0, good.data + HEADER, (uInt)(good.size - HEADER)));
	sign_header(good);
	assert_int_equal(code(), E_IMAGE_FORMAT);
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
		T(as_long_as_it_says),
		T(without_a_load_address),
		T(ramdisks),
		T(no_code_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
