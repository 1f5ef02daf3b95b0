/* SPDX-License-Identifier: BSD-2-Clause */
/* What must hold for every image that a parser accepts, whatever bytes it was made from. */
#ifndef TEST_UNIT_IMAGE_MODEL_H
#define TEST_UNIT_IMAGE_MODEL_H

#include "boot/image/image.h"
#include "test/unit/unit.h"

/* What a FIT says of load and entry address. */
#define HINT(with_load, with_entry, load_at, entry_at)                                 \
	{                                                                              \
		.has_load = (with_load), .has_entry = (with_entry), .load = (load_at), \
		.entry = (entry_at)                                                    \
	}

static inline void assert_bytes_within(struct bytes part, struct bytes all)
{
	if (!part.size)
		return;
	assert_true(part.data >= all.data);
	assert_true(part.size <= all.size);
	assert_true((size_t)(part.data - all.data) <= all.size - part.size);
}

static inline void assert_image_sound(const struct image *image)
{
	const phys_addr_t end = image->bits == 64 ? 0x1000000000000 : 0x100000000;
	bool entered = false;

	assert_true(image->segments >= 1 && image->segments <= IMAGE_SEGMENTS);
	for (unsigned i = 0; i < image->segments; i++) {
		const struct segment *s = &image->segment[i];

		assert_bytes_within(s->from, image->data);
		assert_true(s->to.size && s->from.size <= s->to.size);
		assert_true(s->to.base <= end);
		assert_true(s->to.size <= end - s->to.base);
		assert_true(image->bits == 64 || s->vaddr <= UINT32_MAX);
		for (unsigned k = 0; k < i; k++)
			assert_false(range_overlaps(&image->segment[k].to, &s->to));
		entered |= s->executable && image->entry >= s->to.base &&
			   image->entry - s->to.base < s->from.size;
	}
	assert_true(entered);
	assert_false(image->thumb && image->bits == 64);
	assert_true(image->thumb ? !(image->entry & 1) : !(image->entry & 3));
	assert_bytes_within(image->table, image->data);
	if (image->table.size) {
		bool held = false;

		for (unsigned i = 0; i < image->segments; i++) {
			const struct segment *s = &image->segment[i];
			uint64_t into = image->table_address - s->to.base;

			held |= image->table_address >= s->to.base && into <= s->from.size &&
				image->table.size <= s->from.size - into &&
				image->table.data == s->from.data + into;
		}
		assert_true(held);
	}
}

/* Parse a copy of exactly @size bytes; what is accepted must be sound. Returns the code. */
static inline int parse_sound(struct bytes data, const struct image_hint *hint)
{
	struct bytes copy = bytes_copy(data.data, data.size);
	struct error e = { 0 };
	struct image image;
	int code = image_parse(&image, "it", copy, hint, &e);

	assert_int_equal(code, e.code);
	if (code)
		assert_true(strlen(e.text) > 0);
	else if (!hint->ramdisk) /* which nobody enters */
		assert_image_sound(&image);
	bytes_free(copy);
	return code;
}

/* Every length, and every byte of [from, to) changed in many ways; only soundness is asserted. */
static inline void mutate(struct bytes good, const struct image_hint *hint, size_t from, size_t to)
{
	static const uint8_t flips[] = { 0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff };

	for (size_t at = from; at < to; at++) {
		uint8_t *byte = bytes_at(good, at), kept = *byte;

		for (unsigned i = 0; i < COUNT(flips) + 2; i++) {
			*byte = i < COUNT(flips) ? kept ^ flips[i] : (uint8_t)(kept + 2 * i - 19);
			parse_sound(good, hint);
		}
		*byte = kept;
	}
}

#endif
