/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/decompression/formats.h"
#include "boot/feature/late_unpack.h"
#include "boot/unpack.h"
#include "boot/verify.h"

/* What a format and an arm64 Image's place are known by. */
#define HEAD_SIZE (ARM64_MAGIC_AT + 4u)
#define FIRST	  4096u /* bytes of compressed data that make as many */

_Static_assert(HEAD_SIZE <= BEGIN_MAX, "as a format begins");

static const struct {
	const char *name;
	begin_t *begin;
} formats[] = {
	{ "gzip", gzip_begin },
	{ "lz4", lz4_begin },
};

static begin_t *find(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (fit_word_is(name, formats[i].name))
			return formats[i].begin;
	return NULL;
}

/* Is it an arm64 Image, as image_parse() will see it by the head alone, and how large? */
static bool begin(const struct fit_image *image, uint8_t head[HEAD_SIZE], size_t *size)
{
	static uint8_t first[FIRST];
	begin_t *const format = find(image->compression);
	struct bytes part = image->data;

	if (!format)
		return false;
	if (part.size > FIRST)
		part.size = FIRST;
	if (!bytes_copy_all(&part, first)) /* storage_failed() says why */
		return false;
	part.data = first;
	return format(image->data, part, head, HEAD_SIZE, size) && *size > HEAD_SIZE &&
	       image_is_arm64((struct bytes){ head, HEAD_SIZE });
}

static int put_off(struct fit_image *image, bool verified_only, struct staging *staging,
		   struct error *e)
{
	uint8_t head[HEAD_SIZE], *kept;
	size_t size;

	if (verified_only && find(image->compression) &&
	    (staging_hold(staging, &image->data, e) || verify_image(image, e)))
		return e->code;
	if (!begin(image, head, &size))
		return 0;
	kept = staging_take(staging, HEAD_SIZE, e);
	image->packed_at = bytes_are_in_window(&image->data) ?
				   staging_take(staging, image->data.size, e) :
				   NULL;
	if (e->code)
		return e->code;
	memcpy(kept, head, HEAD_SIZE);
	image->packed = image->data;
	image->data = (struct bytes){ kept, size };
	return 0;
}

static int run(struct fit_image *image, uint8_t *to, struct error *e)
{
	const struct bytes planned = image->data;

	if (image->packed_at) {
		if (!bytes_copy_all(&image->packed, image->packed_at))
			return error_set(e, E_STORAGE_READ, "0x%zx bytes can't be read",
					 image->packed.size);
		image->packed.data = image->packed_at;
	}
	image->data = image->packed;
	image->verified =
		false; /* early contexts have run since: what is hashed now is what runs */
	if (unpack_to(image, to, planned.size, e))
		return e->code;
	if (image->data.size != planned.size || memcmp(to, planned.data, HEAD_SIZE))
		return error_set(e, E_COMPRESSED_BROKEN,
				 "0x%zx bytes, which are not what 0x%zx began with",
				 image->data.size, planned.size);
	image->packed.size = 0;
	return 0;
}

const struct late_unpack_feature late_unpack_feature = { put_off, run };
