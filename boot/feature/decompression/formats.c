/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/feature/decompression/formats.h"

static const struct decompression formats[] = {
	{ "gzip", gzip_run },
	{ "lz4", lz4_run },
};

const struct decompression *decompression_format(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (!strcmp(formats[i].name, name))
			return &formats[i];
	return NULL;
}
