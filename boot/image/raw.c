/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/image/image.h"

int raw_parse(struct image *image, const struct image_hint *hint, struct error *e)
{
	struct segment segment;

	if (image_whole(image, hint, &segment, e))
		return e->code;
	if (!image->data.size)
		return error_set(e, E_IMAGE_DATA, "%s: empty", image->name);
	if (image_add_segment(image, &segment, e))
		return e->code;
	return image_set_entry(image, image->entry, e);
}
