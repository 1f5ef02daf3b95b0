/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>

#include <zlib.h>

#include "boot/image/image.h"

#define ARCH_ARM	 2
#define ARCH_ARM64	 22
#define TYPE_STANDALONE	 1
#define TYPE_KERNEL	 2
#define TYPE_FIRMWARE	 5
#define COMPRESSION_NONE 0

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

static int check_crc(const struct image *image, const char *part, const void *data, size_t size,
		     uint32_t crc, struct error *e)
{
	if (crc32_z(0, data, size) != big_endian(crc))
		return error_set(e, E_UIMAGE_BROKEN, "%s: wrong CRC of the uImage's %s",
				 image->name, part);
	return 0;
}

static int check_header(const struct image *image, struct header *h, struct error *e)
{
	uint32_t crc;

	if (!bytes_read(&image->data, 0, h, sizeof(*h)))
		return error_set(e, E_UIMAGE_BROKEN, "%s: uImage header cut off at %u bytes",
				 image->name, (unsigned)image->data.size);
	crc = h->header_crc;
	h->header_crc = 0;
	if (check_crc(image, "header", h, sizeof(*h), crc, e))
		return e->code;
	if ((h->type != TYPE_STANDALONE && h->type != TYPE_KERNEL && h->type != TYPE_FIRMWARE) ||
	    (h->arch != ARCH_ARM && h->arch != ARCH_ARM64))
		return error_set(e, E_UIMAGE_BROKEN,
				 "%s: uImage of type %u for architecture %u, nothing to enter",
				 image->name, h->type, h->arch);
	if (h->compression != COMPRESSION_NONE)
		return error_set(e, E_IMAGE_FORMAT, "%s: uImage with compression %u", image->name,
				 h->compression);
	return 0;
}

/* Neither more nor less than the header says: what else there is would be loaded, too. */
static int check_data(struct image *image, const struct header *h, struct error *e)
{
	uint32_t size = big_endian(h->size);

	if (size != image->data.size - sizeof(*h))
		return error_set(e, E_UIMAGE_BROKEN, "%s: uImage of 0x%x bytes, 0x%x are there",
				 image->name, (unsigned)size,
				 (unsigned)(image->data.size - sizeof(*h)));
	bytes_slice(&image->data, sizeof(*h), size, &image->data);
	return check_crc(image, "data", image->data.data, size, h->data_crc, e);
}

int uimage_parse(struct image *image, const struct image_hint *outer, struct error *e)
{
	struct image_hint hint = *outer;
	struct bytes whole = image->data;
	struct header h;
	unsigned bits;

	if (check_header(image, &h, e) || check_data(image, &h, e))
		return e->code;
	bits = h.arch == ARCH_ARM64 ? 64 : 32;
	image->bits = bits; /* of what does not say it by itself */
	hint.has_load = hint.has_entry = true;
	hint.load = big_endian(h.load);
	hint.entry = big_endian(h.entry);
	if (image_parse_inside(image, &hint, e))
		return e->code;
	if (image->bits != bits)
		return error_set(e, E_UIMAGE_BROKEN, "%s: uImage for %u bits with %s", image->name,
				 bits, image->format);
	image->format = "uimage";
	image->data = whole;
	return 0;
}
