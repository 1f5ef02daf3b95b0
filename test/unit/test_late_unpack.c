/* SPDX-License-Identifier: BSD-2-Clause */
/* An arm64 Image that is decompressed in two steps: its head for the plan, the rest to its place. */
#include <libdeflate.h>
#include <lz4frame.h>

#include "boot/feature/decompression/formats.h"
#include "boot/feature/late_unpack.h"
#include "boot/storage.h"
#include "test/unit/unit.h"

#define SIZE 300000u /* bytes of the Image: several blocks of either format */

static uint8_t content[SIZE], room[SIZE + 1], memory[4 * SIZE] __attribute__((aligned(8)));

static void fill_content(void)
{
	for (size_t i = 0; i + 16 < SIZE; i += 11)
		snprintf((char *)content + i, 12, "line %5zu\n", i / 11 * 7919 % 99991);
	memset(content, 0x5a, 4); /* no format's magic */
	memcpy(content + ARM64_MAGIC_AT, &(uint32_t){ ARM64_MAGIC }, 4);
}

static struct bytes packed_by(const char *format, int level, size_t size)
{
	static uint8_t packed[2 * SIZE];
	LZ4F_preferences_t lz4 = { .frameInfo = { .contentSize = size },
				   .compressionLevel = level };
	struct libdeflate_compressor *gzip = libdeflate_alloc_compressor(level);
	const size_t used =
		strcmp(format, "gzip") ?
			LZ4F_compressFrame(packed, sizeof(packed), content, size, &lz4) :
			libdeflate_gzip_compress(gzip, content, size, packed, sizeof(packed));

	libdeflate_free_compressor(gzip);
	return bytes_copy(packed, used);
}

static struct fit_image image_of(const char *format, struct bytes data)
{
	struct fit_image image = { .name = "it", .compression = format, .data = data, .hashes = 1 };
	struct hash_state h;

	image.hash[0].algorithm = hash_find("sha256");
	image.hash[0].algorithm->start(&h);
	image.hash[0].algorithm->add(&h, data.data, data.size);
	image.hash[0].algorithm->finish(&h, image.hash[0].value);
	return image;
}

static const char *const formats[] = { "gzip", "lz4" };

/* @size bytes of the content by @format, planned. */
static struct fit_image planned(const char *format, int level, size_t size)
{
	struct staging staging = { .data = memory, .size = sizeof(memory) };
	struct fit_image image = image_of(format, packed_by(format, level, size));
	struct error e = { 0 };

	assert_int_equal(late_unpack_feature.put_off(&image, false, &staging, &e), 0);
	if (is_put_off(&image))
		assert_int_equal(staging.used, 64);
	else
		assert_int_equal(staging.used, 0);
	return image;
}

static void assert_runs(struct fit_image *image, size_t size)
{
	struct error e = { 0 };

	memset(room, 0xa5, sizeof(room));
	if (late_unpack_feature.run(image, room, &e))
		fail_msg("%s: %s", error_name(e.code), e.text);
	assert_int_equal(room[size], 0xa5);
	assert_memory_equal(room, content, size);
	assert_ptr_equal(image->data.data, room);
	assert_int_equal(image->data.size, size);
	assert_true(image->verified && !is_put_off(image));
}

static void assert_fails(struct fit_image *image, int code)
{
	struct error e = { 0 };

	if (late_unpack_feature.run(image, room, &e) != code)
		fail_msg("%s: %s", error_name(e.code), e.text);
}

static void the_head_then_the_rest(void **state)
{
	(void)state;
	fill_content();
	for (unsigned i = 0; i < COUNT(formats); i++)
		for (int level = 1; level < 10; level += 4) {
			struct fit_image image = planned(formats[i], level, SIZE);
			struct bytes packed = image.packed;

			assert_true(is_put_off(&image) && !image.verified);
			assert_int_equal(image.data.size, SIZE);
			assert_memory_equal(image.data.data, content, ARM64_MAGIC_AT + 4);
			assert_runs(&image, SIZE);
			bytes_free(packed);
		}
}

/* What is no arm64 Image, or does not say how large it is, or not by a piece of its own. */
static void others_are_left(void **state)
{
	static const struct {
		uint32_t magic, at;
	} others[] = { { UIMAGE_MAGIC, UIMAGE_MAGIC_AT },
		       { ELF_MAGIC, ELF_MAGIC_AT },
		       { ZIMAGE_MAGIC, ZIMAGE_MAGIC_AT },
		       { 0, ARM64_MAGIC_AT } };
	struct fit_image image;

	(void)state;
	for (unsigned i = 0; i < COUNT(formats); i++)
		for (unsigned k = 0; k < COUNT(others); k++) {
			fill_content();
			memcpy(content + others[k].at, &others[k].magic, 4);
			image = planned(formats[i], 6, SIZE);
			assert_false(is_put_off(&image) || image.verified);
			bytes_free(image.data);
		}
	fill_content();
	image = planned("gzip", 0, SIZE); /* its blocks are of 64 KiB, as they are */
	assert_false(is_put_off(&image));
	bytes_free(image.data);
	image = planned("lz4", 6, 0);
	assert_false(is_put_off(&image));
	bytes_free(image.data);
	image = planned("gzip", 6, 300); /* ends within what the head is looked for in */
	assert_false(is_put_off(&image));
	bytes_free(image.data);
	image = image_of("none", (struct bytes){ content, SIZE });
	assert_int_equal(late_unpack_feature.put_off(&image, true, &(struct staging){ 0 },
						     &(struct error){ 0 }),
			 0);
	assert_false(is_put_off(&image) || image.verified);
}

/* The sanitizer sees one byte too many that is read. */
static void cut_off_anywhere(void **state)
{
	struct staging staging = { .data = memory, .size = sizeof(memory) };
	struct error e = { 0 };

	(void)state;
	fill_content();
	for (unsigned i = 0; i < COUNT(formats); i++) {
		struct bytes packed = packed_by(formats[i], 6, SIZE);

		for (size_t size = 0; size < 600 && size < packed.size; size++) {
			struct fit_image image =
				image_of(formats[i], bytes_copy(packed.data, size));
			struct bytes copy = image.data;

			assert_int_equal(late_unpack_feature.put_off(&image, false, &staging, &e),
					 0);
			if (is_put_off(&image))
				assert_fails(&image, E_COMPRESSED_BROKEN);
			staging.used = 0;
			bytes_free(copy);
		}
		bytes_free(packed);
	}
}

static void hash_comes_before_the_rest(void **state)
{
	(void)state;
	fill_content();
	for (unsigned i = 0; i < COUNT(formats); i++) {
		struct fit_image image = planned(formats[i], 6, SIZE);
		struct bytes packed = image.packed;

		image.hash[0].value[7] ^= 1;
		memset(room, 0xa5, sizeof(room));
		assert_fails(&image, E_HASH_WRONG);
		assert_true(bytes_are((struct bytes){ room, sizeof(room) }, 0xa5));
		bytes_free(packed);
	}
}

/* And before the head where nothing but what is signed may be seen; then not again. */
static void signed_ones_are_verified_first(void **state)
{
	struct staging staging = { .data = memory, .size = sizeof(memory) };
	struct error e = { 0 };

	(void)state;
	fill_content();
	for (unsigned i = 0; i < COUNT(formats); i++) {
		struct bytes packed = packed_by(formats[i], 6, SIZE);
		struct fit_image image = image_of(formats[i], packed), planned_again;

		image.hash[0].value[7] ^= 1;
		assert_int_equal(late_unpack_feature.put_off(&image, true, &staging, &e),
				 E_HASH_WRONG);
		assert_false(is_put_off(&image));
		image.hash[0].value[7] ^= 1;
		e = (struct error){ 0 };
		assert_int_equal(late_unpack_feature.put_off(&image, true, &staging, &e), 0);
		assert_true(is_put_off(&image) && image.verified);
		/* And again when it is unpacked: early contexts have run meanwhile. */
		image.hash[0].value[7] ^= 1;
		planned_again = image;
		assert_fails(&image, E_HASH_WRONG);
		image = planned_again;
		image.hash[0].value[7] ^= 1;
		assert_runs(&image, SIZE);
		bytes_free(packed);
	}
}

/* What it announces in the plan has to be what it makes: of other sizes, and of another beginning. */
static void the_plan_was_told_a_lie(void **state)
{
	(void)state;
	fill_content();
	for (unsigned i = 0; i < COUNT(formats); i++)
		for (int more = -1; more <= 1; more += 2) {
			struct bytes packed = packed_by(formats[i], 6, SIZE);
			struct fit_image image = planned(formats[i], 6, SIZE);
			struct bytes first = image.packed;

			image.packed = packed;
			image.data.size += (size_t)more;
			if (more > 0) /* there is room for it */
				assert_fails(&image, E_COMPRESSED_BROKEN);
			else
				assert_fails(&image, E_STAGING_FULL);
			bytes_free(first);
			bytes_free(packed);
		}
	for (unsigned i = 0; i < COUNT(formats); i++) {
		struct fit_image image = planned(formats[i], 6, SIZE), other;
		struct bytes first = image.packed;

		content[9] ^= 1;
		other = planned(formats[i], 6, SIZE);
		content[9] ^= 1;
		other.data.data = content;
		assert_fails(&other, E_COMPRESSED_BROKEN);
		bytes_free(other.packed);
		bytes_free(first);
	}
}

/* --- behind a window, as on a card -------------------------------------------------------------- */

static struct bytes stored;

static int read(const struct storage *s, uint64_t offset, void *to, size_t size, struct error *e)
{
	(void)s, (void)e;
	assert_true(offset <= stored.size && size <= stored.size - offset);
	memcpy(to, stored.data + offset, size);
	return 0;
}

static void from_a_window(void **state)
{
	static const struct storage storage = { .read = read };

	(void)state;
	fill_content();
	for (unsigned i = 0; i < COUNT(formats); i++) {
		struct staging staging = { .data = memory, .size = sizeof(memory) };
		struct bytes window = { (const uint8_t *)(uintptr_t)0x1000, 2 * SIZE };
		struct fit_image image;
		struct error e = { 0 };

		stored = packed_by(formats[i], 6, SIZE);
		image = image_of(formats[i], stored);
		image.data.data = window.data;
		storage_open(&storage, window);
		assert_int_equal(late_unpack_feature.put_off(&image, false, &staging, &e), 0);
		assert_true(is_put_off(&image));
		/* there is a place for it, and nothing in it yet */
		assert_true(image.packed_at > memory && staging.used >= 64 + stored.size);
		memset(image.packed_at, 0, stored.size);
		assert_runs(&image, SIZE);
		bytes_window = NULL;
		bytes_free(stored);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_head_then_the_rest),
		cmocka_unit_test(others_are_left),
		cmocka_unit_test(cut_off_anywhere),
		cmocka_unit_test(hash_comes_before_the_rest),
		cmocka_unit_test(signed_ones_are_verified_first),
		cmocka_unit_test(the_plan_was_told_a_lie),
		cmocka_unit_test(from_a_window),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
