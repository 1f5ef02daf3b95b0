/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/image/image.h"

/* From the System V ABI; newlib has no <elf.h>. */
struct elf_header {
	uint8_t ident[16];
	uint16_t type;
	uint16_t machine;
	uint32_t version;
	uint32_t entry;
	uint32_t phoff;
	uint32_t shoff;
	uint32_t flags;
	uint16_t ehsize;
	uint16_t phentsize;
	uint16_t phnum;
	uint16_t shentsize;
	uint16_t shnum;
	uint16_t shstrndx;
};

struct elf_program_header {
	uint32_t type;
	uint32_t offset;
	uint32_t vaddr;
	uint32_t paddr;
	uint32_t filesz;
	uint32_t memsz;
	uint32_t flags;
	uint32_t align;
};

struct elf_section_header {
	uint32_t name;
	uint32_t type;
	uint32_t flags;
	uint32_t addr;
	uint32_t offset;
	uint32_t size;
	uint32_t link;
	uint32_t info;
	uint32_t addralign;
	uint32_t entsize;
};

#define ELF_CLASS_32	  1
#define ELF_LITTLE_ENDIAN 1
#define ELF_EXECUTABLE	  2
#define ELF_ARM		  40
#define SEGMENT_LOAD	  1
#define SEGMENT_EXECUTE	  1u
#define SECTION_NOBITS	  8

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "headers are copied as they are");

static const uint8_t magic[4] = { 0x7f, 'E', 'L', 'F' };
static const char table_name[] = ".resource_table";

bool elf_probe(struct bytes data)
{
	return data.size >= sizeof(magic) && !memcmp(data.data, magic, sizeof(magic));
}

static int read_header(const struct image *image, struct elf_header *h, struct error *e)
{
	if (!elf_probe(image->data))
		return error_set(e, E_ELF_MAGIC, "%s: not an ELF", image->name);
	if (!bytes_read(image->data, 0, h, sizeof(*h)))
		return error_set(e, E_ELF_BROKEN, "%s: ELF header cut off at %u bytes", image->name,
				 (unsigned)image->data.size);
	if (h->ident[4] != ELF_CLASS_32 || h->ident[5] != ELF_LITTLE_ENDIAN)
		return error_set(e, E_ELF_CLASS,
				 "%s: ELF class %u, byte order %u; 32-bit little-endian wanted",
				 image->name, h->ident[4], h->ident[5]);
	if (h->machine != ELF_ARM)
		return error_set(e, E_ELF_MACHINE, "%s: ELF for machine %u, Arm is %u", image->name,
				 h->machine, ELF_ARM);
	if (h->type != ELF_EXECUTABLE)
		return error_set(e, E_ELF_TYPE, "%s: ELF of type %u, an executable is %u",
				 image->name, h->type, ELF_EXECUTABLE);
	if (h->version != 1 || h->phentsize != sizeof(struct elf_program_header))
		return error_set(e, E_ELF_BROKEN, "%s: ELF version %u, program headers of %u bytes",
				 image->name, (unsigned)h->version, h->phentsize);
	return 0;
}

static int read_segment(struct image *image, const struct elf_header *h, unsigned i,
			struct error *e)
{
	struct elf_program_header p;
	struct segment s;

	if (!bytes_read(image->data, h->phoff + (uint64_t)i * sizeof(p), &p, sizeof(p)))
		return error_set(e, E_ELF_BROKEN, "%s: program header %u is outside the file",
				 image->name, i);
	if (p.type != SEGMENT_LOAD || !p.memsz)
		return 0;
	if (p.filesz > p.memsz)
		return error_set(e, E_ELF_BROKEN,
				 "%s: segment %u has 0x%x bytes in memory, 0x%x in the file",
				 image->name, i, (unsigned)p.memsz, (unsigned)p.filesz);
	if (!p.filesz) /* linkers leave any offset in a segment that is all bss */
		p.offset = 0;
	s = (struct segment){
		.offset = p.offset,
		.to = { p.paddr, p.memsz },
		.virt = p.vaddr,
		.executable = p.flags & SEGMENT_EXECUTE,
	};
	if (!bytes_slice(image->data, p.offset, p.filesz, &s.from))
		return error_set(e, E_ELF_BROKEN,
				 "%s: segment %u, 0x%x bytes at 0x%x, is outside the file of 0x%x",
				 image->name, i, (unsigned)p.filesz, (unsigned)p.offset,
				 (unsigned)image->data.size);
	if (p.memsz > IMAGE_ADDRESS_END - p.vaddr)
		return error_set(e, E_OVERFLOW, "%s: segment %u, 0x%x bytes at virtual 0x%x, wraps",
				 image->name, i, (unsigned)p.memsz, (unsigned)p.vaddr);
	return image_add_segment(image, s, e);
}

static bool read_section(const struct image *image, const struct elf_header *h, unsigned i,
			 struct elf_section_header *s)
{
	return bytes_read(image->data, h->shoff + (uint64_t)i * sizeof(*s), s, sizeof(*s));
}

/* Find .resource_table among the sections: *found, or an error. */
static int find_table(const struct image *image, const struct elf_header *h,
		      struct elf_section_header *table, bool *found, struct error *e)
{
	struct elf_section_header strings;
	struct bytes names, name;

	*found = false;
	if (!h->shoff || !h->shnum || !h->shstrndx)
		return 0; /* without names of sections: stripped */
	if (h->shentsize != sizeof(strings) || h->shstrndx >= h->shnum ||
	    !read_section(image, h, h->shstrndx, &strings) ||
	    !bytes_slice(image->data, strings.offset, strings.size, &names))
		return error_set(e, E_ELF_BROKEN, "%s: names of sections are outside the file",
				 image->name);
	for (unsigned i = 1; i < h->shnum && !*found; i++) {
		if (!read_section(image, h, i, table) || table->name >= names.size)
			return error_set(e, E_ELF_BROKEN,
					 "%s: section header %u or its name is outside the file",
					 image->name, i);
		*found = bytes_slice(names, table->name, sizeof(table_name), &name) &&
			 !memcmp(name.data, table_name, sizeof(table_name));
	}
	return 0;
}

static int read_table(struct image *image, const struct elf_header *h, struct error *e)
{
	struct elf_section_header table;
	bool found;

	if (find_table(image, h, &table, &found, e))
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
	return error_set(e, E_TABLE_MISPLACED,
			 "%s: .resource_table, 0x%x bytes at 0x%x, is not in what a segment loads",
			 image->name, (unsigned)table.size, (unsigned)table.addr);
}

int elf_parse(struct image *image, const struct image_hint *hint, struct error *e)
{
	struct elf_header h;

	if (read_header(image, &h, e))
		return e->code;
	for (unsigned i = 0; i < h.phnum; i++)
		if (read_segment(image, &h, i, e))
			return e->code;
	if (!hint->data_only && image_set_entry(image, h.entry, e))
		return e->code;
	return read_table(image, &h, e);
}
