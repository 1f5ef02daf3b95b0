/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/image/image.h"

/* The first whose magic fits; raw data has none and comes last. */
static const struct format {
	const char *name;
	uint32_t magic, magic_at;
	int (*parse)(struct image *image, const struct image_hint *hint, struct error *e);
} formats[] = {
	{ "uimage", UIMAGE_MAGIC, UIMAGE_MAGIC_AT,
	  uimage_parse }, /* first: the others may be inside */
	{ "elf32", ELF_MAGIC, ELF_MAGIC_AT, elf_parse },
	{ "zimage", ZIMAGE_MAGIC, ZIMAGE_MAGIC_AT, zimage_parse },
	{ "arm64", ARM64_MAGIC, ARM64_MAGIC_AT, arm64_parse },
	{ "raw", 0, 0, raw_parse },
};

bool image_has_magic(struct bytes data, unsigned offset, uint32_t magic)
{
	uint32_t word;

	return bytes_read_le32(&data, offset, &word) && word == magic;
}

static int parse(struct image *image, const struct format *format, const struct image_hint *hint,
		 struct error *e)
{
	while (format->magic && !image_has_magic(image->data, format->magic_at, format->magic))
		format++;
	image->format = format->name;
	return format->parse(image, hint, e);
}

int image_parse(struct image *image, const char *name, struct bytes data,
		const struct image_hint *hint, struct error *e)
{
	memset(image, 0, sizeof(*image));
	image->name = name;
	image->data = data;
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
		return error_set(e, E_IMAGE_FORMAT, "%s: %s without a load address", image->name,
				 image->format);
	image->entry = hint->has_entry ? hint->entry : hint->load;
	*whole = (struct segment){
		.from = image->data,
		.to = { hint->load, image->data.size },
		.virt = hint->load,
		.executable = true,
	};
	return 0;
}

int image_check_place(const struct image *image, const struct segment *whole, uint64_t offset,
		      unsigned align, enum error_code broken, struct error *e)
{
	/* Wraps alike where the offset is larger than the address. */
	if ((whole->virt - offset) % align || image->entry != whole->virt)
		return error_set(
			e, broken,
			"%s: %s belongs 0x%llx above a multiple of 0x%x, not to 0x%llx, entered at 0x%llx",
			image->name, image->format, (unsigned long long)offset, align,
			(unsigned long long)whole->virt, (unsigned long long)image->entry);
	return 0;
}

int image_add_segment(struct image *image, const struct segment *segment, struct error *e)
{
	const phys_addr_t end = image_address_end(image);

	if (segment->to.base > end || segment->to.size > end - segment->to.base)
		return error_set(e, E_OVERFLOW,
				 "%s: segment at 0x%llx of 0x%llx bytes passes 0x%llx", image->name,
				 (unsigned long long)segment->to.base,
				 (unsigned long long)segment->to.size, (unsigned long long)end);
	if (image->segments == IMAGE_SEGMENTS)
		return error_set(e, E_TOO_MANY_SEGMENTS, "%s: more than %u segments", image->name,
				 (unsigned)IMAGE_SEGMENTS);
	image->segment[image->segments++] = *segment;
	return 0;
}

int image_set_entry(struct image *image, uint64_t address, struct error *e)
{
	bool thumb = image->bits != 64 && address & 1;
	uint64_t entry = address - thumb;

	for (unsigned i = 0; i < image->segments; i++) {
		const struct segment *s = &image->segment[i];
		uint64_t into = entry - s->virt; /* huge if it lies in front */

		/* In what is loaded, not in what is only cleared behind it. */
		if (!s->executable || into >= s->from.size)
			continue;
		image->entry = s->to.base + into;
		image->thumb = thumb;
		if (!((entry | image->entry) & (thumb ? 1 : 3)))
			return 0;
		break;
	}
	return error_set(e, E_ELF_ENTRY, "%s: entry 0x%llx is no place in its executable segments",
			 image->name, (unsigned long long)address);
}
