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
#include "base/features.h"
#include "base/range.h"

#define IMAGE_SEGMENTS 32 /* some linkers make one of each section */

struct segment {
	struct bytes from; /* in the boot image; may be shorter than `to`: the rest is zero */
	struct range to;   /* physical; ELF: p_paddr and p_memsz */
	phys_addr_t vaddr; /* ELF: p_vaddr; else to.base */
	bool executable;
	bool headers; /* begins with the ELF's own headers */
};

struct image {
	const char *name;   /* node name in the FIT */
	const char *format; /* "elf32", "elf64", "uimage", "zimage", "arm64", "raw" */
	bool raw; /* it, or what is in the uImage, is of no format: nothing says that it is code */
	struct bytes data; /* the whole image */
	unsigned bits;	   /* of the cores that it is for: 32 or 64; 0: it does not say */
	unsigned segments;
	phys_addr_t entry;    /* physical, bit 0 clear; raw without an entry: the load address */
	bool thumb;	      /* enter in Thumb state: bit 0 of a 32-bit entry point was set */
	struct range room;    /* what it writes by itself: a zImage's kernel; size 0: none */
	struct bytes table;   /* ELF: contents of .resource_table; size 0: none */
	bool table_misplaced; /* there is one, but not in what a segment loads */
	phys_addr_t table_address; /* where it is loaded to */
	/* where the linker script put it: what the code takes for its address */
	phys_addr_t table_linked;
	struct segment segment[IMAGE_SEGMENTS];
};

/* What the FIT says beside the data: load and entry addresses, where it has them. */
struct image_hint {
	bool has_load, has_entry;
	phys_addr_t load, entry;
	bool data_only; /* nobody enters it: of an ELF the entry is not looked at */
	bool ramdisk;	/* for Linux to unpack or mount: as it is, or in a uImage */
	bool known;	/* not raw: nothing says that it is code */
	unsigned bits;	/* as struct image has it; of what does not say it by itself */
};

/*
 * Parse @data. A format is recognised by its magic; data without one is raw, which needs a load
 * address. What is known and no code (compressed, a file system, a tree, text) is refused by its
 * name: E_IMAGE_FORMAT. A ramdisk is always raw, and refused if it is a program or a tree. @name
 * lives as long as @image. Whether a board has such cores is not looked at. Errors: those of the
 * formats, E_OVERFLOW for addresses past image_address_end(), E_TOO_MANY_SEGMENTS, E_OVERLAP of two
 * of its segments.
 */
int image_parse(struct image *image, const char *name, struct bytes data,
		const struct image_hint *hint, struct error *e);

/* What @data is by its first bytes, for people: "gzip", "device tree", "elf32" …, "raw". */
const char *image_looks_like(struct bytes data);

/* Does image_parse() take it for an arm64 Image, by the first of it? */
bool image_is_arm64(struct bytes data);

/* 4 GiB, or for an image for 64-bit cores the 48 bits that Armv8 has at the most without LPA. */
static inline phys_addr_t image_address_end(const struct image *image)
{
	return 1ull << (image->bits == 64 ? 48 : 32);
}

/* Is the word at @offset, little-endian, @magic? By this a format is known. */
bool image_has_magic(struct bytes data, unsigned offset, uint32_t magic);

/* The formats. Each returns 0 or an error. */
typedef int image_parse_t(struct image *image, const struct image_hint *hint, struct error *e);

#define ELF_MAGIC    0x464c457fu /* "\x7f" "ELF" */
#define ELF_MAGIC_AT 0
/*
 * What has the magic: ELF32 for Arm and ELF64 for AArch64 (System V ABI, ELF for the Arm
 * Architecture and for the Arm 64-bit Architecture), little-endian, executable: every PT_LOAD with
 * a size; filesz ≤ memsz, file range in the data. Goes to p_paddr; entry and table address are
 * virtual and are translated by the segment that holds them. Load and entry address in @hint are
 * ignored: the ELF knows better. Sections are looked at only for .resource_table, whose bytes must
 * be the file part of a loaded segment (else `table_misplaced`); an empty one counts as none. What
 * the header must say is refused by the field's name. E_ELF_*, E_TOO_MANY_SEGMENTS, E_OVERLAP.
 */
int elf_parse(struct image *image, const struct image_hint *hint, struct error *e);

#define UIMAGE_MAGIC	0x56190527u /* big-endian 0x27051956; parsed by boot/feature/uimage.h */
#define UIMAGE_MAGIC_AT 0

#define ARM64_MAGIC    0x644d5241u /* "ARM\x64"; parsed by boot/feature/arm64.h */
#define ARM64_MAGIC_AT 56

#define ZIMAGE_MAGIC	0x016f2818u
#define ZIMAGE_MAGIC_AT 0x24
#define ZIMAGE_RAM_MASK 0xf8000000u /* it takes RAM to start at pc & this */
/*
 * Linux's Arm zImage (arch/arm/boot/compressed/head.S and vmlinux.lds.S): magic 0x016f2818 at
 * 0x24, start and end; 0x45454545 at 0x34, then the offset of a table of tags {words, tag, …},
 * in which 0x5a534c4b says where the decompressed size is noted, the kernel's bss, its text
 * offset (0x208000 in Debian's armmp, not 0x8000) and the decompressor's heap.
 *
 * The segment includes the decompressor's own bss, stack and heap. `room` is where the kernel and
 * its first page tables come to lie: from (load & 0xf8000000) + text offset − 0x5000, which holds
 * if Linux's /memory starts at the former. If segment and room overlap the decompressor would move
 * itself to memory that nobody claimed: the claims refuse that; load the zImage elsewhere.
 * A zImage from before Linux 4.15 has no tags: `room` is then an estimate, four times the zImage,
 * at any text offset that kernels use; head.S of that time guesses the same.
 *
 * What lies behind its end is not loaded; a device tree there, which Linux would take in place of
 * the one that it is handed, is refused. E_ZIMAGE_BROKEN, E_IMAGE_FORMAT without a load address.
 */
int zimage_parse(struct image *image, const struct image_hint *hint, struct error *e);

/*
 * All of the data at the load address; an entry address must lie in it. E_IMAGE_FORMAT,
 * E_IMAGE_DATA.
 */
int raw_parse(struct image *image, const struct image_hint *hint, struct error *e);

/*
 * For the formats, which have set @bits and @format before. Is it for 64-bit cores, and does this
 * loader know nothing of such images? E_CORE_WIDTH. Parse what is inside of one, of any format but
 * uImage. Make all of the data a segment at the load address, entered there unless @hint says else:
 * E_IMAGE_FORMAT if there is none. See that it is loaded and entered @offset above a multiple of
 * @align: @broken if it is not.
 * Append a segment: E_TOO_MANY_SEGMENTS, E_OVERFLOW. Set entry and Thumb bit from a virtual
 * address, which must be in what is loaded of an executable segment, at a multiple of 4, for Thumb
 * of 2, where it goes: E_ELF_ENTRY.
 */
FEATURE_INLINE int image_take_64(const struct image *image, struct error *e)
{
	if (image->bits != 64 || features->arm64)
		return 0;
	return error_set(e, E_CORE_WIDTH, ERROR_NOT_IN_LOADER, "format", image->format);
}

int image_parse_inside(struct image *image, const struct image_hint *hint, struct error *e);
int image_whole(struct image *image, const struct image_hint *hint, struct segment *whole,
		struct error *e);
int image_check_place(const struct image *image, const struct segment *whole, uint64_t offset,
		      unsigned align, enum error_code broken, struct error *e);
int image_add_segment(struct image *image, const struct segment *segment, struct error *e);
int image_set_entry(struct image *image, uint64_t address, struct error *e);

#endif
