/* SPDX-License-Identifier: BSD-2-Clause */
/* What gzip and lz4 have made, and what may have become of it; never a byte beyond the room. */
#include "boot/feature/decompression.h"
#include "boot/staging.h"
#include "boot/unpack.h"
#include "test/unit/unit.h"

#define CANARY	    64 /* bytes behind the room */
#define CANARY_BYTE 0xa5

struct unpacked {
	uint8_t *to;
	size_t size;
	struct error e;
};

static struct unpacked run(const char *format, struct bytes from, size_t room)
{
	struct unpacked u = { .to = malloc(room + CANARY), .size = SIZE_MAX };
	struct bytes copy = bytes_copy(from.data, from.size); /* its end is the sanitizer's */
	int code;

	assert_non_null(u.to);
	memset(u.to, CANARY_BYTE, room + CANARY);
	code = decompression_find(format)->run(copy, u.to, room, &u.size, &u.e);
	assert_int_equal(code, u.e.code);
	for (size_t i = 0; i < CANARY; i++)
		assert_int_equal(u.to[room + i], CANARY_BYTE);
	bytes_free(copy);
	return u;
}

static void assert_error(const char *format, struct bytes from, size_t room, int code)
{
	struct unpacked u = run(format, from, room);

	if (u.e.code != code)
		fail_msg("%s: %s: %s", format, error_name(u.e.code), u.e.text);
	free(u.to);
}

static void assert_makes(const char *format, struct bytes from, size_t room, struct bytes content)
{
	struct unpacked u = run(format, from, room);

	if (u.e.code)
		fail_msg("%s: %s: %s", format, error_name(u.e.code), u.e.text);
	assert_int_equal(u.size, content.size);
	assert_memory_equal(u.to, content.data, content.size);
	free(u.to);
}

static const struct file {
	const char *name, *format, *content;
	bool sized; /* says how much it makes */
} files[] = {
	{ "large.gz", "gzip", "large", true },	      { "small.gz", "gzip", "small", true },
	{ "named.gz", "gzip", "small", true },	      { "large.lz4", "lz4", "large", false },
	{ "large-linked.lz4", "lz4", "large", true }, { "large-blocks.lz4", "lz4", "large", true },
	{ "large-bare.lz4", "lz4", "large", false },  { "small.lz4", "lz4", "small", false },
	{ "small-sized.lz4", "lz4", "small", true },  { "random.lz4", "lz4", "random", true },
};

static struct bytes fixture(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), FIXTURES "/compressed/%s", name);
	return bytes_load(path);
}

static void every_kind_is_taken(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct bytes from = fixture(files[i].name), content = fixture(files[i].content);

		assert_makes(files[i].format, from, content.size, content);
		assert_makes(files[i].format, from, content.size + 100000, content);
		bytes_free(from);
		bytes_free(content);
	}
}

static void the_room_is_all_there_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct bytes from = fixture(files[i].name), content = fixture(files[i].content);

		assert_error(files[i].format, from, content.size - 1, E_STAGING_FULL);
		assert_error(files[i].format, from, 1, E_STAGING_FULL);
		assert_error(files[i].format, from, 0, E_STAGING_FULL);
		bytes_free(from);
		bytes_free(content);
	}
}

static void cut_off_anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct bytes from = fixture(files[i].name);
		size_t step = from.size > 2000 ? from.size / 50 : 1;

		for (size_t size = 0; size < from.size; size += step) {
			struct unpacked u =
				run(files[i].format, (struct bytes){ from.data, size }, 0x40000);

			/* what is then gzip's last word may say anything */
			assert_true(
				u.e.code == E_COMPRESSED_BROKEN ||
				(u.e.code == E_STAGING_FULL && !strcmp(files[i].format, "gzip")));
			free(u.to);
		}
		bytes_free(from);
	}
}

static void anything_behind_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct bytes from = fixture(files[i].name);
		uint8_t *more = calloc(1, from.size + 4);

		assert_non_null(more);
		memcpy(more, from.data, from.size);
		for (size_t extra = 1; extra <= 4; extra++)
			assert_error(files[i].format, (struct bytes){ more, from.size + extra },
				     0x40000, E_COMPRESSED_BROKEN);
		/* for gzip, with the size that was announced at its new end: nobody but its format knows */
		memcpy(more + from.size, from.data + from.size - 4, 4);
		assert_error(files[i].format, (struct bytes){ more, from.size + 4 }, 0x40000,
			     E_COMPRESSED_BROKEN);
		free(more);
		bytes_free(from);
	}
}

/* A bit turned over is found, or was in what does not matter, as a file's name. */
static void a_bit_is_wrong(void **state)
{
	unsigned taken = 0, refused = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct bytes from = fixture(files[i].name), content = fixture(files[i].content);

		for (size_t bit = 0; content.size < 10000 && bit < from.size * 8; bit++) {
			struct unpacked u;

			*bytes_at(from, bit / 8) ^= (uint8_t)(1 << bit % 8);
			u = run(files[i].format, from, 0x40000);
			*bytes_at(from, bit / 8) ^= (uint8_t)(1 << bit % 8);
			taken += !u.e.code;
			refused += !!u.e.code;
			if (!u.e.code) {
				assert_int_equal(u.size, content.size);
				assert_memory_equal(u.to, content.data, content.size);
			}
			free(u.to);
		}
		bytes_free(from);
		bytes_free(content);
	}
	assert_true(refused > 20 * taken);
}

/* The size in front of or behind the data is a lie, in either direction, or beyond all room. */
static void the_size_lies(void **state)
{
	struct bytes gzip = fixture("small.gz"), content = fixture("small");
	const uint32_t size = (uint32_t)content.size;

	(void)state;
	put_le32(gzip, gzip.size - 4, size - 1);
	assert_error("gzip", gzip, 0x40000, E_COMPRESSED_BROKEN);
	put_le32(gzip, gzip.size - 4, 0);
	assert_error("gzip", gzip, 0x40000, E_COMPRESSED_BROKEN);
	put_le32(gzip, gzip.size - 4, size + 1);
	assert_error("gzip", gzip, 0x40000, E_COMPRESSED_BROKEN);
	put_le32(gzip, gzip.size - 4, 0xffffffff);
	assert_error("gzip", gzip, 0x40000, E_COMPRESSED_BROKEN);
	put_le32(gzip, gzip.size - 4, (uint32_t)gzip.size * 1000);
	assert_error("gzip", gzip, 0x8000, E_STAGING_FULL);
	bytes_free(gzip);
	bytes_free(content);
}

/* A frame by hand: descriptor with its checksum, then what the test has. */
#define MAGIC 0x04, 0x22, 0x4d, 0x18

static void frames_by_hand(void **state)
{
	static const struct {
		uint8_t data[40];
		size_t size;
		int code;
		const char *text;
	} frames[] = {
		/* 0x60: version 1, independent blocks; checksum 0x82 of 60 40 */
		{ { MAGIC, 0x60, 0x40, 0x82, 3, 0, 0, 0x80, 'a', 'b', 'c', 0, 0, 0, 0 },
		  18,
		  0,
		  "abc" },
		{ { MAGIC, 0x60, 0x40, 0x82, 0, 0, 0, 0 }, 11, 0, "" },
		/* a literal and a match of what was before the frame */
		{ { MAGIC, 0x60, 0x40, 0x82, 9,	  0,   0, 0, 0x10, 'a', 2,
		    0,	   0x50, 'b',  'b',  'b', 'b', 0, 0, 0,	   0 },
		  24,
		  E_COMPRESSED_BROKEN,
		  NULL },
		/* block larger than 64 KiB */
		{ { MAGIC, 0x60, 0x40, 0x82, 1, 0, 1, 0x80, 0 }, 40, E_COMPRESSED_BROKEN, NULL },
		{ { MAGIC, 0x60, 0x40, 0x82, 0xff, 0xff, 0xff, 0xff, 0 },
		  40,
		  E_COMPRESSED_BROKEN,
		  NULL },
		/* wrong checksum of the descriptor; versions, block sizes, dictionary, reserved bits */
		{ { MAGIC, 0x60, 0x40, 0x83, 0, 0, 0, 0 }, 11, E_COMPRESSED_BROKEN, NULL },
		{ { MAGIC, 0xa0, 0x40, 0x82, 0, 0, 0, 0 }, 11, E_COMPRESSED_BROKEN, NULL },
		{ { MAGIC, 0x60, 0x30, 0x82, 0, 0, 0, 0 }, 11, E_COMPRESSED_BROKEN, NULL },
		{ { MAGIC, 0x60, 0xc0, 0x82, 0, 0, 0, 0 }, 11, E_COMPRESSED_BROKEN, NULL },
		{ { MAGIC, 0x61, 0x40, 0x82, 0, 0, 0, 0 }, 11, E_COMPRESSED_BROKEN, NULL },
		{ { MAGIC, 0x62, 0x40, 0x82, 0, 0, 0, 0 }, 11, E_COMPRESSED_BROKEN, NULL },
		/* skippable, and legacy */
		{ { 0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0 }, 8, E_COMPRESSED_BROKEN, NULL },
		{ { 0x02, 0x21, 0x4c, 0x18, 0, 0, 0, 0 }, 8, E_COMPRESSED_BROKEN, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(frames); i++) {
		struct bytes from = { frames[i].data, frames[i].size };

		if (frames[i].code)
			assert_error("lz4", from, 0x40000, frames[i].code);
		else
			assert_makes("lz4", from, 16,
				     (struct bytes){ (const uint8_t *)frames[i].text,
						     strlen(frames[i].text) });
	}
}

static void other_names_are_unknown(void **state)
{
	(void)state;
	assert_null(decompression_find("none"));
	assert_null(decompression_find("lzma"));
	assert_null(decompression_find("gzi"));
	assert_null(decompression_find(""));
}

/* --- boot/unpack.c, boot/staging.c ------------------------------------------------------------- */

static struct fit_image image_of(const char *compression, struct bytes data)
{
	struct fit_image image = {
		.name = "it", .compression = compression, .data = data, .hashes = 1
	};
	struct hash_state h;

	image.hash[0].algorithm = hash_find("sha256");
	image.hash[0].algorithm->start(&h);
	image.hash[0].algorithm->add(&h, data.data, data.size);
	image.hash[0].algorithm->finish(&h, image.hash[0].value);
	return image;
}

static void images_are_staged_one_behind_the_other(void **state)
{
	struct bytes gzip = fixture("small.gz"), lz4 = fixture("large.lz4");
	struct bytes small = fixture("small"), large = fixture("large");
	struct fit_image image[3] = { image_of("gzip", gzip), image_of("none", small),
				      image_of("lz4", lz4) };
	struct staging staging = { .size = small.size + large.size + 8 };
	struct error e = { 0 };

	(void)state;
	staging.data = malloc(staging.size);
	assert_non_null(staging.data);
	for (size_t i = 0; i < COUNT(image); i++)
		assert_int_equal(unpack_image(&image[i], &staging, &e), 0);
	assert_true(image[0].verified && !image[1].verified && image[2].verified);
	assert_ptr_equal(image[0].data.data, staging.data);
	assert_int_equal(image[0].data.size, small.size);
	assert_ptr_equal(image[1].data.data, small.data);
	assert_ptr_equal(image[2].data.data, staging.data + ((small.size + 7) & ~7ul));
	assert_int_equal(image[2].data.size, large.size);
	assert_memory_equal(image[2].data.data, large.data, large.size);
	/* and now it is full */
	image[0] = image_of("gzip", gzip);
	assert_int_equal(unpack_image(&image[0], &staging, &e), E_STAGING_FULL);
	free(staging.data);
	bytes_free(gzip);
	bytes_free(lz4);
	bytes_free(small);
	bytes_free(large);
}

/* What is not what was hashed is not even looked at. */
static void hash_comes_first(void **state)
{
	struct fit_image image = image_of("gzip", (struct bytes){ (const uint8_t *)"nonsense", 8 });
	struct staging staging = { 0 };
	struct error e = { 0 };

	(void)state;
	image.hash[0].value[5] ^= 1;
	assert_int_equal(unpack_image(&image, &staging, &e), E_HASH_WRONG);
	image.hash[0].value[5] ^= 1;
	e = (struct error){ 0 };
	assert_int_equal(unpack_image(&image, &staging, &e), E_COMPRESSED_BROKEN);
	image = image_of("bzip2", image.data);
	e = (struct error){ 0 };
	assert_int_equal(unpack_image(&image, &staging, &e), E_IMAGE_FORMAT);
	assert_non_null(strstr(e.text, "bzip2"));
}

static void staging_is_given_out_in_eights(void **state)
{
	uint8_t memory[20] __attribute__((aligned(8)));
	struct staging s = { memory, sizeof(memory), 0, 0 };
	struct error e = { 0 };
	size_t room;

	(void)state;
	assert_ptr_equal(staging_take(&s, 9, &e), memory);
	assert_ptr_equal(staging_next(&s, &room), memory + 16);
	assert_int_equal(room, 4);
	assert_null(staging_take(&s, 5, &e));
	assert_int_equal(e.code, E_STAGING_FULL);
	e = (struct error){ 0 };
	assert_ptr_equal(staging_take(&s, 3, &e), memory + 16); /* all that is left */
	assert_int_equal(s.used, sizeof(memory));
	assert_null(staging_take(&s, 1, &e));
	assert_null(staging_take(&s, SIZE_MAX, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_taken),
		cmocka_unit_test(the_room_is_all_there_is),
		cmocka_unit_test(cut_off_anywhere),
		cmocka_unit_test(anything_behind_it),
		cmocka_unit_test(a_bit_is_wrong),
		cmocka_unit_test(the_size_lies),
		cmocka_unit_test(frames_by_hand),
		cmocka_unit_test(other_names_are_unknown),
		cmocka_unit_test(images_are_staged_one_behind_the_other),
		cmocka_unit_test(hash_comes_first),
		cmocka_unit_test(staging_is_given_out_in_eights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
