/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/explain.h"
#include "boot/image/image.h"

int raw_parse(struct image *image, const struct image_hint *hint, struct error *e)
{
	struct segment segment;

	if (!image->data.size)
		return error_set(e, E_IMAGE_DATA, "empty");
	if (hint->known)
		return error_set_explained(
			e, E_IMAGE_FORMAT, "no kernel",
			": no zImage, arm64 Image, ELF or uImage; others are of type standalone");
	if (image_whole(image, hint, &segment, e))
		return e->code;
	if (image_add_segment(image, &segment, e))
		return e->code;
	return hint->ramdisk ? 0 : image_set_entry(image, image->entry, e);
}
