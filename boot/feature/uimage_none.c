/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature uimage, out of the build. */
#include "boot/feature/uimage.h"

image_parse_t *uimage_parser(void)
{
	return NULL;
}
