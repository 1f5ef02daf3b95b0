/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ELF parser on firmware as people build it (test/fixtures/firmware.c), on other people's
 * ELFs, and on the firmware's headers broken in every way that we know of.
 */
#include "test/unit/image_model.h"

#define THUMB FIXTURES "/thumb.elf"
#define ARM   FIXTURES "/arm.elf"
#define UBOOT "/usr/lib/u-boot/" /* Debian's u-boot-qemu */

/* Offsets in the ELF header, in a program header, in a section header. */
enum {
	CLASS = 4,
	ORDER = 5,
	EI_VERSION = 6,
	OSABI = 7,
	TYPE = 16,
	MACHINE = 18,
	VERSION = 20,
	ENTRY = 24,
	PHOFF = 28
};
enum {
	SHOFF = 32,
	FLAGS = 36,
	PHENTSIZE = 42,
	PHNUM = 44,
	SHENTSIZE = 46,
	SHNUM = 48,
	SHSTRNDX = 50
};
enum {
	P_TYPE = 0,
	P_OFFSET = 4,
	P_VADDR = 8,
	P_PADDR = 12,
	P_FILESZ = 16,
	P_MEMSZ = 20
};
enum {
	P_FLAGS = 24,
	P_SIZE = 32
};
enum {
	S_NAME = 0,
	S_TYPE = 4,
	S_ADDR = 12,
	S_OFFSET = 16,
	S_SIZE = 20,
	S_HEADER = 40
};
enum {
	TEXT_SEGMENT,
	DATA_SEGMENT,
	TABLE_SEGMENT,
	EMPTY_SEGMENT
};
#define TABLE_SECTION 4

static const struct image_hint no_hint;
static struct bytes good;

static int set_up(void **state)
{
	(void)state;
	good = bytes_load(THUMB);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bytes_free(good);
	return 0;
}

static uint32_t word(size_t offset)
{
	uint32_t value = 0;

	assert_true(bytes_read_le32(&good, offset, &value));
	return value;
}

static size_t program(unsigned segment, size_t field)
{
	return word(PHOFF) + segment * P_SIZE + field;
}

static size_t section(unsigned number, size_t field)
{
	return word(SHOFF) + number * S_HEADER + field;
}

static int parse(struct image *image)
{
	struct error e = { 0 };

	return image_parse(image, "b", good, &no_hint, &e);
}

static int code(void)
{
	return parse_sound(good, &no_hint);
}

static void firmware_as_it_is(void **state)
{
	struct image image;

	(void)state;
	assert_int_equal(parse(&image), 0);
	assert_image_sound(&image);
	assert_string_equal(image.name, "b");
	assert_string_equal(image.format, "elf32");
	assert_int_equal(image.segments, 3); /* the fourth PT_LOAD is empty */
	assert_int_equal(image.room.size, 0);

	assert_int_equal(image.segment[0].to.base, 0x5c000000);
	assert_int_equal(image.segment[0].vaddr, 0x10000000);
	assert_true(image.segment[0].executable);
	assert_false(image.segment[1].executable);
	/* data and bss: 4 bytes of the file, the rest cleared */
	assert_int_equal(image.segment[1].to.base, word(program(1, P_PADDR)));
	assert_int_equal(image.segment[1].from.size, 4);
	assert_int_equal(image.segment[1].to.size, 4 + 64 * 4);
	assert_memory_equal(image.segment[1].from.data, "\x78\x56\x34\x12", 4);

	/* entry is virtual and odd for Thumb */
	assert_int_equal(word(ENTRY) & 1, 1);
	assert_true(image.thumb);
	assert_true(image.entry > 0x5c000000);
	assert_int_equal(image.entry, word(ENTRY) - 1 - 0x10000000 + 0x5c000000);

	assert_int_equal(image.table.size, 32);
	assert_int_equal(image.table_address, 0x5d000000);
	assert_memory_equal(image.table.data, "\1\0\0\0\1\0\0\0", 8);
}

static void arm_state(void **state)
{
	struct bytes arm = bytes_load(ARM);
	struct error e = { 0 };
	struct image image;

	(void)state;
	assert_int_equal(image_parse(&image, "b", arm, &no_hint, &e), 0);
	assert_image_sound(&image);
	assert_false(image.thumb);
	assert_int_equal(image.entry & 3, 0);
	bytes_free(arm);
}

static void other_peoples_elfs(void **state)
{
	static const struct {
		const char *path;
		int code;
	} theirs[] = {
		{ UBOOT "maltael/uboot.elf", E_ELF_MACHINE },
		{ UBOOT "qemu-x86/uboot.elf", E_ELF_MACHINE },
		{ UBOOT "qemu-ppce500/uboot.elf", E_ELF_CLASS }, /* big-endian */
		{ UBOOT "qemu_arm64/uboot.elf", E_ELF_TYPE },	 /* position-independent */
		{ UBOOT "qemu-riscv64/uboot.elf", E_ELF_MACHINE },
		{ UBOOT "qemu_arm/uboot.elf", E_ELF_TYPE }, /* position-independent */
		{ "/proc/self/exe", E_ELF_MACHINE },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(theirs); i++) {
		struct error e = { 0 };
		struct image image;
		struct bytes data;

		data = bytes_load(theirs[i].path);
		assert_int_equal(image_parse(&image, theirs[i].path, data, &no_hint, &e),
				 theirs[i].code);
		bytes_free(data);
	}
}

static void wrong_header(void **state)
{
	static const struct {
		size_t at;
		uint32_t value;
		int code;
	} wrong[] = {
		{ CLASS, 2, E_ELF_MACHINE },
		{ CLASS, 3, E_ELF_CLASS },
		{ CLASS, 0, E_ELF_CLASS },
		{ ORDER, 2, E_ELF_CLASS },
		{ TYPE, 1, E_ELF_TYPE },
		{ TYPE, 3, E_ELF_TYPE },
		{ MACHINE, 183, E_ELF_MACHINE },
		{ MACHINE, 243, E_ELF_MACHINE },
		{ EI_VERSION, 2, E_ELF_BROKEN },
		{ VERSION, 2, E_ELF_BROKEN },
		{ PHENTSIZE, 31, E_ELF_BROKEN },
		{ PHNUM, 0xffff, E_ELF_BROKEN },    /* the number is elsewhere */
		{ FLAGS + 2, 0x0580, E_ELF_CLASS }, /* EABI 5, BE8 */
		{ FLAGS, 0x0400, 0 },		    /* hard float */
		{ OSABI, 0x61, 0 },
		{ PHENTSIZE, 56, E_ELF_BROKEN },
		{ PHNUM, 0, E_ELF_ENTRY },
		{ SHENTSIZE, 64, E_ELF_BROKEN },
		{ SHSTRNDX, 0xfff0, E_ELF_BROKEN },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(wrong); i++) {
		uint8_t kept[2] = { *bytes_at(good, wrong[i].at),
				    *bytes_at(good, wrong[i].at + 1) };

		if (wrong[i].at == CLASS || wrong[i].at == ORDER)
			*bytes_at(good, wrong[i].at) = (uint8_t)wrong[i].value;
		else
			put_le16(good, wrong[i].at, wrong[i].value);
		assert_int_equal(code(), wrong[i].code);
		memcpy(bytes_at(good, wrong[i].at), kept, 2);
	}
	assert_int_equal(code(), 0);
}

/* Of a header that is wrong in one thing, by its name and both numbers; of no other. */
static void what_is_wrong_in_the_header(void **state)
{
	static const struct {
		uint16_t at, value;
		int code;
		const char *said;
	} wrong[] = {
		{ CLASS, 3 | 1 << 8, E_ELF_CLASS, "EI_CLASS 3, not 1" },
		{ CLASS, 1 | 2 << 8, E_ELF_CLASS, "EI_DATA 2, not 1: big-endian" },
		{ EI_VERSION, 0, E_ELF_BROKEN, "EI_VERSION 0, not 1" },
		{ TYPE, 1, E_ELF_TYPE, "e_type 1, not 2" },
		{ TYPE, 3, E_ELF_TYPE, "e_type 3, not 2" },
		{ MACHINE, 62, E_ELF_MACHINE, "e_machine 62, not 40: for x86-64" },
		{ MACHINE, 183, E_ELF_MACHINE, "elf32 with e_machine 183, not 40: for AArch64" },
		{ VERSION, 2, E_ELF_BROKEN, "e_version 2, not 1" },
		{ VERSION + 2, 1, E_ELF_BROKEN, "e_version 65537, not 1" },
		{ FLAGS + 2, 0x0580, E_ELF_CLASS, "EF_ARM_BE8 1, not 0: big-endian" },
		{ PHENTSIZE, 56, E_ELF_BROKEN, "e_phentsize 56, not 32" },
		{ PHNUM, 0xffff, E_ELF_BROKEN, "e_phnum 65535" },
		{ SHENTSIZE, 64, E_ELF_BROKEN, "e_shentsize 64, not 40" },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(wrong); i++) {
		struct bytes kept = bytes_copy(good.data, good.size);
		struct error e = { 0 };
		struct image image;

		put_le16(good, wrong[i].at, wrong[i].value);
		assert_int_equal(image_parse(&image, "b", good, &no_hint, &e), wrong[i].code);
		assert_non_null(strstr(e.text, wrong[i].said));
		bytes_free(good);
		good = kept;
	}
}

/* Who is linked with libraries of Linux's is none of ours; one that only brings a table may be. */
static void program_for_linux(void **state)
{
	const struct image_hint table = { .data_only = true, .bits = 32 };
	const size_t type = word(PHOFF) + 3 * P_SIZE;
	const uint32_t kept = word(type);
	struct error e = { 0 };
	struct image image;

	(void)state;
	put_le32(good, type, 3); /* PT_INTERP */
	assert_int_equal(image_parse(&image, "b", good, &no_hint, &e), E_ELF_TYPE);
	assert_non_null(strstr(e.text, "segment 3 is PT_INTERP"));
	memset(&e, 0, sizeof(e));
	assert_int_equal(image_parse(&image, "b", good, &table, &e), 0);
	put_le32(good, type, kept);
}

static void program_headers_outside_the_file(void **state)
{
	uint32_t phoff = word(PHOFF);

	(void)state;
	put_le16(good, PHNUM, 0xffff);
	assert_int_equal(code(), E_ELF_BROKEN);
	put_le16(good, PHNUM, 4);
	put_le32(good, PHOFF, 0xffffffe0); /* + 32 wraps in 32 bits */
	assert_int_equal(code(), E_ELF_BROKEN);
	put_le32(good, PHOFF, (uint32_t)good.size - 4 * P_SIZE + 1);
	assert_int_equal(code(), E_ELF_BROKEN);
	put_le32(good, PHOFF, phoff);
	assert_int_equal(code(), 0);
}

static void segments_that_wrap_or_reach_outside(void **state)
{
	static const struct {
		size_t field;
		uint32_t value;
		int code;
	} wrong[] = {
		{ P_OFFSET, 0xffffffff, E_ELF_BROKEN },
		{ P_OFFSET, 0xfffffffc, E_ELF_BROKEN }, /* offset + filesz is 0 in 32 bits */
		{ P_FILESZ, 0x105, E_ELF_BROKEN },	/* one more than memsz */
		{ P_FILESZ, 0xffffffff, E_ELF_BROKEN },
		{ P_MEMSZ, 3, E_ELF_BROKEN },
		{ P_MEMSZ, 0xffffffff, E_OVERFLOW },
		{ P_PADDR, 0xfffffefd, E_OVERFLOW }, /* one byte passes 4 GiB */
		{ P_PADDR, 0xfffffefc, 0 },	     /* ends exactly there */
		{ P_VADDR, 0xfffffefd, E_OVERFLOW },
		{ P_VADDR, 0xfffffefc, 0 },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(wrong); i++) {
		size_t at = program(DATA_SEGMENT, wrong[i].field);
		uint32_t kept = word(at);

		put_le32(good, at, wrong[i].value);
		assert_int_equal(code(), wrong[i].code);
		put_le32(good, at, kept);
	}
	/* the file's last byte, and one more */
	put_le32(good, program(DATA_SEGMENT, P_OFFSET), (uint32_t)good.size - 4);
	assert_int_equal(code(), 0);
	put_le32(good, program(DATA_SEGMENT, P_OFFSET), (uint32_t)good.size - 3);
	assert_int_equal(code(), E_ELF_BROKEN);
}

static void a_segment_of_bss_alone_may_have_any_offset(void **state)
{
	struct image image;

	(void)state;
	put_le32(good, program(DATA_SEGMENT, P_FILESZ), 0);
	put_le32(good, program(DATA_SEGMENT, P_OFFSET), 0xffff0000);
	assert_int_equal(parse(&image), 0);
	assert_image_sound(&image);
	assert_int_equal(image.segment[1].from.size, 0);
	assert_int_equal(image.segment[1].to.size, 260);
}

static void entry_must_be_in_loaded_code(void **state)
{
	uint32_t text = word(program(TEXT_SEGMENT, P_FILESZ));
	const struct {
		uint32_t entry;
		int code;
	} entries[] = {
		{ 0x10000000, 0 },
		{ 0x10000001, 0 },
		{ 0x10000002, E_ELF_ENTRY }, /* neither Thumb nor a multiple of 4 */
		{ 0x10000003, 0 },	     /* Thumb at a multiple of 2 */
		{ 0x10000000 + text - 1, 0 },
		{ 0x10000000 + text, E_ELF_ENTRY },
		{ 0x0fffffff, E_ELF_ENTRY },
		{ 0x5c000001, 0 }, /* physical, where it is nothing virtual */
		{ 0x5c000000 + text, E_ELF_ENTRY },
		{ 0x10010001, E_ELF_ENTRY }, /* data */
		{ 0x5d000001, E_ELF_ENTRY }, /* table */
		{ 0, E_ELF_ENTRY },
		{ 0xffffffff, E_ELF_ENTRY },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(entries); i++) {
		put_le32(good, ENTRY, entries[i].entry);
		assert_int_equal(code(), entries[i].code);
	}
	/* in an executable segment, but where only zeros are */
	put_le32(good, program(DATA_SEGMENT, P_FLAGS), 7);
	put_le32(good, ENTRY, 0x10010001);
	assert_int_equal(code(), 0);
	put_le32(good, ENTRY, 0x10010005);
	assert_int_equal(code(), E_ELF_ENTRY);
}

/* One sentence for each way to be no place to enter. */
static void why_it_is_no_entry(void **state)
{
	const struct {
		uint32_t entry;
		const char *why;
	} entries[] = {
		{ 0, "ENTRY()" },
		{ 0x10010001, "not executable" },
		{ 0x10000002, "multiple" },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(entries); i++) {
		struct error e = { 0 };
		struct image image;

		put_le32(good, ENTRY, entries[i].entry);
		assert_int_equal(image_parse(&image, "b", good, &no_hint, &e), E_ELF_ENTRY);
		assert_non_null(strstr(e.text, entries[i].why));
	}
	put_le32(good, program(DATA_SEGMENT, P_FLAGS), 7);
	put_le32(good, ENTRY, 0x10010005);
	{
		struct error e = { 0 };
		struct image image;

		assert_int_equal(image_parse(&image, "b", good, &no_hint, &e), E_ELF_ENTRY);
		assert_non_null(strstr(e.text, "bss"));
	}
}

/* A copy with @count program headers behind everything else, all null. */
static void make_room(unsigned count)
{
	size_t at = (good.size + 3) & ~3u;
	uint8_t *data = calloc(1, at + count * P_SIZE);

	assert_non_null(data);
	memcpy(data, good.data, good.size);
	bytes_free(good);
	good = (struct bytes){ data, at + count * P_SIZE };
	put_le32(good, PHOFF, (uint32_t)at);
	put_le16(good, PHNUM, count);
}

static void put_segment(unsigned n, const uint32_t fields[8])
{
	for (unsigned i = 0; i < 8; i++)
		put_le32(good, program(n, 4 * i), fields[i]);
}

static void as_many_segments_as_there_is_room_for(void **state)
{
	uint8_t kept[4 * P_SIZE];

	(void)state;
	memcpy(kept, good.data + word(PHOFF), sizeof(kept));
	make_room(IMAGE_SEGMENTS + 1);
	memcpy(bytes_at(good, word(PHOFF)), kept, 3 * P_SIZE);
	for (unsigned i = 3; i <= IMAGE_SEGMENTS; i++) {
		uint32_t at = 0x5c100000 + 0x100 * i;

		put_segment(i, (uint32_t[]){ 1, 0x1000, at, at, 4, 0x100, 6, 4 });
	}
	put_le16(good, PHNUM, IMAGE_SEGMENTS);
	assert_int_equal(code(), 0);
	put_le16(good, PHNUM, IMAGE_SEGMENTS + 1);
	assert_int_equal(code(), E_TOO_MANY_SEGMENTS);
}

/* bss, say, that runs into what follows: the sentence has both. */
static void segments_of_one_image_are_apart(void **state)
{
	uint32_t data = word(program(DATA_SEGMENT, P_PADDR));
	struct error e = { 0 };
	struct image image;

	(void)state;
	put_le32(good, program(TABLE_SEGMENT, P_PADDR), data + 259);
	assert_int_equal(image_parse(&image, "b", good, &no_hint, &e), E_OVERLAP);
	assert_non_null(strstr(e.text, "b: segment 2 0x"));
	assert_non_null(strstr(e.text, "its segment 1 0x"));
	put_le32(good, program(TABLE_SEGMENT, P_PADDR), data + 260);
	assert_int_equal(code(), 0);
}

static void headers_of_every_kind_and_order(void **state)
{
	const uint32_t odd[][8] = {
		{ 0x70000001, 0xffffffff, 0x5c000000, 0x5c000000, 8, 8, 4, 4 }, /* EXIDX */
		{ 7, 0x1000, 0, 0, 0, 0, 4, 4 },				/* TLS of size 0 */
		{ 1, 0xffff0000, 0, 0, 0, 0, 6, 4 },			/* LOAD of 0 bytes at 0 */
		{ 0x6474e551, 0, 0, 0, 0, 0, 6, 16 },			/* GNU_STACK */
		{ 4, 0xffffffff, 0, 0, 0xffffffff, 0xffffffff, 4, 4 },	/* NOTE */
		{ 6, 52, 52, 52, 0xffffffff, 0xffffffff, 4, 4 },	/* PHDR */
		{ 1, 0xffff0000, 0x5c200000, 0x5c200000, 0, 64, 6, 4 }, /* all bss */
	};
	uint8_t kept[3 * P_SIZE];
	struct image image;

	(void)state;
	memcpy(kept, good.data + word(PHOFF), sizeof(kept));
	make_room(COUNT(odd) + 3);
	for (unsigned i = 0; i < COUNT(odd); i++)
		put_segment(i, odd[i]);
	for (unsigned i = 0; i < 3; i++) /* the highest first */
		memcpy(bytes_at(good, program((unsigned)COUNT(odd) + 2 - i, 0)), kept + i * P_SIZE,
		       P_SIZE);
	assert_int_equal(parse(&image), 0);
	assert_image_sound(&image);
	assert_int_equal(image.segments, 4);
	assert_int_equal(image.segment[0].to.base, 0x5c200000);
	assert_int_equal(image.table.size, 32);
}

/* By which a linker moves the start of the first segment below what its script places. */
static void headers_in_the_first_segment(void **state)
{
	struct image image;

	(void)state;
	assert_int_equal(parse(&image), 0);
	assert_false(image.segment[0].headers);
	put_le32(good, program(DATA_SEGMENT, P_OFFSET), 0);
	assert_int_equal(parse(&image), 0);
	assert_true(image.segment[1].headers);
	put_le32(good, program(DATA_SEGMENT, P_FILESZ), 0); /* bss has no place in the file */
	assert_int_equal(parse(&image), 0);
	assert_false(image.segment[1].headers);
}

/* In words, where we know the number. */
static void whose_elf_it_is(void **state)
{
	static const struct {
		uint16_t number;
		const char *name;
	} machines[] = { { 3, "x86" },
			 { 62, "x86-64" },
			 { 183, "AArch64" },
			 { 243, "RISC-V" },
			 { 999, "another" } };

	(void)state;
	for (unsigned i = 0; i < COUNT(machines); i++) {
		struct error e = { 0 };
		struct image image;

		put_le16(good, MACHINE, machines[i].number);
		assert_int_equal(image_parse(&image, "b", good, &no_hint, &e), E_ELF_MACHINE);
		assert_non_null(strstr(e.text, machines[i].name));
	}
}

/* Not the parser's business: somebody may need it, or not. */
static void a_table_that_no_segment_loads(void **state)
{
	static const struct {
		size_t field;
		uint32_t value;
	} misplaced[] = {
		{ S_ADDR, 0x5cffffff }, /* one byte before */
		{ S_ADDR, 0x5d000001 }, /* one byte behind */
		{ S_ADDR, 0x5d000020 },
		{ S_ADDR, 0 },
		{ S_ADDR, 0xffffffff },
		{ S_ADDR, 0x5c000000 }, /* in a segment, but other bytes of the file */
		{ S_SIZE, 33 },
		{ S_SIZE, 0xffffffff },
		{ S_OFFSET, 0 },
		{ S_OFFSET, 0x3001 },
		{ S_OFFSET, 0xffffffff },
		{ S_TYPE, 8 }, /* NOBITS */
	};
	struct image image;

	(void)state;
	for (unsigned i = 0; i < COUNT(misplaced); i++) {
		size_t at = section(TABLE_SECTION, misplaced[i].field);
		uint32_t kept = word(at);

		put_le32(good, at, misplaced[i].value);
		assert_int_equal(parse(&image), 0);
		assert_image_sound(&image);
		assert_true(image.table_misplaced);
		assert_int_equal(image.table.size, 0);
		assert_int_equal(image.table_linked, word(section(TABLE_SECTION, S_ADDR)));
		put_le32(good, at, kept);
	}
	/* in the part of a segment that is only cleared */
	put_le32(good, program(TABLE_SEGMENT, P_FILESZ), 31);
	assert_int_equal(parse(&image), 0);
	assert_true(image.table_misplaced);
	/* its segment not loaded at all */
	put_le32(good, program(TABLE_SEGMENT, P_TYPE), 4);
	assert_int_equal(parse(&image), 0);
	assert_true(image.table_misplaced);
}

static void the_table_goes_where_its_segment_goes(void **state)
{
	struct image image;

	(void)state;
	put_le32(good, program(TABLE_SEGMENT, P_PADDR), 0x6d000040);
	assert_int_equal(parse(&image), 0);
	assert_image_sound(&image);
	assert_int_equal(image.table_address, 0x6d000040);
	assert_int_equal(image.table_linked, 0x5d000000);
}

static void without_a_table(void **state)
{
	static const struct {
		size_t at;
		size_t size;
	} zeroed[] = { { SHOFF, 4 }, { SHNUM, 2 }, { SHSTRNDX, 2 } };
	struct image image;
	size_t name = word(section(7, S_OFFSET)) + word(section(TABLE_SECTION, S_NAME));
	uint8_t kept[4];

	(void)state;
	for (unsigned i = 0; i < COUNT(zeroed); i++) { /* stripped */
		memcpy(kept, bytes_at(good, zeroed[i].at), zeroed[i].size);
		memset(bytes_at(good, zeroed[i].at), 0, zeroed[i].size);
		assert_int_equal(parse(&image), 0);
		assert_int_equal(image.table.size, 0);
		memcpy(bytes_at(good, zeroed[i].at), kept, zeroed[i].size);
	}
	/* a name that only begins like it, or ends too early */
	assert_memory_equal(bytes_at(good, name), ".resource_table", 16);
	memcpy(bytes_at(good, name), ".resource_tablf", 16);
	assert_int_equal(parse(&image), 0);
	assert_int_equal(image.table.size, 0);
	memcpy(bytes_at(good, name), ".resource_table", 16);
	put_le32(good, section(7, S_SIZE), (uint32_t)(name - word(section(7, S_OFFSET)) + 15));
	assert_int_equal(parse(&image), 0);
	assert_int_equal(image.table.size, 0);
	put_le32(good, section(7, S_SIZE), (uint32_t)(name - word(section(7, S_OFFSET)) + 16));
	assert_int_equal(parse(&image), 0);
	assert_int_equal(image.table.size, 32);
	/* empty counts as none, wherever it is */
	put_le32(good, section(TABLE_SECTION, S_SIZE), 0);
	put_le32(good, section(TABLE_SECTION, S_ADDR), 0x1000);
	assert_int_equal(parse(&image), 0);
	assert_int_equal(image.table.size, 0);
}

static void sections_outside_the_file(void **state)
{
	static const struct {
		unsigned section;
		size_t field;
		uint32_t value;
	} wrong[] = {
		{ 7, S_OFFSET, 0xffffffff }, { 7, S_SIZE, 0xffffffff }, { 7, S_SIZE, 0 },
		{ 1, S_NAME, 0xffffffff },   { 3, S_NAME, 0x3c },
	};
	uint32_t shoff = word(SHOFF);

	(void)state;
	for (unsigned i = 0; i < COUNT(wrong); i++) {
		size_t at = section(wrong[i].section, wrong[i].field);
		uint32_t kept = word(at);

		put_le32(good, at, wrong[i].value);
		assert_int_equal(code(), E_ELF_BROKEN);
		put_le32(good, at, kept);
	}
	put_le32(good, SHOFF, 0xffffffd8); /* + 40 wraps in 32 bits */
	assert_int_equal(code(), E_ELF_BROKEN);
	put_le32(good, SHOFF, (uint32_t)good.size - 8 * S_HEADER + 1);
	assert_int_equal(code(), E_ELF_BROKEN);
	put_le32(good, SHOFF, shoff);
	put_le16(good, SHNUM, 7); /* the names are the first that isn't there */
	assert_int_equal(code(), E_ELF_BROKEN);
}

static void cut_off_and_mutated(void **state)
{
	uint32_t phoff = word(PHOFF), shoff = word(SHOFF);

	(void)state;
	for (size_t size = 4; size < good.size; size += size < 0x200 ? 1 : 97)
		assert_int_not_equal(parse_sound((struct bytes){ good.data, size }, &no_hint), 0);
	mutate(good, &no_hint, 4, 52);
	mutate(good, &no_hint, phoff, phoff + 4 * P_SIZE);
	mutate(good, &no_hint, shoff, shoff + 8 * S_HEADER);
}

static void not_an_elf(void **state)
{
	(void)state;
	*bytes_at(good, 3) = 'G';
	assert_false(image_has_magic(good, ELF_MAGIC_AT, ELF_MAGIC));
	assert_false(image_has_magic((struct bytes){ good.data, 3 }, ELF_MAGIC_AT, ELF_MAGIC));
	assert_int_equal(code(), E_IMAGE_FORMAT);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(firmware_as_it_is),
		TEST(arm_state),
		TEST(other_peoples_elfs),
		TEST(wrong_header),
		TEST(what_is_wrong_in_the_header),
		TEST(program_for_linux),
		TEST(program_headers_outside_the_file),
		TEST(segments_that_wrap_or_reach_outside),
		TEST(a_segment_of_bss_alone_may_have_any_offset),
		TEST(entry_must_be_in_loaded_code),
		TEST(why_it_is_no_entry),
		TEST(as_many_segments_as_there_is_room_for),
		TEST(segments_of_one_image_are_apart),
		TEST(headers_of_every_kind_and_order),
		TEST(headers_in_the_first_segment),
		TEST(whose_elf_it_is),
		TEST(a_table_that_no_segment_loads),
		TEST(the_table_goes_where_its_segment_goes),
		TEST(without_a_table),
		TEST(sections_outside_the_file),
		TEST(cut_off_and_mutated),
		TEST(not_an_elf),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
