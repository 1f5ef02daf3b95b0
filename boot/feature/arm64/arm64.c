/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/arm64.h"
#include "boot/feature/arm64/arm64.h"

#define BASE_ALIGN     0x200000u /* 2 MiB */
#define FLAG_BIGENDIAN 1u

struct header {
	uint32_t code[2];
	uint64_t text_offset; /* from a multiple of BASE_ALIGN */
	uint64_t image_size;  /* in memory, from the load address on */
	uint64_t flags;
};

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "headers are copied as they are");

int arm64_parse(struct image *image, const struct image_hint *hint, struct error *e)
{
	struct segment segment;
	struct header h;

	if (image_whole(image, hint, &segment, e))
		return e->code;
	if (!bytes_read(&image->data, 0, &h, sizeof(h)) || h.image_size < image->data.size ||
	    h.flags & FLAG_BIGENDIAN)
		return error_set(e, E_ARM64_BROKEN,
				 "0x%llx bytes in memory, 0x%x in the file, flags 0x%llx",
				 (unsigned long long)h.image_size, (unsigned)image->data.size,
				 (unsigned long long)h.flags);
	segment.to.size = h.image_size;
	if (image_check_place(image, &segment, h.text_offset, BASE_ALIGN, E_ARM64_BROKEN, e) ||
	    image_add_segment(image, &segment, e))
		return e->code;
	return image_set_entry(image, image->entry, e);
}

const struct arm64_feature arm64_feature = { arm64_parse };
