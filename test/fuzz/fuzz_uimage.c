/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes in a uImage whose CRCs are right, so that what is behind them is reached: a chance to be
 * something else in each field, and any image in it. Without CRCs nothing gets past the header.
 */
#include "test/fuzz/fuzz.h"
#include "test/unit/image_model.h"
#include "test/unit/uimage.h"

const unsigned fuzz_parts = 1;

static struct bytes make(struct bytes *input)
{
	struct bytes inner = fuzz_part(input);
	struct bytes b = { calloc(1, HEADER + inner.size), HEADER + inner.size };
	unsigned lie = fuzz_choice(input, 16); /* about the size, once in a while */

	assert_non_null(b.data);
	if (inner.size)
		memcpy(bytes_at(b, HEADER), inner.data, inner.size);
	put_be32(b, 0, 0x27051956);
	*bytes_at(b, ARCH) = (uint8_t)fuzz_number(input, 1);
	*bytes_at(b, TYPE) = (uint8_t)fuzz_number(input, 1);
	*bytes_at(b, COMPRESSION) = (uint8_t)fuzz_number(input, 1);
	put_be32(b, LOAD, (uint32_t)fuzz_number(input, 4));
	put_be32(b, ENTRY, (uint32_t)fuzz_number(input, 4));
	put_be32(b, SIZE, (uint32_t)inner.size + (lie == 15) - (lie == 14));
	put_be32(b, DATA_CRC,
		 (uint32_t)crc32(0, b.data + HEADER,
				 (uInt)(inner.size - (lie == 14 && inner.size))));
	sign_header(b);
	return b;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, whole = make(&input);
	unsigned use = fuzz_choice(&input, 4);
	const struct image_hint hint = { .has_load = use & 1,
					 .load = 0x42000000,
					 .ramdisk = use == 2 };
	struct error e = { 0 };
	struct image image;

	parse_sound(whole, &hint);
	fuzz_check_taken(image_parse(&image, "it", whole, &hint, &e), &e);
	if (!e.code) {
		assert_string_equal(image.format, "uimage");
		assert_int_equal(image.bits, whole.data[ARCH] == 22 ? 64 : 32);
		assert_int_equal(hint.ramdisk, whole.data[TYPE] == 3);
		assert_true(hint.ramdisk || whole.data[COMPRESSION] == 0);
		/* the header belongs to nobody's memory */
		for (unsigned i = 0; i < image.segments; i++)
			assert_true(!image.segment[i].from.size ||
				    image.segment[i].from.data >= whole.data + HEADER);
	}
	bytes_free(whole);
	return 0;
}
