/* SPDX-License-Identifier: BSD-2-Clause */
/* Segments written whole and in pieces; memory is an array here. */
#include "arch/arch.h"
#include "boot/segment.h"
#include "test/unit/unit.h"

#define BASE 0x5c000000u
#define DIRT 0xee

static uint8_t memory[64];
static uint64_t cleaned; /* a bit for each byte of memory */

void *arch_pointer(phys_addr_t address)
{
	assert_in_range(address, BASE, BASE + sizeof(memory));
	return memory + (address - BASE);
}

void arch_clean(const void *from, size_t size)
{
	for (size_t i = 0; i < size; i++)
		cleaned |= 1ull << ((const uint8_t *)from - memory + (ptrdiff_t)i);
}

static const uint8_t file[] = "0123456789abcdefghij";

static struct segment segment(size_t offset, size_t size, uint64_t to, uint64_t room)
{
	return (struct segment){ .from = { file + offset, size }, .to = { BASE + to, room } };
}

static int dirty(void **state)
{
	(void)state;
	memset(memory, DIRT, sizeof(memory));
	cleaned = 0;
	return 0;
}

/* @bytes at @at, and nothing else changed. */
static void assert_only(size_t at, const char *bytes, size_t size)
{
	for (size_t i = 0; i < sizeof(memory); i++)
		if (i < at || i >= at + size)
			assert_int_equal(memory[i], DIRT);
	assert_memory_equal(memory + at, bytes, size);
	assert_true(cleaned == ((1ull << size) - 1) << at);
}

static void whole_image(void **state)
{
	struct image image = { .data = { file, sizeof(file) }, .segments = 2 };

	(void)state;
	image.segment[0] = segment(2, 5, 8, 5);
	image.segment[1] = segment(10, 3, 13, 7);
	image_write(&image);
	assert_only(8, "23456abc\0\0\0\0", 12);
}

/* However it is cut, the same bytes arrive: pieces before, across and behind the segment too. */
static void pieces_of_any_size(void **state)
{
	const struct segment s = segment(3, 9, 16, 12);

	for (size_t piece = 1; piece <= sizeof(file); piece++) {
		dirty(state);
		for (size_t at = 0; at < sizeof(file); at += piece)
			segment_write(&s, file + at, file + at,
				      piece < sizeof(file) - at ? piece : sizeof(file) - at);
		segment_finish(&s);
		assert_only(16, "3456789ab\0\0\0", 12);
	}
}

static void all_zero(void **state)
{
	const struct segment s = segment(0, 0, 4, 8);

	(void)state;
	segment_write(&s, file, file, sizeof(file));
	segment_finish(&s);
	assert_only(4, "\0\0\0\0\0\0\0\0", 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(whole_image, dirty),
		cmocka_unit_test_setup(pieces_of_any_size, dirty),
		cmocka_unit_test_setup(all_zero, dirty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
