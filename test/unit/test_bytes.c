/* SPDX-License-Identifier: BSD-2-Clause */
/* Bounded reads, each block of exactly its size so that the address sanitizer watches its ends. */
#include "base/bytes.h"
#include "test/unit/unit.h"

#define SIZE 13

static const uint8_t pattern[SIZE] = { 0x10, 0x21, 0x32, 0x43, 0x54, 0x65, 0x76,
				       0x87, 0x98, 0xa9, 0xba, 0xcb, 0xdc };

static void slices_exactly_what_is_there(void **state)
{
	struct bytes b = bytes_copy(pattern, SIZE), part;

	(void)state;
	for (uint64_t offset = 0; offset <= SIZE + 2; offset++)
		for (uint64_t size = 0; size <= SIZE + 2; size++) {
			bool there = offset + size <= SIZE;

			assert_int_equal(bytes_slice(&b, offset, size, &part), there);
			if (!there)
				continue;
			assert_ptr_equal(part.data, b.data + offset);
			assert_int_equal(part.size, size);
		}
	bytes_free(b);
}

static void refuses_offsets_and_sizes_that_wrap(void **state)
{
	static const uint64_t huge[] = { UINT64_MAX,	   UINT64_MAX - SIZE + 1,
					 1ull << 63,	   1ull << 32,
					 (1ull << 32) + 1, UINT32_MAX,
					 UINT64_MAX - 3,   SIZE + 1 };
	struct bytes b = bytes_copy(pattern, SIZE), part;
	uint8_t to[4] = { 0 };
	uint32_t word = 77;

	(void)state;
	for (unsigned i = 0; i < COUNT(huge); i++) {
		for (uint64_t other = 0; other <= SIZE; other++) {
			assert_false(bytes_slice(&b, huge[i], other, &part));
			assert_false(bytes_slice(&b, other, huge[i], &part));
		}
		assert_false(bytes_read(&b, huge[i], to, sizeof(to)));
		assert_false(bytes_read_le32(&b, huge[i], &word));
	}
	assert_int_equal(word, 77);
	bytes_free(b);
}

static void reads_by_copy_or_not_at_all(void **state)
{
	struct bytes b = bytes_copy(pattern, SIZE);
	uint8_t to[4], untouched[4];

	(void)state;
	memset(untouched, 0xee, sizeof(untouched));
	for (uint64_t offset = 0; offset <= SIZE; offset++) {
		memset(to, 0xee, sizeof(to));
		if (bytes_read(&b, offset, to, sizeof(to)))
			assert_memory_equal(to, pattern + offset, sizeof(to));
		else
			assert_memory_equal(to, untouched, sizeof(to));
		assert_int_equal(memcmp(to, untouched, sizeof(to)) != 0, offset + 4 <= SIZE);
	}
	bytes_free(b);
}

static void words_are_little_endian(void **state)
{
	struct bytes b = bytes_copy(pattern, SIZE);
	uint32_t word;

	(void)state;
	assert_true(bytes_read_le32(&b, 0, &word));
	assert_int_equal(word, 0x43322110);
	assert_true(bytes_read_le32(&b, 5, &word)); /* unaligned */
	assert_int_equal(word, 0x98877665);
	assert_true(bytes_read_le32(&b, SIZE - 4, &word));
	assert_int_equal(word, 0xdccbbaa9);
	for (uint64_t offset = SIZE - 3; offset <= SIZE; offset++)
		assert_false(bytes_read_le32(&b, offset, &word));
	bytes_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices_exactly_what_is_there),
		cmocka_unit_test(refuses_offsets_and_sizes_that_wrap),
		cmocka_unit_test(reads_by_copy_or_not_at_all),
		cmocka_unit_test(words_are_little_endian),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
