/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/decompression/formats.h"
#include "boot/image/fit.h"

static const struct decompression formats[] = {
	{ "gzip", gzip_run },
	{ "lz4", lz4_run },
};

const struct decompression *decompression_format(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (fit_word_is(name, formats[i].name))
			return &formats[i];
	return NULL;
}
