/* SPDX-License-Identifier: BSD-2-Clause */
/* Decompression on the host: with the formats of a loader that has the feature, or of one without. */
#include <stddef.h>

#include "boot/feature/decompression/formats.h"
#include "tools/peerboot/decompression.h"

static bool in_the_build;

void decompression_have(const struct options *o)
{
	in_the_build = !o->no_decompression;
}

const struct decompression *decompression_find(const char *name)
{
	return in_the_build ? decompression_format(name) : NULL;
}
