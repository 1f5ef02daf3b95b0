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

#define IMAGE_SEGMENTS	  12
#define IMAGE_ADDRESS_END 0x100000000ull /* every image so far is for a 32-bit core */

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
	phys_addr_t entry; /* physical, bit 0 clear; raw without an entry: the load address */
	bool thumb;	   /* enter in Thumb state: bit 0 of the entry point was set */
	struct range room; /* what it writes by itself after entry: a zImage's kernel; size 0: none */
	struct bytes table;	   /* ELF: contents of .resource_table; size 0: none */
	phys_addr_t table_address; /* where the linker script put it */
};

/* What the FIT says beside the data: load and entry addresses, where it has them. */
struct image_hint {
	bool has_load, has_entry;
	phys_addr_t load, entry;
	bool data_only; /* ELF: nobody enters it, its entry is not looked at */
};

/*
 * Parse @data. A format is recognised by its magic; data without one is raw, which needs a load
 * address. @name lives as long as @image. Errors: those of the formats, E_OVERFLOW for addresses
 * past 4 GiB, E_TOO_MANY_SEGMENTS.
 */
int image_parse(struct image *image, const char *name, struct bytes data,
		const struct image_hint *hint, struct error *e);

/* The formats. Each returns 0 or an error; probe functions only look at the magic. */
bool elf_probe(struct bytes data);
/*
 * ELF32 (System V ABI, ELF for the Arm Architecture), little-endian, executable: every PT_LOAD
 * with a size; filesz ≤ memsz, file range in the data. Goes to p_paddr; entry and table address
 * are virtual and are translated by the segment that holds them. Load and entry address in @hint
 * are ignored: the ELF knows better. Sections are looked at only for .resource_table, whose bytes
 * must be the file part of a loaded segment (E_TABLE_MISPLACED); an empty one counts as none.
 * E_ELF_*, E_TOO_MANY_SEGMENTS.
 */
int elf_parse(struct image *image, const struct image_hint *hint, struct error *e);

bool zimage_probe(struct bytes data);
/*
 * Linux's Arm zImage (arch/arm/boot/compressed/head.S and vmlinux.lds.S): magic 0x016f2818 at
 * 0x24, start and end; 0x45454545 at 0x34, then the offset of a table of tags {words, tag, …},
 * in which 0x5a534c4b says where the decompressed size is noted, the kernel's bss, its text
 * offset (0x208000 in Debian's armmp, not 0x8000) and the decompressor's heap.
 *
 * The segment includes the decompressor's own bss, stack and heap. `room` is where the kernel and
 * its first page tables come to lie: from (load & 0xf8000000) + text offset − 0x5000, which holds
 * if that address is in Linux's /memory. If segment and room overlap the decompressor would move
 * itself to memory that nobody claimed: the claims refuse that; load the zImage elsewhere.
 * A zImage from before Linux 4.15 has no tags: `room` is then an estimate, four times the zImage,
 * at any text offset that kernels use; head.S of that time guesses the same.
 * E_ZIMAGE_BROKEN, E_IMAGE_FORMAT without a load address.
 */
int zimage_parse(struct image *image, const struct image_hint *hint, struct error *e);

/* All of @data at the load address; an entry address must lie in it. E_IMAGE_FORMAT, E_IMAGE_DATA. */
int raw_parse(struct image *image, const struct image_hint *hint, struct error *e);

/*
 * For the formats. Append a segment: E_TOO_MANY_SEGMENTS, E_OVERFLOW.
 * Set entry and Thumb bit from a virtual address, which must be in what is loaded of an
 * executable segment, at a multiple of 4, for Thumb of 2, where it goes: E_ELF_ENTRY.
 */
int image_add_segment(struct image *image, struct segment segment, struct error *e);
int image_set_entry(struct image *image, uint64_t address, struct error *e);

#endif
