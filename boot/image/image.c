/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/feature/arm64.h"
#include "boot/feature/explain.h"
#include "boot/feature/uimage.h"
#include "boot/image/image.h"
#include "boot/image/known.h"

static int parse_arm64(struct image *image, const struct image_hint *hint, struct error *e)
{
	image->bits = 64;
	return image_take_64(image, e) ? e->code : features->arm64->parse(image, hint, e);
}

static int parse_uimage(struct image *image, const struct image_hint *hint, struct error *e)
{
	if (!features->uimage)
		return error_set(e, E_IMAGE_FORMAT, ERROR_NOT_IN_LOADER, "format", image->format);
	return features->uimage->parse(image, hint, e);
}

/* The first whose magic fits; raw data has none and comes last. */
static const struct format {
	const char *name;
	uint32_t magic, magic_at;
	image_parse_t *parse;
} formats[] = {
	{ "uimage", UIMAGE_MAGIC, UIMAGE_MAGIC_AT,
	  parse_uimage }, /* first: the others may be inside */
	{ "elf32", ELF_MAGIC, ELF_MAGIC_AT, elf_parse },
	{ "zimage", ZIMAGE_MAGIC, ZIMAGE_MAGIC_AT, zimage_parse },
	{ "arm64", ARM64_MAGIC, ARM64_MAGIC_AT, parse_arm64 },
	{ "raw", 0, 0, raw_parse },
};

bool image_has_magic(struct bytes data, unsigned offset, uint32_t magic)
{
	uint32_t word;

	return bytes_read_le32(&data, offset, &word) && word == magic;
}

static const struct format *find_format(const struct format *f, struct bytes data)
{
	while (f->magic && !image_has_magic(data, f->magic_at, f->magic))
		f++;
	return f;
}

bool image_is_arm64(struct bytes data)
{
	return find_format(formats, data)->parse == parse_arm64;
}

const char *image_looks_like(struct bytes data)
{
	const struct format *f = find_format(formats, data);
	const struct known *k = f->magic ? NULL : known_find(data);

	return k ? k->name : f->name;
}

/*
 * What Linux finds a ramdisk by, or a uImage that may hold one. It steps over zeros in front of a
 * cpio, and some file systems begin with them.
 */
static bool may_be_ramdisk(const struct format *f, const struct known *k, struct bytes data)
{
	return k ? k->ramdisk :
		   f == formats || (!f->magic && (!data.size || !bytes_byte(&data, 0)));
}

static int parse(struct image *image, const struct format *f, const struct image_hint *hint,
		 struct error *e)
{
	const struct known *k;

	f = find_format(f, image->data);
	k = f->magic ? NULL : known_find(image->data);
	image->format = f->name;
	if (hint->ramdisk ? !may_be_ramdisk(f, k, image->data) : k != NULL)
		return error_set(e, E_IMAGE_FORMAT, "looks like %s, no %s", k ? k->name : f->name,
				 hint->ramdisk ? "ramdisk" : "program");
	return f->parse(image, hint, e);
}

int image_parse(struct image *image, const char *name, struct bytes data,
		const struct image_hint *hint, struct error *e)
{
	memset(image, 0, sizeof(*image));
	image->name = name;
	image->data = data;
	image->bits = hint->bits;
	error_about(e, "image ", name);
	return parse(image, formats, hint, e);
}

int image_parse_inside(struct image *image, const struct image_hint *hint, struct error *e)
{
	return parse(image, formats + 1, hint, e);
}

int image_whole(struct image *image, const struct image_hint *hint, struct segment *whole,
		struct error *e)
{
	if (!hint->has_load)
		return error_set(e, E_IMAGE_FORMAT, "%s without a load address", image->format);
	image->entry = hint->has_entry ? hint->entry : hint->load;
	*whole = (struct segment){
		.from = image->data,
		.to = { hint->load, image->data.size },
		.vaddr = hint->load,
		.executable = true,
	};
	return 0;
}

int image_check_place(const struct image *image, const struct segment *whole, uint64_t offset,
		      unsigned align, enum error_code broken, struct error *e)
{
	/* Wraps alike where the offset is larger than the address. */
	if (image->entry != whole->vaddr)
		return error_set(e, broken, "%s at 0x%llx is entered at its start, not at 0x%llx",
				 image->format, (unsigned long long)whole->vaddr,
				 (unsigned long long)image->entry);
	if ((whole->vaddr - offset) & (align - 1))
		return error_set(e, broken,
				 "%s belongs 0x%llx above a multiple of 0x%x, not to 0x%llx",
				 image->format, (unsigned long long)offset, align,
				 (unsigned long long)whole->vaddr);
	return 0;
}

/* Two segments of one image: bss, say, that the linker script lets run into what follows. */
static int refuse_overlap(const struct image *image, unsigned i, const struct segment *s,
			  struct error *e)
{
	const struct segment *other = &image->segment[i];

	return error_set(e, E_OVERLAP,
			 "segment %u 0x%llx..0x%llx overlaps its segment %u 0x%llx..0x%llx",
			 image->segments, (unsigned long long)s->to.base,
			 (unsigned long long)range_end(s->to), i,
			 (unsigned long long)other->to.base,
			 (unsigned long long)range_end(other->to));
}

int image_add_segment(struct image *image, const struct segment *segment, struct error *e)
{
	const phys_addr_t end = image_address_end(image);

	if (segment->to.base > end || segment->to.size > end - segment->to.base)
		return error_set(e, E_OVERFLOW, "segment at 0x%llx of 0x%llx bytes passes 0x%llx",
				 (unsigned long long)segment->to.base,
				 (unsigned long long)segment->to.size, (unsigned long long)end);
	for (unsigned i = 0; i < image->segments; i++)
		if (range_overlaps(&image->segment[i].to, &segment->to))
			return refuse_overlap(image, i, segment, e);
	if (image->segments == IMAGE_SEGMENTS)
		return error_set(e, E_TOO_MANY_SEGMENTS, "more than %u segments",
				 (unsigned)IMAGE_SEGMENTS);
	image->segment[image->segments++] = *segment;
	return 0;
}

int image_set_entry(struct image *image, uint64_t address, struct error *e)
{
	bool thumb = image->bits != 64 && address & 1;
	uint64_t entry = address - thumb;
	const char *wrong = "is in no segment";

	/* As segments are linked; else as they are loaded, as U-Boot and remoteproc enter it. */
	for (unsigned i = 0; i < 2 * image->segments; i++) {
		const struct segment *s = &image->segment[i % image->segments];
		uint64_t from = i < image->segments ? s->vaddr : s->to.base;
		uint64_t into = entry - from; /* huge if it lies in front */

		if (into >= s->to.size)
			continue;
		image->entry = s->to.base + into;
		image->thumb = thumb;
		if (!s->executable)
			wrong = "is not executable";
		else if (into >= s->from.size)
			wrong = "is in bss";
		else if ((entry | image->entry) & (thumb ? 1 : 3))
			wrong = "is no multiple of 4 (Thumb: 2)";
		else
			return 0;
	}
	error_set(e, E_ELF_ENTRY, "entry 0x%llx %s", (unsigned long long)address, wrong);
	return address ? e->code : error_explain(e, ": no ENTRY() in the linker script?");
}
