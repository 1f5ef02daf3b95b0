/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/arm64.h"
#include "boot/feature/arm64/arm64.h"

image_parse_t *arm64_parser(void)
{
	return arm64_parse;
}
