/* SPDX-License-Identifier: BSD-2-Clause */
/* Decompression on a board: all formats that there are. */
#include "boot/feature/decompression/formats.h"

const struct decompression *decompression_find(const char *name)
{
	return decompression_format(name);
}
