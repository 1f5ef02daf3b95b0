/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/uimage.h"
#include "boot/feature/uimage/uimage.h"

image_parse_t *uimage_parser(void)
{
	return uimage_parse;
}
