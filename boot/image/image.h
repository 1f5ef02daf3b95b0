/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every image format becomes: segments to put into memory, and where to enter. One parser a
 * file (elf.c, zimage.c, raw.c); image_parse() picks it from a table. Parsers are pure: they read
 * headers by copy, check every number, and write nothing but the struct image.
 */
#ifndef BOOT_IMAGE_IMAGE_H
#define BOOT_IMAGE_IMAGE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/range.h"

#define IMAGE_SEGMENTS 12

struct segment {
	struct bytes from; /* in the boot image; may be shorter than `to`: the rest is zero */
	uint64_t offset;   /* of `from` in the image's data */
	struct range to;   /* physical; ELF: p_paddr and p_memsz */
	phys_addr_t virt;  /* ELF: p_vaddr; else to.base */
	bool executable;
};

struct image {
	const char *name;   /* node name in the FIT */
	const char *format; /* "elf32", "zimage", "raw" */
	struct bytes data;  /* the whole image */
	struct segment segment[IMAGE_SEGMENTS];
	unsigned segments;
	phys_addr_t entry;
	bool thumb;	   /* enter in Thumb state: bit 0 of an ELF's e_entry */
	struct range room; /* what it writes by itself after entry: a zImage's kernel; size 0: none */
	struct bytes table;	   /* ELF: contents of .resource_table; size 0: none */
	phys_addr_t table_address; /* where the linker script put it */
};

/* What the FIT says beside the data: load and entry addresses, where it has them. */
struct image_hint {
	bool has_load, has_entry;
	phys_addr_t load, entry;
};

/*
 * Parse @data. A format is recognised by its magic; data without one is raw, which needs a load
 * address (and, to be entered, an entry). Errors: those of the formats, E_IMAGE_FORMAT, E_OVERFLOW.
 */
int image_parse(struct image *image, const char *name, struct bytes data,
		const struct image_hint *hint, struct error *e);

/* The formats. Each returns 0 or an error; probe functions only look at the magic. */
bool elf_probe(struct bytes data);
/*
 * ELF32, little-endian, Arm, executable: every PT_LOAD with a size; filesz ≤ memsz, file range in
 * the data, address range without wrap; entry in a loaded executable segment; .resource_table, if
 * there is one, must lie in the file part of a loaded segment (E_TABLE_MISPLACED).
 * E_ELF_*, E_TOO_MANY_SEGMENTS.
 */
int elf_parse(struct image *image, const struct image_hint *hint, struct error *e);

bool zimage_probe(struct bytes data);
/*
 * Linux's Arm zImage (magic 0x016f2818 at 0x24, start, end; the tag table "kernel size" at the
 * word 0x5a534c4b … see arch/arm/boot/compressed/vmlinux.lds.S and kexec-tools' reader). `room`
 * is the decompressed kernel with its bss and initial page tables at (load & 0xf8000000) + 0x4000.
 * Loaded at the hint's load address; the segment includes the decompressor's own bss, stack and heap.
 */
int zimage_parse(struct image *image, const struct image_hint *hint, struct error *e);

int raw_parse(struct image *image, const struct image_hint *hint, struct error *e);

#endif
