/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/explain.h"
#include "boot/image/image.h"

#define TAGS_MAGIC	 0x45454545u
#define TAG_KERNEL	 0x5a534c4bu
#define TAGS_MAX	 16 /* Linux writes one or two */
#define TREE_MAGIC	 0xedfe0dd0u
#define BIG_ENDIAN_ORDER 0x01020304u /* older kernels than 3.17 don't say */

#define BASE_ALIGN	8
#define PAGE_TABLES	0x5000u	 /* right below the kernel; 0x4000 without LPAE */
#define DECOMPRESSOR	0x10000u /* its bss and its stack of 4 KiB, generously */
#define HEAP		0x10000u /* above its stack, if no tag says another size */
#define TEXT_OFFSET_MIN 0x8000u	 /* if no tag says: what arch/arm/Makefile has */
#define TEXT_OFFSET_MAX 0x308000u

#define HEADER_AT ZIMAGE_MAGIC_AT
struct header {
	uint32_t magic;
	uint32_t start;
	uint32_t end;
	uint32_t byte_order; /* the kernel's; header and tags are little-endian for all */
	uint32_t tags_magic; /* from here on since Linux 4.15 */
	uint32_t tags;	     /* offset of the first */
};

struct tag {
	uint32_t words; /* of this tag, these two included; 0 ends the list */
	uint32_t type;
	uint32_t size_at; /* offset of the decompressed size */
	uint32_t bss;
	uint32_t text_offset; /* if there are 5 words */
	uint32_t heap;	      /* if there are 6 */
};

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "headers are copied as they are");

struct kernel_size {
	uint32_t text_min, text_max; /* text offset: from the start of RAM, within this */
	uint32_t heap;		     /* bytes that the decompressor takes */
	uint64_t memory;	     /* bytes of the decompressed kernel and its bss */
};

static bool find_kernel_tag(struct bytes data, uint64_t at, struct tag *tag)
{
	for (unsigned i = 0; i < TAGS_MAX; i++) {
		/*
		 * Code follows the last tag: there are bytes for a whole one, however short it is.
		 */
		if (!bytes_read(&data, at, tag, sizeof(*tag)) || !tag->words)
			return false;
		if (tag->type == TAG_KERNEL)
			return true;
		at += (uint64_t)tag->words * 4;
	}
	return false;
}

static int read_tags(const struct image *image, uint32_t tags, struct kernel_size *k,
		     struct error *e)
{
	struct tag tag;
	uint32_t size;

	if (!find_kernel_tag(image->data, tags, &tag) ||
	    !bytes_read_le32(&image->data, tag.size_at, &size) || !size)
		return error_set(e, E_ZIMAGE_BROKEN, "no kernel size by the tags at 0x%x",
				 (unsigned)tags);
	k->memory = (uint64_t)size + tag.bss;
	/* Linux 4.15 to 5.7 have no text offset here; the first of them count only 2 words, too. */
	if (tag.words >= 5)
		k->text_min = k->text_max = tag.text_offset;
	if (tag.words >= 6)
		k->heap = tag.heap;
	if (k->text_min < PAGE_TABLES)
		return error_set(e, E_ZIMAGE_BROKEN, "text offset 0x%x", (unsigned)tag.text_offset);
	return 0;
}

/*
 * Cut off what lies behind the end: padding, or what another loader looked for. Linux itself takes
 * a device tree there for its own (CONFIG_ARM_APPENDED_DTB, head.S), in place of the one that it is
 * handed.
 */
static int cut_behind_end(struct image *image, uint32_t size, struct error *e)
{
	if (image_has_magic(image->data, size, TREE_MAGIC))
		return error_set_explained(e, E_ZIMAGE_BROKEN, "a device tree is appended at 0x%x",
					   ": name it by fdt instead", (unsigned)size);
	image->data.size = size;
	return 0;
}

static int read_header(struct image *image, struct header *h, struct error *e)
{
	if (!bytes_read(&image->data, HEADER_AT, h, sizeof(*h)) || h->end <= h->start ||
	    h->end - h->start > image->data.size)
		return error_set(e, E_ZIMAGE_BROKEN, "cut off at 0x%x bytes",
				 (unsigned)image->data.size);
	if (h->byte_order == BIG_ENDIAN_ORDER)
		return error_set(e, E_ZIMAGE_BROKEN, "big-endian");
	return cut_behind_end(image, h->end - h->start, e);
}

static int read_kernel_size(const struct image *image, const struct header *h,
			    struct kernel_size *k, struct error *e)
{
	*k = (struct kernel_size){
		.text_min = TEXT_OFFSET_MIN,
		.text_max = TEXT_OFFSET_MAX,
		.memory = (uint64_t)image->data.size * 4,
		.heap = HEAP,
	};
	return h->tags_magic == TAGS_MAGIC ? read_tags(image, h->tags, k, e) : 0;
}

int zimage_parse(struct image *image, const struct image_hint *hint, struct error *e)
{
	struct segment segment;
	struct kernel_size k;
	struct header h;

	image->bits = 32;
	if (read_header(image, &h, e) || image_whole(image, hint, &segment, e) ||
	    image_check_place(image, &segment, 0, BASE_ALIGN, E_ZIMAGE_BROKEN, e) ||
	    read_kernel_size(image, &h, &k, e))
		return e->code;
	segment.to.size += (uint64_t)k.heap + DECOMPRESSOR;
	if (image_add_segment(image, &segment, e))
		return e->code;
	image->room.base = (hint->load & ZIMAGE_RAM_MASK) + k.text_min - PAGE_TABLES;
	image->room.size = k.text_max - k.text_min + PAGE_TABLES + k.memory;
	return 0;
}
