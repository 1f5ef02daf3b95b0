/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/explain.h"
#include "fdt/bootargs.h"
#include "tools/peerboot/closer/closer.h"

#define MiB 0x100000u

#define LZ4_FRAME 0x184d2204u
#define XZ_MAGIC  0x587a37fdu

/*
 * Linux has decoders for what lz4 -l makes (lib/decompress.c), and for xz without a check or with
 * CRC32, by the second byte of the stream's flags (lib/xz/xz_dec_stream.c).
 */
static int check_packing(struct bytes data, struct error *e)
{
	uint32_t word;

	if (image_has_magic(data, 0, LZ4_FRAME))
		return error_set(e, E_IMAGE_FORMAT,
				 "looks like lz4, no ramdisk: Linux unpacks what lz4 -l makes");
	if (image_has_magic(data, 0, XZ_MAGIC) && bytes_read_le32(&data, 4, &word) &&
	    word >> 24 > 1)
		return error_set(e, E_IMAGE_FORMAT,
				 "xz with a check that Linux does not know: --check=crc32");
	return 0;
}

/* lib/decompress.c, compressed_formats[]: two bytes are enough for Linux. */
static bool is_compressed(struct bytes data)
{
	static const char magics[][3] = { "\x1f\x8b", "\x1f\x9e", "BZ",	      "\x5d\0",
					  "\xfd\x37", "\x89\x4c", "\x02\x21", "\x28\xb5" };
	char begin[2];

	for (size_t i = 0; bytes_read(&data, 0, begin, 2) && i < sizeof(magics) / 3; i++)
		if (!memcmp(begin, magics[i], 2))
			return true;
	return false;
}

static bool is_cpio(struct bytes data)
{
	char begin[6];

	return bytes_read(&data, 0, begin, 6) && !memcmp(begin, "07070", 5) &&
	       (begin[5] == '1' || begin[5] == '2');
}

/* init/do_mounts_rd.c, identify_ramdisk_image(): those that may begin with zeros. */
static bool is_file_system(struct bytes data)
{
	uint32_t word;

	return image_has_magic(data, 0x200, 0x28cd3d45) || /* cramfs */
	       (bytes_read_le32(&data, 0x410, &word) &&
		((word & 0xffff) == 0x137f || (word & 0xffff) == 0x138f)) ||	    /* minix */
	       (bytes_read_le32(&data, 0x438, &word) && (word & 0xffff) == 0xef53); /* ext2 */
}

/*
 * init/initramfs.c, unpack_to_rootfs(): it steps over zeros, but a cpio behind them has to lie at a
 * multiple of 4. Without zeros the magic has been looked at.
 */
static int check_padding(struct bytes *data, struct error *e)
{
	struct bytes rest;
	size_t zeros = 0;

	while (zeros < data->size && !bytes_byte(data, zeros))
		zeros++;
	if (!zeros || is_file_system(*data))
		return 0;
	rest = (struct bytes){ data->data + zeros, data->size - zeros };
	*data = rest;
	if (is_cpio(rest) && zeros % 4)
		return error_set(e, E_IMAGE_FORMAT,
				 "cpio behind %zu zeros: Linux finds it at multiples of 4 alone",
				 zeros);
	if (is_cpio(rest) || is_compressed(rest))
		return 0;
	return error_set(e, E_IMAGE_FORMAT,
			 "nothing that Linux unpacks or mounts, behind %zu zeros", zeros);
}

/* Of 32 bits: arch/arm/mm/mmu.c, early_vmalloc() and adjust_lowmem_bounds(). */
#define VMALLOC_END	0xff800000u
#define VMALLOC_OFFSET	(8 * MiB)
#define PAGE_OFFSET	0xc0000000u /* CONFIG_VMSPLIT_3G */
#define VMALLOC_DEFAULT (240 * MiB)
#define VMALLOC_LEAST	(16 * MiB)
#define VMALLOC_MOST	(VMALLOC_END - (PAGE_OFFSET + 32 * MiB + VMALLOC_OFFSET))

static void find_vmalloc(void *arg, struct bytes rest)
{
	uint64_t *size = arg;

	if (!word_begins(rest, "vmalloc="))
		return;
	rest = word_behind(rest, strlen("vmalloc="));
	*size = word_take_size(&rest);
	if (*size < VMALLOC_LEAST)
		*size = VMALLOC_LEAST;
	if (*size > VMALLOC_MOST)
		*size = VMALLOC_MOST;
}

/* Linux maps no other RAM before it has a console, and takes the ramdisk for mapped. */
static int check_lowmem(struct closer *c, const struct image *kernel)
{
	const struct range *r = &c->plan->tree.initrd;
	uint64_t vmalloc = VMALLOC_DEFAULT, end;

	if (kernel->bits == 64 || !kernel->room.size)
		return 0;
	bootargs_each_word(closer_bootargs(c), find_vmalloc, &vmalloc);
	end = (kernel->room.base & ZIMAGE_RAM_MASK) + VMALLOC_END - vmalloc - VMALLOC_OFFSET -
	      PAGE_OFFSET;
	if (range_end(*r) <= end)
		return 0;
	error_set(c->e, E_OUTSIDE_MEMORY,
		  "ends at 0x%llx, lowmem at 0x%llx: this Linux would die without a word",
		  (unsigned long long)range_end(*r), (unsigned long long)end);
	return error_explain(c->e,
			     " (of CONFIG_VMSPLIT_3G: a zImage does not say if it has another)");
}

/*
 * Linux keeps whole pages for it, and goes without if one of them is another's already
 * (init/initramfs.c, reserve_initrd_mem()); in the end it frees whole pages.
 */
static int check_pages(struct closer *c, const struct range *other, const char *what)
{
	const struct range pages = plan_whole_pages(&c->plan->tree.initrd);

	if (!range_overlaps(&pages, other))
		return 0;
	return error_set(c->e, E_OVERLAP,
			 "0x%llx..0x%llx has a page in common with %s 0x%llx..0x%llx",
			 (unsigned long long)c->plan->tree.initrd.base,
			 (unsigned long long)range_end(c->plan->tree.initrd), what,
			 (unsigned long long)other->base, (unsigned long long)range_end(*other));
}

int closer_ramdisk(struct closer *c)
{
	const struct plan_context *context = plan_linux_context(c->plan);
	const struct plan_image *ramdisk = &context->image[PLAN_RAMDISK];
	const struct image *kernel = &context->image[PLAN_MAIN].image;
	struct bytes data;

	if (!ramdisk->present)
		return 0;
	data = ramdisk->image.segment[0].from;
	error_about(c->e, "image ", ramdisk->image.name);
	if (check_padding(&data, c->e) || check_packing(data, c->e) || check_lowmem(c, kernel) ||
	    check_pages(c, &c->plan->fdt, "Linux's device tree"))
		return c->e->code;
	return kernel->room.size ? check_pages(c, &kernel->room, "Linux") : 0;
}
