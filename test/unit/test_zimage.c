/* SPDX-License-Identifier: BSD-2-Clause */
/* The zImage parser on Debian's own kernel, then on its header and tags changed. */
#include "test/unit/image_model.h"

/* Of the header, and of a word in the table of tags; see boot/image/image.h. */
enum {
	MAGIC = 0x24,
	START = 0x28,
	END = 0x2c,
	TAGS_MAGIC = 0x34,
	TAGS = 0x38
};
enum {
	WORDS,
	TAG,
	SIZE_AT,
	BSS,
	TEXT_OFFSET,
	HEAP
};

#define LOAD 0x42000000
#define MIB  0x100000u

static const struct image_hint hint = { .has_load = true, .load = LOAD };
static struct bytes kernel; /* as Debian built it; tests undo what they change */

static int set_up(void **state)
{
	(void)state;
	kernel = bytes_load(KERNEL_IMAGE);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bytes_free(kernel);
	return 0;
}

static uint32_t word(size_t at)
{
	uint32_t value = 0;

	assert_true(bytes_read_le32(&kernel, at, &value));
	return value;
}

static size_t tag(unsigned index)
{
	return word(TAGS) + 4 * index;
}

static int parse(struct image *image, const struct image_hint *h)
{
	struct error e = { 0 };
	int code = image_parse(image, "kernel", kernel, h, &e);

	assert_int_equal(code, e.code);
	if (!code)
		assert_image_sound(image);
	return code;
}

/* The code with one word changed, and changed back. */
static int with_word(size_t at, uint32_t value, struct image *image)
{
	uint32_t kept = word(at);
	int code;

	put_le32(kernel, at, value);
	code = parse(image, &hint);
	put_le32(kernel, at, kept);
	return code;
}

static void debians_kernel(void **state)
{
	uint32_t size = word(word(tag(SIZE_AT)));
	struct image image;

	(void)state;
	assert_int_equal(parse(&image, &hint), 0);
	assert_string_equal(image.format, "zimage");
	assert_int_equal(image.entry, LOAD);
	assert_false(image.thumb);
	assert_int_equal(image.table.size, 0);
	assert_int_equal(image.segments, 1);
	assert_int_equal(image.segment[0].to.base, LOAD);
	assert_int_equal(image.segment[0].from.size, kernel.size);
	/* bss, stack and heap: kexec-tools adds 4 KiB and 64 KiB, we more */
	assert_true(image.segment[0].to.size >= kernel.size + 0x11000);
	assert_true(image.segment[0].to.size <= kernel.size + 0x40000);

	/* armmp decompresses to RAM + 0x208000, and takes page tables below that */
	assert_true(size > 3 * kernel.size && size < 64 * MIB);
	assert_int_equal(word(tag(TEXT_OFFSET)), 0x208000);
	assert_int_equal(image.room.base, 0x40203000);
	assert_int_equal(range_end(image.room), 0x40208000 + size + word(tag(BSS)));
}

static void room_is_in_the_128_mib_of_the_load_address(void **state)
{
	static const phys_addr_t loads[][2] = { { 0x40008000, 0x40000000 },
						{ 0x47f00000, 0x40000000 },
						{ 0x48000000, 0x48000000 },
						{ 0x12000000, 0x10000000 },
						{ 0x00100000, 0x00000000 } };

	(void)state;
	for (unsigned i = 0; i < COUNT(loads); i++) {
		struct image_hint h = { .has_load = true, .load = loads[i][0] };
		struct image image;

		assert_int_equal(parse(&image, &h), 0);
		assert_int_equal(image.room.base, loads[i][1] + 0x203000);
		assert_int_equal(image.segment[0].to.base, loads[i][0]);
	}
}

static void older_tags_say_less(void **state)
{
	struct image image, full;
	uint32_t memory = word(word(tag(SIZE_AT))) + word(tag(BSS));

	(void)state;
	assert_int_equal(parse(&full, &hint), 0);
	assert_int_equal(with_word(tag(HEAP), 0x300000, &image), 0);
	assert_int_equal(image.segment[0].to.size - full.segment[0].to.size, 0x2f0000);
	assert_int_equal(with_word(tag(TEXT_OFFSET), 0x8000, &image), 0);
	assert_int_equal(image.room.base, 0x40003000);
	assert_int_equal(range_end(image.room), 0x40008000 + memory);
	/* no text offset (4 words, and 2 by mistake in the first kernels): wherever it may be */
	for (unsigned words = 2; words <= 4; words += 2) {
		assert_int_equal(with_word(tag(WORDS), words, &image), 0);
		assert_int_equal(image.room.base, 0x40003000);
		assert_int_equal(range_end(image.room), 0x40308000 + memory);
	}
	put_le32(kernel, tag(HEAP), 0x300000); /* no heap size: this is another tag */
	assert_int_equal(with_word(tag(WORDS), 5, &image), 0);
	put_le32(kernel, tag(HEAP), 0x10000);
	assert_int_equal(image.room.base, 0x40203000);
	assert_int_equal(image.segment[0].to.size, full.segment[0].to.size);
	/* no tags at all: four times the zImage */
	assert_int_equal(with_word(TAGS_MAGIC, 0, &image), 0);
	assert_int_equal(image.room.base, 0x40003000);
	assert_int_equal(range_end(image.room), 0x40308000 + 4 * kernel.size);
}

static void another_tag_may_come_first(void **state)
{
	uint32_t tags = word(TAGS), last = (uint32_t)kernel.size - 64;
	struct image image, full;
	uint8_t kept[64];

	(void)state;
	assert_int_equal(parse(&full, &hint), 0);
	memcpy(kept, bytes_at(kernel, last), sizeof(kept));
	put_le32(kernel, last, 3); /* three words of another tag */
	put_le32(kernel, last + 4, 0x5a534344);
	put_le32(kernel, last + 8, 0x5a534c4b);
	memcpy(bytes_at(kernel, last + 12), bytes_at(kernel, tags), 24);
	put_le32(kernel, TAGS, last);
	assert_int_equal(parse(&image, &hint), 0);
	assert_int_equal(image.room.base, full.room.base);
	assert_int_equal(image.room.size, full.room.size);
	put_le32(kernel, last, 0x40000003); /* 3 if its bytes are counted in 32 bits */
	assert_int_equal(parse(&image, &hint), E_ZIMAGE_BROKEN);
	put_le32(kernel, TAGS, tags);
	memcpy(bytes_at(kernel, last), kept, sizeof(kept));
}

static void inconsistent_headers(void **state)
{
	struct image image;
	const struct {
		size_t at;
		uint32_t value;
	} wrong[] = {
		{ END, (uint32_t)kernel.size + 1 }, /* cut off */
		{ END, 0xffffffff },
		{ END, 0 },
		{ START, word(END) },
		{ START, 0xffffffff },
		{ TAGS, (uint32_t)kernel.size },
		{ TAGS, (uint32_t)kernel.size - 4 },
		{ TAGS, (uint32_t)kernel.size - 12 },
		{ TAGS, 0xfffffffc },
		{ TAGS, 0 }, /* no tag there */
		{ tag(WORDS), 0 },
		{ tag(TAG), 0x5a534c4c },
		{ tag(SIZE_AT), (uint32_t)kernel.size - 3 },
		{ tag(SIZE_AT), 0xffffffff },
		{ tag(TEXT_OFFSET), 0x4ffc },
		{ word(tag(SIZE_AT)), 0 },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(wrong); i++)
		assert_int_equal(with_word(wrong[i].at, wrong[i].value, &image), E_ZIMAGE_BROKEN);
	assert_int_equal(parse(&image, &hint), 0);
}

static void tags_that_never_end(void **state)
{
	static uint8_t zeros[0x1000];
	struct bytes fake = bytes_copy(zeros, sizeof(zeros));

	(void)state;
	put_le32(fake, MAGIC, 0x016f2818);
	put_le32(fake, END, sizeof(zeros));
	put_le32(fake, TAGS_MAGIC, 0x45454545);
	put_le32(fake, TAGS, 0x100);
	for (size_t at = 0x100; at < sizeof(zeros); at += 4)
		put_le32(fake, at, 1);
	assert_int_equal(parse_sound(fake, &hint), E_ZIMAGE_BROKEN);
	put_le32(fake, 0x200, 6); /* a good one, but not among the first few */
	put_le32(fake, 0x204, 0x5a534c4b);
	put_le32(fake, 0x208, 0x300);
	put_le32(fake, 0x210, 0x8000);
	assert_int_equal(parse_sound(fake, &hint), E_ZIMAGE_BROKEN);
	put_le32(fake, TAGS, 0x200 - 4);
	assert_int_equal(parse_sound(fake, &hint), 0);
	put_le32(fake, 0x200 - 4, 0xffffffff); /* the next tag is beyond 4 GiB */
	assert_int_equal(parse_sound(fake, &hint), E_ZIMAGE_BROKEN);
	bytes_free(fake);
}

/* Sums of large sizes must not wrap: whatever the tags say, the room is at least that. */
static void sizes_do_not_wrap(void **state)
{
	struct image image;

	(void)state;
	assert_int_equal(with_word(tag(BSS), 0xffffffff, &image), 0);
	assert_true(image.room.size > 0xffffffff);
	assert_int_equal(with_word(word(tag(SIZE_AT)), 0xffffffff, &image), 0);
	assert_true(image.room.size > 0xffffffff);
	assert_int_equal(with_word(tag(TEXT_OFFSET), 0xffffffff, &image), 0);
	assert_true(image.room.base == 0x40000000ull + 0xffffffff - 0x5000);
	assert_int_equal(with_word(tag(HEAP), 0xffffffff, &image), E_OVERFLOW);
}

static void load_and_entry(void **state)
{
	static const struct {
		struct image_hint hint;
		int code;
	} hints[] = {
		{ { .has_load = false }, E_IMAGE_FORMAT },
		{ { .has_load = true, .load = LOAD, .has_entry = true, .entry = LOAD }, 0 },
		{ { .has_load = true, .load = LOAD, .has_entry = true, .entry = LOAD + 4 },
		  E_ZIMAGE_BROKEN },
		{ { .has_load = true, .load = LOAD, .has_entry = true, .entry = LOAD + 1 },
		  E_ZIMAGE_BROKEN },
		{ { .has_load = true, .load = LOAD, .has_entry = true, .entry = LOAD - 4 },
		  E_ZIMAGE_BROKEN },
		{ { .has_load = true, .load = LOAD + 4 }, E_ZIMAGE_BROKEN },
		{ { .has_load = true, .load = 0xfff00000 }, E_OVERFLOW },
		{ { .has_load = true, .load = 0x100000000 }, E_OVERFLOW },
		{ { .has_load = true, .load = 0xfffffffffffffff8 }, E_OVERFLOW },
	};
	struct image image;

	(void)state;
	for (unsigned i = 0; i < COUNT(hints); i++)
		assert_int_equal(parse(&image, &hints[i].hint), hints[i].code);
}

static void cut_off_and_mutated(void **state)
{
	struct bytes head = { kernel.data, 0x10000 };
	uint32_t end = word(END), tags = word(TAGS), size_at = word(tag(SIZE_AT));

	(void)state;
	assert_true(tags + 64 < head.size);
	/* a short copy that holds together, so that mutating it is quick */
	put_le32(kernel, END, (uint32_t)head.size);
	put_le32(kernel, tag(SIZE_AT), 0x8000);
	assert_int_equal(parse_sound(head, &hint), 0);
	mutate(head, &hint, 0x24, 0x3c);
	mutate(head, &hint, tags, tags + 28);
	for (size_t size = 0x28; size < head.size; size += size < 0x100 ? 1 : 511)
		assert_int_equal(parse_sound((struct bytes){ head.data, size }, &hint),
				 E_ZIMAGE_BROKEN);
	put_le32(kernel, END, end);
	put_le32(kernel, tag(SIZE_AT), size_at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(debians_kernel),
		cmocka_unit_test(room_is_in_the_128_mib_of_the_load_address),
		cmocka_unit_test(older_tags_say_less),
		cmocka_unit_test(another_tag_may_come_first),
		cmocka_unit_test(inconsistent_headers),
		cmocka_unit_test(tags_that_never_end),
		cmocka_unit_test(sizes_do_not_wrap),
		cmocka_unit_test(load_and_entry),
		cmocka_unit_test(cut_off_and_mutated),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
