/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>
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

#define PIECES	   7
#define RECORD_MAX 64

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

#define CLASS_AT	   4
#define CLASS_32	   1
#define CLASS_64	   2
#define LITTLE_ENDIAN_DATA 1
#define VERSION		   1
#define ARM		   40
#define AARCH64		   183
#define EXECUTABLE	   2
#define MORE_SEGMENTS	   0xffff /* PN_XNUM: the number is elsewhere */
#define SEGMENT_LOAD	   1
#define SEGMENT_INTERP	   3 /* names a dynamic linker */
#define SEGMENT_EXECUTE	   1u
#define SECTION_NOBITS	   8

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

/*
 * Number @i of the records from @table on: @size bytes as ELF64 has them. False if it is not there.
 */
static bool read_record(const struct elf *elf, const struct record *r, uint64_t table, unsigned i,
			void *to, size_t size)
{
	uint8_t record[RECORD_MAX];
	uint64_t at;

	if (!add_checked(table, i * r->size[elf->class], &at) ||
	    !bytes_read(&elf->file, at, record, r->size[elf->class]))
		return false;
	if (elf->class == ELF64) {
		memcpy(to, record, size);
		return true;
	}
	memset(to, 0, size);
	for (size_t k = 0; k < PIECES; k++)
		memcpy((uint8_t *)to + r->piece[k].to, record + r->piece[k].from, r->piece[k].size);
	return true;
}

#define READ(elf, record, table, i, to) read_record(elf, record, table, i, to, sizeof(*(to)))

static const char *machine_name(unsigned number)
{
	for (size_t i = 0; i < sizeof(machine_names) / sizeof(machine_names[0]); i++)
		if (machine_names[i].number == number)
			return machine_names[i].name;
	return "another machine";
}

/* What the header must say, by class. */
static const struct rule {
	uint8_t at, left, right; /* a word: what shifts leave of it */
	uint8_t wanted[2];
	uint8_t code;
	char field[12]; /* as the specification calls it */
} rules[] = {
#define RULE(error, name, member, from, bits, for_32, for_64)                           \
	{                                                                               \
		offsetof(struct elf_header, member), 32 - (from) - (bits), 32 - (bits), \
			{ for_32, for_64 }, -E_##error, name                            \
	}
	RULE(ELF_CLASS, "EI_CLASS", ident[4], 0, 8, CLASS_32, CLASS_64),
	RULE(ELF_CLASS, "EI_DATA", ident[5], 0, 8, LITTLE_ENDIAN_DATA, LITTLE_ENDIAN_DATA),
	RULE(ELF_BROKEN, "EI_VERSION", ident[6], 0, 8, VERSION, VERSION),
	RULE(ELF_MACHINE, "e_machine", machine, 0, 16, ARM, AARCH64),
	RULE(ELF_CLASS, "EF_ARM_BE8", flags, 23, 1, 0, 0), /* code little-endian, data big-endian */
	RULE(ELF_TYPE, "e_type", type, 0, 16, EXECUTABLE, EXECUTABLE),
	RULE(ELF_BROKEN, "e_version", version, 0, 32, VERSION, VERSION),
	RULE(ELF_BROKEN, "e_phentsize", phentsize, 0, 16, 32, 56),
}, section_rule = RULE(ELF_BROKEN, "e_shentsize", shentsize, 0, 16, 40, 64);

static int check_rule(const struct image *image, const struct elf *elf, const struct rule *r,
		      struct error *e)
{
	const unsigned wanted = r->wanted[elf->class];
	uint32_t word;

	memcpy(&word, (const uint8_t *)&elf->header + r->at, sizeof(word));
	word = word << r->left >> r->right;
	if (word == wanted)
		return 0;
	error_set_number(e, r->code, "%s with %s %u, not %u", image->format, r->field,
			 (unsigned)word, wanted);
	if (r->code == -E_ELF_MACHINE)
		error_explain(e, ": for %s", machine_name(word));
	if (r->code == -E_ELF_CLASS && r != rules && word == wanted + 1) /* EI_DATA, EF_ARM_BE8 */
		error_explain(e, ": big-endian");
	if (r->code == -E_ELF_TYPE)
		error_explain(e, ": link it as an executable at a fixed address");
	return e->code;
}

static int check_header(const struct image *image, const struct elf *elf, struct error *e)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (check_rule(image, elf, &rules[i], e))
			return e->code;
	if (elf->header.phnum == MORE_SEGMENTS)
		return error_set(e, E_ELF_BROKEN, "e_phnum %u", MORE_SEGMENTS);
	return 0;
}

static int read_header(struct image *image, struct elf *elf, struct error *e)
{
	uint8_t class = 0;

	bytes_read(&image->data, CLASS_AT, &class, sizeof(class));
	elf->class = class == CLASS_64 ? ELF64 : ELF32;
	image->bits = elf->class == ELF64 ? 64 : 32;
	image->format = elf->class == ELF64 ? "elf64" : "elf32";
	if (image_take_64(image, e))
		return e->code;
	if (!READ(elf, &header_record, 0, 0, &elf->header))
		return error_set(e, E_ELF_BROKEN, "ELF header cut off at %u bytes",
				 (unsigned)image->data.size);
	return check_header(image, elf, e);
}

static int read_segment(struct image *image, const struct elf *elf, unsigned i, bool data_only,
			struct error *e)
{
	const uint64_t virtual_max = elf->class == ELF64 ? UINT64_MAX : UINT32_MAX;
	struct elf_program_header p;
	enum error_code wrong;
	struct segment s;

	if (!READ(elf, &program_record, elf->header.phoff, i, &p))
		return error_set(e, E_ELF_BROKEN, "program header %u is outside the file", i);
	if (p.type == SEGMENT_INTERP && !data_only)
		return error_set(e, E_ELF_TYPE, "segment %u is PT_INTERP: a Linux program", i);
	if (p.type != SEGMENT_LOAD || !p.memsz)
		return 0;
	if (!p.filesz) /* linkers leave any offset in a segment that is all bss */
		p.offset = 0;
	s = (struct segment){
		.to = { p.paddr, p.memsz },
		.vaddr = p.vaddr,
		.executable = p.flags & SEGMENT_EXECUTE,
		.headers = !p.offset && p.filesz,
	};
	if (p.filesz > p.memsz || !bytes_slice(&image->data, p.offset, p.filesz, &s.from))
		wrong = E_ELF_BROKEN;
	else if (p.memsz - 1 > virtual_max - p.vaddr)
		wrong = E_OVERFLOW;
	else
		return image_add_segment(image, &s, e);
	return error_set(e, wrong,
			 "segment %u: file 0x%llx at 0x%llx of 0x%x, memory 0x%llx at 0x%llx", i,
			 (unsigned long long)p.filesz, (unsigned long long)p.offset,
			 (unsigned)image->data.size, (unsigned long long)p.memsz,
			 (unsigned long long)p.vaddr);
}

/* How many PT_LOADs it would take. */
static int advise(const struct elf *elf, struct error *e)
{
	struct elf_program_header p;
	unsigned loads = 0;

	for (unsigned i = 0; i < elf->header.phnum; i++)
		if (READ(elf, &program_record, elf->header.phoff, i, &p))
			loads += p.type == SEGMENT_LOAD && p.memsz;
	return e->code == E_TOO_MANY_SEGMENTS ? error_explain(e, ": %u", loads) : e->code;
}

/* Find .resource_table among the sections. An empty one counts as none: its size is 0. */
static int find_table(const struct image *image, const struct elf *elf,
		      struct elf_section_header *table, struct error *e)
{
	const struct elf_header *h = &elf->header;
	unsigned i = h->shstrndx;
	struct elf_section_header strings;
	char name[sizeof(table_name)];
	struct bytes names;

	table->size = 0;
	if (!h->shoff || !h->shnum || !i)
		return 0; /* without names of sections: stripped */
	if (check_rule(image, elf, &section_rule, e))
		return e->code;
	if (i < h->shnum && READ(elf, &section_record, h->shoff, i, &strings) &&
	    bytes_slice(&image->data, strings.offset, strings.size, &names)) {
		for (i = 1; i < h->shnum && READ(elf, &section_record, h->shoff, i, table) &&
			    table->name < names.size;
		     i++)
			if (bytes_read(&names, table->name, name, sizeof(name)) &&
			    !memcmp(name, table_name, sizeof(name)))
				return 0;
		table->size = 0;
		if (i == h->shnum)
			return 0;
	}
	return error_set(e, E_ELF_BROKEN, "section header %u or its name is cut off", i);
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
		uint64_t into = table.addr - s->vaddr; /* huge if it lies in front */

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
		if (read_segment(image, &elf, i, hint->data_only, e))
			return advises() ? advise(&elf, e) : e->code;
	if (!hint->data_only && image_set_entry(image, elf.header.entry, e))
		return e->code;
	return read_table(image, &elf, e);
}
