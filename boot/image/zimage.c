/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/image/image.h"

#define MAGIC	      0x016f2818u
#define MAGIC_AT      0x24
#define START_AT      0x28
#define END_AT	      0x2c
#define TAGS_MAGIC    0x45454545u
#define TAGS_MAGIC_AT 0x34
#define TAGS_AT	      0x38
#define TAG_KERNEL    0x5a534c4bu
#define TAGS_MAX      16 /* Linux writes one or two */

#define AUTO_MASK	0xf8000000u /* the decompressor takes RAM to start at pc & this */
#define PAGE_TABLES	0x5000u	    /* right below the kernel; 0x4000 without LPAE */
#define DECOMPRESSOR	0x10000u    /* its bss and its stack of 4 KiB, generously */
#define HEAP		0x10000u    /* above its stack, if no tag says another size */
#define TEXT_OFFSET_MIN 0x8000u	    /* if no tag says: what arch/arm/Makefile has */
#define TEXT_OFFSET_MAX 0x308000u

struct kernel_size {
	uint64_t text_min, text_max; /* text offset: from the start of RAM, within this */
	uint64_t memory;	     /* bytes of the decompressed kernel and its bss */
	uint64_t heap;		     /* bytes that the decompressor takes */
};

bool zimage_probe(struct bytes data)
{
	uint32_t word;

	return bytes_read_le32(data, MAGIC_AT, &word) && word == MAGIC;
}

static int broken(const struct image *image, const char *what, uint32_t number, struct error *e)
{
	return error_set(e, E_ZIMAGE_BROKEN, "%s: zImage %s 0x%x", image->name, what,
			 (unsigned)number);
}

/* The payload of the tag with the kernel's size; at: its offset, words: its length. */
static bool find_kernel_tag(struct bytes data, uint32_t tags, uint64_t *at, uint32_t *words)
{
	uint64_t next = tags;
	uint32_t tag;

	for (unsigned i = 0; i < TAGS_MAX; i++) {
		if (!bytes_read_le32(data, next, words) || !*words ||
		    !bytes_read_le32(data, next + 4, &tag))
			return false;
		*at = next + 8;
		if (tag == TAG_KERNEL)
			return true;
		next += (uint64_t)*words * 4;
	}
	return false;
}

static int read_kernel_tag(const struct image *image, uint32_t tags, struct kernel_size *k,
			   struct error *e)
{
	uint32_t words, size_at, size, bss, text, heap;
	uint64_t at;

	if (!find_kernel_tag(image->data, tags, &at, &words))
		return broken(image, "has no kernel size in its tags at", tags, e);
	if (!bytes_read_le32(image->data, at, &size_at) ||
	    !bytes_read_le32(image->data, at + 4, &bss))
		return broken(image, "tags are cut off at", tags, e);
	if (!bytes_read_le32(image->data, size_at, &size) || !size)
		return broken(image, "has no kernel size at", size_at, e);
	k->memory = (uint64_t)size + bss;
	/* Linux 4.15 to 5.7 have no text offset here, the first of them a count of 2, too. */
	if (words >= 5) {
		if (!bytes_read_le32(image->data, at + 8, &text) || text < PAGE_TABLES)
			return broken(image, "text offset cut off or too small, tags at", tags, e);
		k->text_min = k->text_max = text;
	}
	if (words >= 6) {
		if (!bytes_read_le32(image->data, at + 12, &heap))
			return broken(image, "tags are cut off at", tags, e);
		k->heap = heap;
	}
	return 0;
}

static int read_kernel_size(const struct image *image, struct kernel_size *k, struct error *e)
{
	uint32_t word, tags;

	*k = (struct kernel_size){
		.text_min = TEXT_OFFSET_MIN,
		.text_max = TEXT_OFFSET_MAX,
		.memory = (uint64_t)image->data.size * 4,
		.heap = HEAP,
	};
	if (!bytes_read_le32(image->data, TAGS_MAGIC_AT, &word) || word != TAGS_MAGIC)
		return 0; /* older than the tags */
	if (!bytes_read_le32(image->data, TAGS_AT, &tags))
		return broken(image, "is cut off at", TAGS_AT, e);
	return read_kernel_tag(image, tags, k, e);
}

int zimage_parse(struct image *image, const struct image_hint *hint, struct error *e)
{
	struct kernel_size k;
	uint32_t start, end;

	if (!hint->has_load)
		return error_set(e, E_IMAGE_FORMAT, "%s: a zImage without a load address",
				 image->name);
	if (hint->load % 8)
		return error_set(e, E_ZIMAGE_BROKEN,
				 "%s: load address 0x%llx of a zImage is no multiple of 8",
				 image->name, (unsigned long long)hint->load);
	if (!bytes_read_le32(image->data, START_AT, &start) ||
	    !bytes_read_le32(image->data, END_AT, &end))
		return broken(image, "is cut off, magic at", MAGIC_AT, e);
	if (end <= start || end - start > image->data.size)
		return error_set(e, E_ZIMAGE_BROKEN, "%s: zImage of 0x%x bytes in 0x%x of data",
				 image->name, (unsigned)(end - start), (unsigned)image->data.size);
	if (read_kernel_size(image, &k, e))
		return e->code;
	/* What lies behind the end (padding, an appended device tree) is loaded, too. */
	if (image_add_segment(image,
			      (struct segment){
				      .from = image->data,
				      .to = { hint->load, image->data.size + DECOMPRESSOR + k.heap },
				      .virt = hint->load,
				      .executable = true,
			      },
			      e) ||
	    image_set_entry(image, hint->has_entry ? hint->entry : hint->load, e))
		return e->code;
	if (image->entry != hint->load || image->thumb)
		return error_set(e, E_ZIMAGE_BROKEN,
				 "%s: a zImage is entered at its start 0x%llx, not at 0x%llx",
				 image->name, (unsigned long long)hint->load,
				 (unsigned long long)hint->entry);
	image->room.base = (hint->load & AUTO_MASK) + k.text_min - PAGE_TABLES;
	image->room.size = k.text_max - k.text_min + PAGE_TABLES + k.memory;
	return 0;
}
