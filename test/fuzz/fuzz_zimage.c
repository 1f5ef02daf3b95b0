/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as an image with any load and entry address: zImage, ELF or raw. */
#include "test/fuzz/fuzz.h"
#include "test/unit/image_model.h"

const unsigned fuzz_parts = 1;

static void check_room(struct bytes data, const struct image_hint *hint)
{
	struct error e = { 0 };
	struct image image;

	fuzz_check_taken(image_parse(&image, "it", data, hint, &e), &e);
	if (e.code || !image_has_magic(data, ZIMAGE_MAGIC_AT, ZIMAGE_MAGIC))
		return;
	/* One segment, where it was to go, that holds the zImage; then what it decompresses to. */
	assert_int_equal(image.segments, 1);
	assert_int_equal(image.segment[0].to.base, hint->load);
	assert_true(image.segment[0].from.size <= data.size);
	assert_ptr_equal(image.segment[0].from.data, data.data);
	/* What Linux would take for its tree is not loaded behind it. */
	assert_false(image_has_magic(data, (unsigned)image.segment[0].from.size, 0xedfe0dd0));
	assert_int_equal(image.entry, hint->load);
	assert_true(image.room.size > 0);
	assert_true(image.room.base <= UINT32_MAX + 0x100000000ull);
	assert_true(image.room.size < 0x400000000ull + data.size * 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, part = fuzz_part(&input), copy;
	unsigned has = fuzz_choice(&input, 4);
	struct image_hint hint = { .has_load = has & 1, .has_entry = has & 2 };

	hint.load = fuzz_number(&input, 5); /* a little more than 32 bits */
	hint.entry = has == 3 && fuzz_choice(&input, 2) ? hint.load : fuzz_number(&input, 5);
	parse_sound(part, &hint);
	copy = bytes_copy(part.data, part.size);
	check_room(copy, &hint);
	bytes_free(copy);
	return 0;
}
