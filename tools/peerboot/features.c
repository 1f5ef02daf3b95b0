/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>
#include <string.h>

#include "boot/feature/decompression/formats.h"
#include "boot/feature/overlays/merge.h"
#include "tools/peerboot/features.h"
#include "tools/peerboot/file.h"

enum {
	DECOMPRESSION,
	OVERLAYS,
	FEATURES
};

static const char *const names[FEATURES] = {
	[DECOMPRESSION] = "decompression",
	[OVERLAYS] = "overlays",
};
static bool left_out[FEATURES];

const char *feature_name(unsigned index)
{
	return index < FEATURES ? names[index] : NULL;
}

bool feature_is_there(const char *name)
{
	for (unsigned i = 0; i < FEATURES; i++)
		if (!strcmp(names[i], name))
			return !left_out[i];
	return false;
}

void feature_leave_out(const char *name)
{
	for (unsigned i = 0; i < FEATURES; i++)
		if (!strcmp(names[i], name)) {
			left_out[i] = true;
			return;
		}
	die("no feature '%s' to be without; there are %s and %s", name, names[DECOMPRESSION],
	    names[OVERLAYS]);
}

const struct decompression *decompression_find(const char *name)
{
	return left_out[DECOMPRESSION] ? NULL : decompression_format(name);
}

overlays_merge_t *overlays_merger(void)
{
	return left_out[OVERLAYS] ? NULL : overlays_merge;
}
