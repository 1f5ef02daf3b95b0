/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "arch/arch.h"
#include "boot/segment.h"

void segment_write(const struct segment *s, const uint8_t *source, const uint8_t *data, size_t size)
{
	const uint8_t *from = s->from.data, *start = from > source ? from : source;
	const uint8_t *end = from + s->from.size;

	if (end > source + size)
		end = source + size;
	if (start < end)
		memcpy((uint8_t *)arch_pointer(s->to.base) + (start - from),
		       data + (start - source), (size_t)(end - start));
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
		segment_write(&image->segment[i], image->data.data, image->data.data,
			      image->data.size);
		segment_finish(&image->segment[i]);
	}
}
