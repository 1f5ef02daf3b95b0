/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>

#include <zlib.h>

#include "boot/feature/explain.h"
#include "boot/feature/uimage.h"
#include "boot/feature/uimage/uimage.h"

#define ARCH_ARM	   2
#define ARCH_ARM64	   22
#define TYPE_STANDALONE	   1
#define TYPE_KERNEL	   2
#define TYPE_RAMDISK	   3
#define TYPE_FIRMWARE	   5
#define TYPE_KERNEL_NOLOAD 14
#define COMPRESSION_NONE   0
#define OS_LINUX	   5

enum field {
	TYPE,
	ARCH,
	COMPRESSION,
	OS
};
static const char field_names[][12] = { "type", "arch", "compression", "os" };

/* What numbers mean, as mkimage calls it: those that people have, or mix up. */
static const struct {
	uint8_t field, number;
	char name[11];
} values[] = {
	{ TYPE, 1, "standalone" },  { TYPE, 2, "kernel" },	{ TYPE, 3, "ramdisk" },
	{ TYPE, 4, "multi" },	    { TYPE, 5, "firmware" },	{ TYPE, 6, "script" },
	{ TYPE, 7, "filesystem" },  { TYPE, 8, "flat_dt" },	{ ARCH, 3, "x86" },
	{ ARCH, 5, "mips" },	    { ARCH, 7, "powerpc" },	{ ARCH, 24, "x86_64" },
	{ ARCH, 26, "riscv" },	    { COMPRESSION, 1, "gzip" }, { COMPRESSION, 2, "bzip2" },
	{ COMPRESSION, 3, "lzma" }, { COMPRESSION, 4, "lzo" },	{ COMPRESSION, 5, "lz4" },
	{ COMPRESSION, 6, "zstd" }, { OS, 2, "netbsd" },	{ OS, 14, "vxworks" },
	{ OS, 16, "qnx" },	    { OS, 17, "u-boot" },	{ OS, 18, "rtems" },
};

struct header { /* numbers are big-endian */
	uint32_t magic;
	uint32_t header_crc; /* of the header with 0 here */
	uint32_t time;
	uint32_t size; /* of what follows */
	uint32_t load;
	uint32_t entry;
	uint32_t data_crc;
	uint8_t os, arch, type, compression;
	uint8_t name[32];
};
_Static_assert(sizeof(struct header) == 64, "as it is in the image");

static uint32_t big_endian(uint32_t number)
{
	return __builtin_bswap32(number);
}

static int check_crc(const char *part, const void *data, size_t size, uint32_t crc, struct error *e)
{
	if (crc32_z(0, data, size) != big_endian(crc))
		return error_set(e, E_UIMAGE_BROKEN, "wrong CRC of the uImage's %s", part);
	return 0;
}

static int refuse(enum error_code code, enum field field, unsigned number, const char *wanted,
		  struct error *e)
{
	error_set(e, code, "uImage of %s %u, no %s", field_names[field], number, wanted);
	for (size_t i = 0; advises() && i < sizeof(values) / sizeof(values[0]); i++)
		if (values[i].field == field && values[i].number == number)
			error_explain(e, ": %s", values[i].name);
	return e->code;
}

static bool is_wanted(unsigned type, bool ramdisk)
{
	unsigned wanted = ramdisk ? 1u << TYPE_RAMDISK :
				    1u << TYPE_STANDALONE | 1u << TYPE_KERNEL |
					    1u << TYPE_FIRMWARE | 1u << TYPE_KERNEL_NOLOAD;

	return type < 32 && wanted >> type & 1;
}

/* Of Linux's kernel the header must say so, as U-Boot wants it; others' may be of any system. */
static bool is_other_kernel(const struct header *h, const struct image_hint *hint)
{
	return hint->known && (h->type == TYPE_KERNEL || h->type == TYPE_KERNEL_NOLOAD) &&
	       h->os != OS_LINUX;
}

static int check_header(const struct image *image, const struct image_hint *hint, struct header *h,
			struct error *e)
{
	uint32_t crc;

	if (!bytes_read(&image->data, 0, h, sizeof(*h)))
		return error_set(e, E_UIMAGE_BROKEN, "uImage header cut off at %u bytes",
				 (unsigned)image->data.size);
	crc = h->header_crc;
	h->header_crc = 0;
	if (check_crc("header", h, sizeof(*h), crc, e))
		return e->code;
	if (!is_wanted(h->type, hint->ramdisk))
		return refuse(E_UIMAGE_BROKEN, TYPE, h->type, hint->ramdisk ? "ramdisk" : "program",
			      e);
	if (h->arch != ARCH_ARM && h->arch != ARCH_ARM64)
		return refuse(E_UIMAGE_BROKEN, ARCH, h->arch, "arm or arm64", e);
	if (is_other_kernel(h, hint))
		return refuse(E_IMAGE_FORMAT, OS, h->os, "linux", e);
	/* A ramdisk is for Linux to unpack. */
	if (h->compression != COMPRESSION_NONE && !hint->ramdisk)
		return refuse(E_IMAGE_FORMAT, COMPRESSION, h->compression, "plain data", e);
	return 0;
}

/* What is behind its end is padding to a block of flash, or nothing that U-Boot looks at either. */
static int check_data(struct image *image, const struct header *h, struct error *e)
{
	uint32_t size = big_endian(h->size);

	if (!bytes_slice(&image->data, sizeof(*h), size, &image->data))
		return error_set(e, E_UIMAGE_BROKEN, "uImage of 0x%x bytes, 0x%x are there",
				 (unsigned)size, (unsigned)(image->data.size - sizeof(*h)));
	return check_crc("data", image->data.data, size, h->data_crc, e);
}

/*
 * Where no load address is 0, as mkimage writes it, whoever loads it chooses the place. An entry is
 * an address all the same: one that is said, and not there, is no fault that may go unseen.
 */
static struct image_hint addresses(const struct header *h, const struct image_hint *outer)
{
	struct image_hint hint = *outer;
	uint32_t load = big_endian(h->load), entry = big_endian(h->entry);

	if (h->type == TYPE_KERNEL_NOLOAD) {
		hint.has_entry = true;
		hint.entry = outer->load + entry; /* an offset, then */
	} else if (load || !outer->has_load) {
		hint.has_load = hint.has_entry = true;
		hint.load = load;
		hint.entry = entry;
	} else if (entry) {
		hint.has_entry = true;
		hint.entry = entry;
	}
	return hint;
}

int uimage_parse(struct image *image, const struct image_hint *outer, struct error *e)
{
	struct bytes whole = image->data;
	struct image_hint hint;
	struct header h;
	unsigned bits;

	if (check_header(image, outer, &h, e) || check_data(image, &h, e))
		return e->code;
	bits = h.arch == ARCH_ARM64 ? 64 : 32;
	image->bits = bits; /* of what does not say it by itself */
	hint = addresses(&h, outer);
	if (image_parse_inside(image, &hint, e))
		return e->code;
	if (image->bits != bits)
		return error_set(e, E_UIMAGE_BROKEN, "uImage for %u bits with %s", bits,
				 image->format);
	image->format = "uimage";
	image->data = whole;
	return 0;
}

const struct uimage_feature uimage_feature = { uimage_parse };
