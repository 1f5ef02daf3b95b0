/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature decompression, out of the build: only what is not compressed. */
#include <stddef.h>

#include "boot/feature/decompression.h"

const struct decompression *decompression_find(const char *name)
{
	(void)name;
	return NULL;
}
