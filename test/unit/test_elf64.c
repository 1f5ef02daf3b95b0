/* SPDX-License-Identifier: BSD-2-Clause */
/* ELF64 for AArch64: what is in other places than in ELF32 (test_elf.c), and what only 64 bits hold. */
#include "test/unit/image_model.h"

enum {
	ENTRY = 24,
	PHOFF = 32,
	SHOFF = 40,
	PHENTSIZE = 54,
	PHNUM = 56,
	SHENTSIZE = 58,
	HEADER = 64
};
enum {
	P_FLAGS = 4,
	P_OFFSET = 8,
	P_VADDR = 16,
	P_PADDR = 24,
	P_FILESZ = 32,
	P_MEMSZ = 40,
	P_SIZE = 56
};
enum {
	S_ADDR = 16,
	S_OFFSET = 24,
	S_SIZE_FIELD = 32,
	S_SIZE = 64
};

#define PROGRAM(n)    ((size_t)HEADER + (n)*P_SIZE)
#define CODE_AT	      0x100
#define CODE_SIZE     0x40
#define TABLE_AT      0x140
#define TABLE_SIZE    0x20
#define NAMES_AT      0x160
#define SECTION(n)    ((size_t)0x180 + (n)*S_SIZE)
#define FILE_SIZE     0x240
#define CODE_VIRTUAL  0xffff800008000000ull
#define CODE_PHYSICAL 0x880000000ull /* above 4 GiB */
#define TABLE	      0x5d000000ull
#define MEMORY_END    0x1000000000000ull /* 48 bits */

static const struct image_hint no_hint;
static uint8_t file[FILE_SIZE];
static const struct bytes elf = { file, FILE_SIZE };

static void put_le64(size_t at, uint64_t value)
{
	put_le32(elf, at, (uint32_t)value);
	put_le32(elf, at + 4, (uint32_t)(value >> 32));
}

static void put_segment(unsigned n, uint32_t flags, uint64_t offset, uint64_t virt, uint64_t to,
			uint64_t size)
{
	put_le32(elf, PROGRAM(n), 1);
	put_le32(elf, PROGRAM(n) + P_FLAGS, flags);
	put_le64(PROGRAM(n) + P_OFFSET, offset);
	put_le64(PROGRAM(n) + P_VADDR, virt);
	put_le64(PROGRAM(n) + P_PADDR, to);
	put_le64(PROGRAM(n) + P_FILESZ, size);
	put_le64(PROGRAM(n) + P_MEMSZ, size);
}

static void put_section(unsigned n, uint32_t name, uint64_t addr, uint64_t offset, uint64_t size)
{
	put_le32(elf, SECTION(n), name);
	put_le32(elf, SECTION(n) + 4, 1);
	put_le64(SECTION(n) + S_ADDR, addr);
	put_le64(SECTION(n) + S_OFFSET, offset);
	put_le64(SECTION(n) + S_SIZE_FIELD, size);
}

static int set_up(void **state)
{
	static const uint8_t ident[] = { 0x7f, 'E', 'L', 'F', 2, 1, 1 };
	static const char names[] = "\0.resource_table";

	(void)state;
	memset(file, 0, sizeof(file));
	memcpy(file, ident, sizeof(ident));
	memcpy(file + NAMES_AT, names, sizeof(names));
	put_le32(elf, 16, 2 | 183 << 16);
	put_le32(elf, 20, 1);
	put_le64(ENTRY, CODE_VIRTUAL + 8);
	put_le64(PHOFF, HEADER);
	put_le64(SHOFF, SECTION(0));
	put_le32(elf, 52, HEADER | P_SIZE << 16);
	put_le32(elf, PHNUM, 2 | S_SIZE << 16);
	put_le32(elf, 60, 3 | 2 << 16);
	put_segment(0, 5, CODE_AT, CODE_VIRTUAL, CODE_PHYSICAL, CODE_SIZE);
	put_le64(PROGRAM(0) + P_MEMSZ, 0x1000);
	put_segment(1, 6, TABLE_AT, TABLE, TABLE, TABLE_SIZE);
	put_section(1, 1, TABLE, TABLE_AT, TABLE_SIZE);
	put_section(2, 0, 0, NAMES_AT, sizeof(names));
	return 0;
}

static int code(void)
{
	return parse_sound(elf, &no_hint);
}

static void as_it_is(void **state)
{
	struct error e = { 0 };
	struct image image;

	(void)state;
	assert_int_equal(image_parse(&image, "b", elf, &no_hint, &e), 0);
	assert_image_sound(&image);
	assert_string_equal(image.format, "elf64");
	assert_int_equal(image.bits, 64);
	assert_int_equal(image.segments, 2);
	assert_true(image.segment[0].to.base == CODE_PHYSICAL);
	assert_int_equal(image.segment[0].to.size, 0x1000);
	assert_int_equal(image.segment[0].from.size, CODE_SIZE);
	assert_true(image.segment[0].vaddr == CODE_VIRTUAL);
	assert_true(image.segment[0].executable);
	assert_false(image.segment[1].executable);
	assert_true(image.entry == CODE_PHYSICAL + 8);
	assert_false(image.thumb);
	assert_int_equal(image.table.size, TABLE_SIZE);
	assert_int_equal(image.table_address, TABLE);
}

static void numbers_of_64_bits(void **state)
{
	static const struct {
		size_t at;
		uint64_t value;
	} misplaced[] = {
		{ SECTION(1) + S_ADDR, 0x100000000 + TABLE },
		{ SECTION(1) + S_OFFSET, 0x100000000 + TABLE_AT },
		{ SECTION(1) + S_SIZE_FIELD, 0x100000000 + TABLE_SIZE },
		{ SECTION(1) + S_SIZE_FIELD, UINT64_MAX },
	};
	static const struct {
		size_t at;
		uint64_t value;
		int code;
	} cases[] = {
		{ ENTRY, CODE_VIRTUAL, 0 },
		{ ENTRY, CODE_VIRTUAL + 9, E_ELF_ENTRY }, /* no Thumb */
		{ ENTRY, CODE_VIRTUAL + 10, E_ELF_ENTRY },
		{ ENTRY, CODE_VIRTUAL + CODE_SIZE, E_ELF_ENTRY },
		{ ENTRY, CODE_PHYSICAL, 0 },
		{ ENTRY, CODE_PHYSICAL + CODE_SIZE, E_ELF_ENTRY },
		{ ENTRY, (uint32_t)CODE_VIRTUAL, E_ELF_ENTRY },
		{ PHOFF, 0x100000000 + HEADER, E_ELF_BROKEN },
		{ PHOFF, UINT64_MAX - P_SIZE + 1, E_ELF_BROKEN }, /* the second is at 0 */
		{ PHOFF, UINT64_MAX, E_ELF_BROKEN },
		{ SHOFF, UINT64_MAX - S_SIZE + 1, E_ELF_BROKEN },
		{ SHOFF, 0x100000000 + SECTION(0), E_ELF_BROKEN },
		{ PROGRAM(0) + P_OFFSET, 0x100000000 + CODE_AT, E_ELF_BROKEN },
		{ PROGRAM(0) + P_OFFSET, 0 - (uint64_t)CODE_SIZE, E_ELF_BROKEN },
		{ PROGRAM(0) + P_FILESZ, 0x100000000 + CODE_SIZE, E_ELF_BROKEN },
		{ PROGRAM(0) + P_MEMSZ, 0x100000000, 0 },
		{ PROGRAM(0) + P_MEMSZ, UINT64_MAX, E_OVERFLOW },
		{ PROGRAM(0) + P_PADDR, MEMORY_END - 0x1000, 0 },
		{ PROGRAM(0) + P_PADDR, MEMORY_END - 0xfff, E_OVERFLOW },
		{ PROGRAM(0) + P_PADDR, UINT64_MAX - 0xfff, E_OVERFLOW },
		{ PROGRAM(0) + P_VADDR, UINT64_MAX - 0xffe, E_OVERFLOW },
		{ SECTION(2) + S_OFFSET, 0x100000000 + NAMES_AT, E_ELF_BROKEN },
		{ SECTION(2) + S_SIZE_FIELD, UINT64_MAX, E_ELF_BROKEN },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		set_up(NULL);
		put_le64(cases[i].at, cases[i].value);
		assert_int_equal(code(), cases[i].code);
	}
	/* a table that no segment loads is nobody's fault yet */
	for (unsigned i = 0; i < COUNT(misplaced); i++) {
		struct image image;

		set_up(NULL);
		put_le64(misplaced[i].at, misplaced[i].value);
		assert_int_equal(image_parse(&image, "b", elf, &no_hint, &(struct error){ 0 }), 0);
		assert_true(image.table_misplaced && !image.table.size);
	}
	/* a virtual segment may end where the addresses do */
	set_up(NULL);
	put_le64(PROGRAM(0) + P_VADDR, UINT64_MAX - 0xfff);
	put_le64(ENTRY, UINT64_MAX - 0xfff);
	assert_int_equal(code(), 0);
}

static void wrong_header(void **state)
{
	static const struct {
		size_t at;
		uint32_t value;
		int code;
		const char *said;
	} wrong[] = {
		/* class 32, little-endian */
		{ 4, 1 | 1 << 8, E_ELF_MACHINE, "elf32 with e_machine 183, not 40" },
		{ 4, 2 | 2 << 8, E_ELF_CLASS, "EI_DATA 2, not 1" },
		{ 6, 0, E_ELF_BROKEN, "EI_VERSION 0, not 1" },
		{ 16, 3, E_ELF_TYPE, "e_type 3, not 2" },
		{ 18, 40, E_ELF_MACHINE, "elf64 with e_machine 40, not 183: for Arm" },
		{ 18, 62, E_ELF_MACHINE, "e_machine 62, not 183: for x86-64" },
		{ 20, 2, E_ELF_BROKEN, "e_version 2, not 1" },
		{ PHENTSIZE, 32, E_ELF_BROKEN, "e_phentsize 32, not 56" },
		{ SHENTSIZE, 40, E_ELF_BROKEN, "e_shentsize 40, not 64" },
		{ PHNUM, 0xffff, E_ELF_BROKEN, "e_phnum 65535" },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(wrong); i++) {
		struct error e = { 0 };
		struct image image;

		set_up(NULL);
		put_le16(elf, wrong[i].at, wrong[i].value);
		assert_int_equal(code(), wrong[i].code);
		image_parse(&image, "b", elf, &no_hint, &e);
		assert_non_null(strstr(e.text, wrong[i].said));
	}
}

static void every_length_and_byte(void **state)
{
	(void)state;
	for (size_t size = 4; size < FILE_SIZE; size++)
		assert_int_not_equal(parse_sound((struct bytes){ file, size }, &no_hint), 0);
	mutate(elf, &no_hint, 0, CODE_AT);
	mutate(elf, &no_hint, NAMES_AT, FILE_SIZE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(as_it_is, set_up),
		cmocka_unit_test_setup(numbers_of_64_bits, set_up),
		cmocka_unit_test_setup(wrong_header, set_up),
		cmocka_unit_test_setup(every_length_and_byte, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
