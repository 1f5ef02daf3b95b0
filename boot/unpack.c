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

int unpack_to(struct fit_image *image, uint8_t *to, size_t room, struct error *e)
{
	const struct decompression *format = decompression_find(image->compression);
	size_t size;

	/* A decoder sees nothing that may be anybody's. */
	if (verify_image(image, e))
		return e->code;
	if (format->run(image->data, to, room, &size, e))
		return advises() ? advise(image, e) : e->code;
	image->data = (struct bytes){ to, size };
	return 0;
}

int unpack_image(struct fit_image *image, struct staging *staging, struct error *e)
{
	uint8_t *to;
	size_t room;

	if (fit_word_is(image->compression, "none"))
		return 0;
	if (!decompression_find(image->compression))
		return error_set(e, E_IMAGE_FORMAT, ERROR_NOT_IN_LOADER, "compression",
				 image->compression);
	to = staging_next(staging, &room);
	if (staging_borrow(to, &room, &image->data, e) || unpack_to(image, to, room, e) ||
	    !staging_take(staging, image->data.size, e))
		return e->code;
	return 0;
}
