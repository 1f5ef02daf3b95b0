/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/image/image.h"

/* What we read of the headers of the System V ABI, of either class: all of it as 64 bits. */
struct elf_header {
	uint64_t type, machine, version, entry, phoff, shoff;
	uint64_t phentsize, phnum, shentsize, shnum, shstrndx;
};

struct elf_program_header {
	uint64_t type, offset, vaddr, paddr, filesz, memsz, flags;
};

struct elf_section_header {
	uint64_t name, type, addr, offset, size;
};

/* Where that is: of each header its size, then the members in their order. */
enum elf_class {
	ELF32,
	ELF64
};

struct field {
	uint8_t at, size;
};

struct record {
	uint8_t size[2]; /* by class */
	struct field field[11][2];
};

static const struct record header_record = {
	{ 52, 64 },
	{
		{ { 16, 2 }, { 16, 2 } }, /* type */
		{ { 18, 2 }, { 18, 2 } }, /* machine */
		{ { 20, 4 }, { 20, 4 } }, /* version */
		{ { 24, 4 }, { 24, 8 } }, /* entry */
		{ { 28, 4 }, { 32, 8 } }, /* phoff */
		{ { 32, 4 }, { 40, 8 } }, /* shoff */
		{ { 42, 2 }, { 54, 2 } }, /* phentsize */
		{ { 44, 2 }, { 56, 2 } }, /* phnum */
		{ { 46, 2 }, { 58, 2 } }, /* shentsize */
		{ { 48, 2 }, { 60, 2 } }, /* shnum */
		{ { 50, 2 }, { 62, 2 } }, /* shstrndx */
	},
};

static const struct record program_record = {
	{ 32, 56 },
	{
		{ { 0, 4 }, { 0, 4 } },	  /* type */
		{ { 4, 4 }, { 8, 8 } },	  /* offset */
		{ { 8, 4 }, { 16, 8 } },  /* vaddr */
		{ { 12, 4 }, { 24, 8 } }, /* paddr */
		{ { 16, 4 }, { 32, 8 } }, /* filesz */
		{ { 20, 4 }, { 40, 8 } }, /* memsz */
		{ { 24, 4 }, { 4, 4 } },  /* flags */
	},
};

static const struct record section_record = {
	{ 40, 64 },
	{
		{ { 0, 4 }, { 0, 4 } },	  /* name */
		{ { 4, 4 }, { 4, 4 } },	  /* type */
		{ { 12, 4 }, { 16, 8 } }, /* addr */
		{ { 16, 4 }, { 24, 8 } }, /* offset */
		{ { 20, 4 }, { 32, 8 } }, /* size */
	},
};

struct elf {
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

static const uint8_t machine[] = { [ELF32] = 40, [ELF64] = 183 }; /* EM_ARM, EM_AARCH64 */

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "headers are copied as they are");

static const uint8_t magic[4] = { 0x7f, 'E', 'L', 'F' };
static const char table_name[] = ".resource_table";

bool elf_probe(struct bytes data)
{
	return data.size >= sizeof(magic) && !memcmp(data.data, magic, sizeof(magic));
}

/* Number @i of the records from @table on, as a struct of @members; false if it is not there. */
static bool read_record(const struct image *image, const struct elf *elf, const struct record *r,
			uint64_t table, uint64_t i, void *to, size_t members)
{
	struct bytes record;
	uint64_t at;

	if (!add_checked(table, i * r->size[elf->class], &at) ||
	    !bytes_slice(image->data, at, r->size[elf->class], &record))
		return false;
	memset(to, 0, members * sizeof(uint64_t));
	for (size_t k = 0; k < members; k++) {
		const struct field *f = &r->field[k][elf->class];

		memcpy((uint64_t *)to + k, record.data + f->at, f->size);
	}
	return true;
}

#define READ(image, elf, record, table, i, to) \
	read_record(image, elf, record, table, i, to, sizeof(*(to)) / sizeof(uint64_t))

static int read_class(struct image *image, struct elf *elf, struct error *e)
{
	uint8_t ident[IDENT_SIZE];

	if (!elf_probe(image->data))
		return error_set(e, E_ELF_MAGIC, "%s: not an ELF", image->name);
	if (!bytes_read(image->data, 0, ident, sizeof(ident)))
		return error_set(e, E_ELF_BROKEN, "%s: ELF header cut off at %u bytes", image->name,
				 (unsigned)image->data.size);
	if ((ident[CLASS_AT] != ELF_CLASS_32 && ident[CLASS_AT] != ELF_CLASS_64) ||
	    ident[BYTE_ORDER_AT] != ELF_LITTLE_ENDIAN)
		return error_set(e, E_ELF_CLASS,
				 "%s: ELF class %u, byte order %u; little-endian wanted",
				 image->name, ident[CLASS_AT], ident[BYTE_ORDER_AT]);
	elf->class = ident[CLASS_AT] == ELF_CLASS_64 ? ELF64 : ELF32;
	image->bits = elf->class == ELF64 ? 64 : 32;
	image->format = elf->class == ELF64 ? "elf64" : "elf32";
	return 0;
}

static int read_header(struct image *image, struct elf *elf, struct error *e)
{
	struct elf_header *h = &elf->header;

	if (read_class(image, elf, e))
		return e->code;
	if (!READ(image, elf, &header_record, 0, 0, h))
		return error_set(e, E_ELF_BROKEN, "%s: ELF header cut off at %u bytes", image->name,
				 (unsigned)image->data.size);
	if (h->machine != machine[elf->class])
		return error_set(e, E_ELF_MACHINE, "%s: %s for machine %u, Arm is %u", image->name,
				 image->format, (unsigned)h->machine, machine[elf->class]);
	if (h->type != ELF_EXECUTABLE)
		return error_set(e, E_ELF_TYPE, "%s: ELF of type %u, an executable is %u",
				 image->name, (unsigned)h->type, ELF_EXECUTABLE);
	if (h->version != 1 || h->phentsize != program_record.size[elf->class])
		return error_set(e, E_ELF_BROKEN, "%s: ELF version %u, program headers of %u bytes",
				 image->name, (unsigned)h->version, (unsigned)h->phentsize);
	return 0;
}

static int read_segment(struct image *image, const struct elf *elf, unsigned i, struct error *e)
{
	const uint64_t virtual_max = elf->class == ELF64 ? UINT64_MAX : UINT32_MAX;
	struct elf_program_header p;
	struct segment s;

	if (!READ(image, elf, &program_record, elf->header.phoff, i, &p))
		return error_set(e, E_ELF_BROKEN, "%s: program header %u is outside the file",
				 image->name, i);
	if (p.type != SEGMENT_LOAD || !p.memsz)
		return 0;
	if (p.filesz > p.memsz)
		return error_set(e, E_ELF_BROKEN,
				 "%s: segment %u has 0x%llx bytes in memory, 0x%llx in the file",
				 image->name, i, (unsigned long long)p.memsz,
				 (unsigned long long)p.filesz);
	if (!p.filesz) /* linkers leave any offset in a segment that is all bss */
		p.offset = 0;
	s = (struct segment){
		.offset = p.offset,
		.to = { p.paddr, p.memsz },
		.virt = p.vaddr,
		.executable = p.flags & SEGMENT_EXECUTE,
	};
	if (!bytes_slice(image->data, p.offset, p.filesz, &s.from))
		return error_set(
			e, E_ELF_BROKEN,
			"%s: segment %u, 0x%llx bytes at 0x%llx, is outside the file of 0x%x",
			image->name, i, (unsigned long long)p.filesz, (unsigned long long)p.offset,
			(unsigned)image->data.size);
	if (p.memsz - 1 > virtual_max - p.vaddr)
		return error_set(e, E_OVERFLOW,
				 "%s: segment %u, 0x%llx bytes at virtual 0x%llx, wraps",
				 image->name, i, (unsigned long long)p.memsz,
				 (unsigned long long)p.vaddr);
	return image_add_segment(image, s, e);
}

/* Find .resource_table among the sections: *found, or an error. */
static int find_table(const struct image *image, const struct elf *elf,
		      struct elf_section_header *table, bool *found, struct error *e)
{
	const struct elf_header *h = &elf->header;
	struct elf_section_header strings;
	struct bytes names, name;

	*found = false;
	if (!h->shoff || !h->shnum || !h->shstrndx)
		return 0; /* without names of sections: stripped */
	if (h->shentsize != section_record.size[elf->class] || h->shstrndx >= h->shnum ||
	    !READ(image, elf, &section_record, h->shoff, h->shstrndx, &strings) ||
	    !bytes_slice(image->data, strings.offset, strings.size, &names))
		return error_set(e, E_ELF_BROKEN, "%s: names of sections are outside the file",
				 image->name);
	for (unsigned i = 1; i < h->shnum && !*found; i++) {
		if (!READ(image, elf, &section_record, h->shoff, i, table) ||
		    table->name >= names.size)
			return error_set(e, E_ELF_BROKEN,
					 "%s: section header %u or its name is outside the file",
					 image->name, i);
		*found = bytes_slice(names, table->name, sizeof(table_name), &name) &&
			 !memcmp(name.data, table_name, sizeof(table_name));
	}
	return 0;
}

static int read_table(struct image *image, const struct elf *elf, struct error *e)
{
	struct elf_section_header table;
	bool found;

	if (find_table(image, elf, &table, &found, e))
		return e->code;
	if (!found || !table.size)
		return 0;
	for (unsigned i = 0; i < image->segments && table.type != SECTION_NOBITS; i++) {
		const struct segment *s = &image->segment[i];
		uint64_t into = table.addr - s->virt; /* huge if it lies in front */

		/* Its address and its place in the file must say the same. */
		if (table.offset != s->offset + into ||
		    !bytes_slice(s->from, into, table.size, &image->table))
			continue;
		image->table_address = s->to.base + into;
		return 0;
	}
	return error_set(
		e, E_TABLE_MISPLACED,
		"%s: .resource_table, 0x%llx bytes at 0x%llx, is not in what a segment loads",
		image->name, (unsigned long long)table.size, (unsigned long long)table.addr);
}

int elf_parse(struct image *image, const struct image_hint *hint, struct error *e)
{
	struct elf elf;

	if (read_header(image, &elf, e))
		return e->code;
	for (unsigned i = 0; i < elf.header.phnum; i++)
		if (read_segment(image, &elf, i, e))
			return e->code;
	if (!hint->data_only && image_set_entry(image, elf.header.entry, e))
		return e->code;
	return read_table(image, &elf, e);
}
