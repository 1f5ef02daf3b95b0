/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/explain.h"
#include "boot/feature/decompression.h"
#include "boot/unpack.h"
#include "boot/verify.h"

/* What it is, if not what its node says. */
static int advise(const struct fit_image *image, struct error *e)
{
	const char *is = image_looks_like(image->data);

	return fit_word_is(image->compression, is) ? e->code :
						     error_explain(e, "; looks like %s", is);
}

int unpack_image(struct fit_image *image, struct staging *staging, struct error *e)
{
	const struct decompression *format;
	size_t room, size;
	uint8_t *to;

	if (fit_word_is(image->compression, "none"))
		return 0;
	format = decompression_find(image->compression);
	if (!format)
		return error_set(e, E_IMAGE_FORMAT, ERROR_NOT_IN_LOADER, "compression",
				 image->compression);
	to = staging_next(staging, &room);
	/* A decoder sees nothing that may be anybody's. */
	if (staging_borrow(to, &room, &image->data, e) || verify_image(image, e))
		return e->code;
	if (format->run(image->data, to, room, &size, e))
		return advises() ? advise(image, e) : e->code;
	if (!staging_take(staging, size, e))
		return e->code;
	image->data = (struct bytes){ to, size };
	return 0;
}
