/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature arm64, out of the build. */
#include "boot/feature/arm64.h"

image_parse_t *arm64_parser(void)
{
	return NULL;
}
