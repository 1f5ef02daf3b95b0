/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/feature/explain.h"
#include "boot/image/image.h"

/* The headers of the System V ABI as ELF64 has them, up to the last member that we look at. */
struct elf_header {
	uint8_t ident[16];
	uint16_t type, machine;
	uint32_t version;
	uint64_t entry, phoff, shoff;
	uint32_t flags;
	uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

struct elf_program_header {
	uint32_t type, flags;
	uint64_t offset, vaddr, paddr, filesz, memsz;
};

struct elf_section_header {
	uint32_t name, type;
	uint64_t flags, addr, offset, size;
};

enum elf_class {
	ELF32,
	ELF64
};

#define PIECES 7

/* How large each is, by class, and where what ELF32 has of it goes: zero above what is shorter. */
struct record {
	uint8_t size[2];
	struct {
		uint8_t from, to, size;
	} piece[PIECES];
};

static const struct record header_record = {
	{ 52, 64 },
	{
		{ 0, 0, 24 },	/* ident to version */
		{ 24, 24, 4 },	/* entry */
		{ 28, 32, 4 },	/* phoff */
		{ 32, 40, 4 },	/* shoff */
		{ 36, 48, 16 }, /* flags to shstrndx */
	},
};

static const struct record program_record = {
	{ 32, 56 },
	{
		{ 0, 0, 4 },   /* type */
		{ 4, 8, 4 },   /* offset */
		{ 8, 16, 4 },  /* vaddr */
		{ 12, 24, 4 }, /* paddr */
		{ 16, 32, 4 }, /* filesz */
		{ 20, 40, 4 }, /* memsz */
		{ 24, 4, 4 },  /* flags */
	},
};

static const struct record section_record = {
	{ 40, 64 },
	{
		{ 0, 0, 8 },   /* name, type */
		{ 8, 8, 4 },   /* flags */
		{ 12, 16, 4 }, /* addr */
		{ 16, 24, 4 }, /* offset */
		{ 20, 32, 4 }, /* size */
	},
};

_Static_assert(sizeof(struct elf_header) == 64 && sizeof(struct elf_program_header) == 48 &&
		       sizeof(struct elf_section_header) == 40,
	       "as in the file, and no longer than there");

struct elf {
	struct bytes file;
	enum elf_class class;
	struct elf_header header;
};

#define CLASS_AT	  4
#define BYTE_ORDER_AT	  5
#define IDENT_SIZE	  6 /* as far as we look */
#define ELF_CLASS_32	  1
#define ELF_CLASS_64	  2
#define ELF_LITTLE_ENDIAN 1
#define ELF_EXECUTABLE	  2
#define SEGMENT_LOAD	  1
#define SEGMENT_EXECUTE	  1u
#define SECTION_NOBITS	  8
#define MORE_SEGMENTS	  0xffff     /* PN_XNUM: the number is elsewhere */
#define FLAG_BE8	  0x00800000 /* of Arm: data is big-endian, whatever the headers are */

static const uint8_t machine[] = { [ELF32] = 40, [ELF64] = 183 }; /* EM_ARM, EM_AARCH64 */

/* Those that people mix up with them; 32 bits for AArch64 are among these. */
static const struct machine_name {
	uint8_t number;
	char name[11];
} machine_names[] = {
	{ 3, "x86" },	    { 8, "MIPS" },	   { 20, "PowerPC" },
	{ 40, "Arm" },	    { 62, "x86-64" },	   { 94, "Xtensa" },
	{ 183, "AArch64" }, { 189, "MicroBlaze" }, { 243, "RISC-V" },
};

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "headers are copied as they are");

static const char table_name[] = ".resource_table";

/* Number @i of the records from @table on: @size bytes as ELF64 has them. False if it is not there. */
static bool read_record(const struct elf *elf, const struct record *r, uint64_t table, unsigned i,
			void *to, size_t size)
{
	struct bytes record;
	uint64_t at;

	if (!add_checked(table, i * r->size[elf->class], &at) ||
	    !bytes_slice(&elf->file, at, r->size[elf->class], &record))
		return false;
	if (elf->class == ELF64) {
		memcpy(to, record.data, size);
		return true;
	}
	memset(to, 0, size);
	for (size_t k = 0; k < PIECES; k++)
		memcpy((uint8_t *)to + r->piece[k].to, record.data + r->piece[k].from,
		       r->piece[k].size);
	return true;
}

#define READ(elf, record, table, i, to) read_record(elf, record, table, i, to, sizeof(*(to)))

static int read_class(struct image *image, struct elf *elf, struct error *e)
{
	uint8_t ident[IDENT_SIZE] = { 0 };

	if (!image_has_magic(image->data, ELF_MAGIC_AT, ELF_MAGIC))
		return error_set(e, E_ELF_MAGIC, "%s: not an ELF", image->name);
	if (bytes_read(&image->data, 0, ident, sizeof(ident)) &&
	    ((ident[CLASS_AT] != ELF_CLASS_32 && ident[CLASS_AT] != ELF_CLASS_64) ||
	     ident[BYTE_ORDER_AT] != ELF_LITTLE_ENDIAN))
		return error_set(e, E_ELF_CLASS,
				 "%s: ELF class %u, byte order %u; little-endian wanted",
				 image->name, ident[CLASS_AT], ident[BYTE_ORDER_AT]);
	elf->class = ident[CLASS_AT] == ELF_CLASS_64 ? ELF64 : ELF32;
	image->bits = elf->class == ELF64 ? 64 : 32;
	image->format = elf->class == ELF64 ? "elf64" : "elf32";
	return image_take_64(image, e);
}

static const char *machine_name(uint16_t number)
{
	if (!explains())
		return "machine";
	for (size_t i = 0; i < sizeof(machine_names) / sizeof(machine_names[0]); i++)
		if (machine_names[i].number == number)
			return machine_names[i].name;
	return "another machine";
}

static int read_header(struct image *image, struct elf *elf, struct error *e)
{
	struct elf_header *h = &elf->header;
	enum error_code wrong;

	if (read_class(image, elf, e))
		return e->code;
	if (!READ(elf, &header_record, 0, 0, h))
		return error_set(e, E_ELF_BROKEN, "%s: ELF header cut off at %u bytes", image->name,
				 (unsigned)image->data.size);
	if (h->machine != machine[elf->class])
		wrong = E_ELF_MACHINE;
	else if (h->flags & FLAG_BE8 && elf->class == ELF32)
		wrong = E_ELF_CLASS;
	else if (h->type != ELF_EXECUTABLE)
		wrong = E_ELF_TYPE;
	else if (h->version != 1 || h->phentsize != program_record.size[elf->class] ||
		 h->phnum == MORE_SEGMENTS)
		wrong = E_ELF_BROKEN;
	else
		return 0;
	return error_set(
		e, wrong,
		EXPLAIN("%s: %s of type %u for %s (%u), flags 0x%x, version %u, %u program headers of %u bytes",
			"; type 2 for Arm is wanted"),
		image->name, image->format, h->type, machine_name(h->machine), h->machine,
		(unsigned)h->flags, (unsigned)h->version, h->phnum, h->phentsize);
}

static int read_segment(struct image *image, const struct elf *elf, unsigned i, struct error *e)
{
	const uint64_t virtual_max = elf->class == ELF64 ? UINT64_MAX : UINT32_MAX;
	struct elf_program_header p;
	enum error_code wrong;
	struct segment s;

	if (!READ(elf, &program_record, elf->header.phoff, i, &p))
		return error_set(e, E_ELF_BROKEN, "%s: program header %u is outside the file",
				 image->name, i);
	if (p.type != SEGMENT_LOAD || !p.memsz)
		return 0;
	if (!p.filesz) /* linkers leave any offset in a segment that is all bss */
		p.offset = 0;
	s = (struct segment){
		.to = { p.paddr, p.memsz },
		.virt = p.vaddr,
		.executable = p.flags & SEGMENT_EXECUTE,
		.headers = !p.offset && p.filesz,
	};
	if (p.filesz > p.memsz || !bytes_slice(&image->data, p.offset, p.filesz, &s.from))
		wrong = E_ELF_BROKEN;
	else if (p.memsz - 1 > virtual_max - p.vaddr)
		wrong = E_OVERFLOW;
	else
		return image_add_segment(image, &s, e);
	return error_set(
		e, wrong,
		"%s: segment %u: 0x%llx bytes at 0x%llx of 0x%x in the file, 0x%llx at virtual 0x%llx",
		image->name, i, (unsigned long long)p.filesz, (unsigned long long)p.offset,
		(unsigned)image->data.size, (unsigned long long)p.memsz,
		(unsigned long long)p.vaddr);
}

/* Find .resource_table among the sections. An empty one counts as none: its size is 0. */
static int find_table(const struct image *image, const struct elf *elf,
		      struct elf_section_header *table, struct error *e)
{
	const struct elf_header *h = &elf->header;
	unsigned i = h->shstrndx;
	struct elf_section_header strings;
	struct bytes names, name;

	table->size = 0;
	if (!h->shoff || !h->shnum || !i)
		return 0; /* without names of sections: stripped */
	if (h->shentsize == section_record.size[elf->class] && i < h->shnum &&
	    READ(elf, &section_record, h->shoff, i, &strings) &&
	    bytes_slice(&image->data, strings.offset, strings.size, &names)) {
		for (i = 1; i < h->shnum && READ(elf, &section_record, h->shoff, i, table) &&
			    table->name < names.size;
		     i++)
			if (bytes_slice(&names, table->name, sizeof(table_name), &name) &&
			    !memcmp(name.data, table_name, sizeof(table_name)))
				return 0;
		table->size = 0;
		if (i == h->shnum)
			return 0;
	}
	return error_set(e, E_ELF_BROKEN, "%s: section header %u or its name is outside the file",
			 image->name, i);
}

/* A table that no segment loads is the fault of who needs it: it may be there for others. */
static int read_table(struct image *image, const struct elf *elf, struct error *e)
{
	struct elf_section_header table;

	if (find_table(image, elf, &table, e))
		return e->code;
	if (!table.size)
		return 0;
	image->table_linked = table.addr;
	for (unsigned i = 0; i < image->segments && table.type != SECTION_NOBITS; i++) {
		const struct segment *s = &image->segment[i];
		uint64_t into = table.addr - s->virt; /* huge if it lies in front */

		/* Its address and its place in the file must say the same. */
		if (table.offset != (uint64_t)(s->from.data - image->data.data) + into ||
		    !bytes_slice(&s->from, into, table.size, &image->table))
			continue;
		image->table_address = s->to.base + into;
		return 0;
	}
	image->table_misplaced = true;
	return 0;
}

int elf_parse(struct image *image, const struct image_hint *hint, struct error *e)
{
	struct elf elf;

	elf.file = image->data;
	if (read_header(image, &elf, e))
		return e->code;
	for (unsigned i = 0; i < elf.header.phnum; i++)
		if (read_segment(image, &elf, i, e))
			return e->code;
	if (!hint->data_only && image_set_entry(image, elf.header.entry, e))
		return e->code;
	return read_table(image, &elf, e);
}
