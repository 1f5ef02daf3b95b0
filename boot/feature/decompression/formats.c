/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/decompression/formats.h"
#include "boot/image/fit.h"

static const struct decompression formats[] = {
	{ "gzip", gzip_run },
	{ "lz4", lz4_run },
};

static const struct decompression *find(const char *name)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (fit_word_is(name, formats[i].name))
			return &formats[i];
	return NULL;
}

const struct decompression_feature decompression_feature = { find };
