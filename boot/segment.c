/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/arch.h"
#include "boot/segment.h"

void segment_write(const struct segment *s, const uint8_t *data, size_t offset, size_t size)
{
	size_t start = s->offset > offset ? s->offset : offset;
	size_t end = s->offset + s->from.size; /* in the image's data: image_parse() checked */

	if (end > offset + size)
		end = offset + size;
	if (start < end)
		memcpy((uint8_t *)arch_pointer(s->to.base) + (start - s->offset),
		       data + (start - offset), end - start);
}

void segment_finish(const struct segment *s)
{
	uint8_t *to = arch_pointer(s->to.base);
	size_t size = (size_t)s->to.size;

	memset(to + s->from.size, 0, size - s->from.size);
	arch_clean(to, size);
}

void image_write(const struct image *image)
{
	for (unsigned i = 0; i < image->segments; i++) {
		segment_write(&image->segment[i], image->data.data, 0, image->data.size);
		segment_finish(&image->segment[i]);
	}
}
