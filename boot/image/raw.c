/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/image/image.h"

int raw_parse(struct image *image, const struct image_hint *hint, struct error *e)
{
	struct segment segment = {
		.from = image->data,
		.to = { hint->load, image->data.size },
		.virt = hint->load,
		.executable = true,
	};

	if (!hint->has_load)
		return error_set(e, E_IMAGE_FORMAT, "%s: a raw image without a load address",
				 image->name);
	if (!image->data.size)
		return error_set(e, E_IMAGE_DATA, "%s: empty", image->name);
	if (image_add_segment(image, segment, e))
		return e->code;
	return image_set_entry(image, hint->has_entry ? hint->entry : hint->load, e);
}
