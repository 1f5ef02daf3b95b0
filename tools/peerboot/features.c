/* SPDX-License-Identifier: BSD-2-Clause */
#include <stddef.h>
#include <string.h>

#include "boot/feature/signature.h"
#include "boot/plan/closer.h"
#include "tools/peerboot/features.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/pure_features.h"

static struct features chosen = {
	PURE_FEATURES,
	.signature = &signature_feature,
	.advise = true,
	.closer = &closer_feature,
};
const struct features *const features = &chosen;

/* What may be left out of it. */
static struct {
	const char *name;
	void *member;
	size_t size;
	bool out;
} list[] = {
#define FEATURE(name)                                           \
	{                                                       \
#name, &chosen.name, sizeof(chosen.name), false \
	}
	FEATURE(adma),		FEATURE(arm64),	   FEATURE(attach),  FEATURE(clusters),
	FEATURE(decompression), FEATURE(devices),  FEATURE(explain), FEATURE(interrupts),
	FEATURE(monitor),	FEATURE(overlays), FEATURE(regions), FEATURE(sha1),
	FEATURE(resets),	FEATURE(stm32),	   FEATURE(uimage),  FEATURE(views),
#undef FEATURE
};

#define FEATURES (sizeof(list) / sizeof(list[0]))

const char *feature_name(unsigned index)
{
	return index < FEATURES ? list[index].name : NULL;
}

bool feature_is_there(const char *name)
{
	for (unsigned i = 0; i < FEATURES; i++)
		if (!strcmp(list[i].name, name))
			return !list[i].out;
	return false;
}

void feature_leave_out(const char *name)
{
	char names[128]; /* of all, which are short */

	for (unsigned i = 0; i < FEATURES; i++)
		if (!strcmp(list[i].name, name)) {
			memset(list[i].member, 0, list[i].size);
			list[i].out = true;
			chosen.advise &= chosen.explain;
			return;
		}
	for (unsigned i = 0, used = 0; i < FEATURES; i++)
		used += (unsigned)snprintf(names + used, sizeof(names) - used, " %s", list[i].name);
	die("no feature '%s' to be without; there are:%s", name, names);
}

void features_say_no_more(void)
{
	chosen.advise = false;
}
