/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>
#include <string.h>

#include "boot/feature/arm64.h"
#include "boot/feature/arm64/arm64.h"
#include "boot/feature/attach.h"
#include "boot/feature/clusters.h"
#include "boot/feature/decompression/formats.h"
#include "boot/feature/devices.h"
#include "boot/feature/explain.h"
#include "boot/feature/interrupts.h"
#include "boot/feature/overlays/merge.h"
#include "boot/feature/regions.h"
#include "boot/feature/sha1.h"
#include "boot/feature/sha1/algorithm.h"
#include "boot/feature/uimage.h"
#include "boot/feature/uimage/uimage.h"
#include "doorbell/kind.h"
#include "tools/peerboot/features.h"
#include "tools/peerboot/file.h"

enum {
	HAVE_ARM64,
	HAVE_ATTACH,
	HAVE_CLUSTERS,
	HAVE_DECOMPRESSION,
	HAVE_DEVICES,
	HAVE_EXPLAIN,
	HAVE_INTERRUPTS,
	HAVE_OVERLAYS,
	HAVE_REGIONS,
	HAVE_SHA1,
	HAVE_UIMAGE,
	FEATURES
};

static const char *const names[FEATURES] = {
	[HAVE_ARM64] = "arm64",		  [HAVE_ATTACH] = "attach",
	[HAVE_CLUSTERS] = "clusters",	  [HAVE_DECOMPRESSION] = "decompression",
	[HAVE_DEVICES] = "devices",	  [HAVE_EXPLAIN] = "explain",
	[HAVE_INTERRUPTS] = "interrupts", [HAVE_OVERLAYS] = "overlays",
	[HAVE_REGIONS] = "regions",	  [HAVE_SHA1] = "sha1",
	[HAVE_UIMAGE] = "uimage",
};
static bool left_out[FEATURES];
static bool as_loader;

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
	char list[128]; /* of all names, which are short */

	for (unsigned i = 0; i < FEATURES; i++)
		if (!strcmp(names[i], name)) {
			left_out[i] = true;
			return;
		}
	for (unsigned i = 0, used = 0; i < FEATURES; i++)
		used += (unsigned)snprintf(list + used, sizeof(list) - used, " %s", names[i]);
	die("no feature '%s' to be without; there are:%s", name, list);
}

void features_say_no_more(void)
{
	as_loader = true;
}

image_parse_t *arm64_parser(void)
{
	return left_out[HAVE_ARM64] ? NULL : arm64_parse;
}

bool attaches(void)
{
	return !left_out[HAVE_ATTACH];
}

bool names_clusters(void)
{
	return !left_out[HAVE_CLUSTERS];
}

const struct decompression *decompression_find(const char *name)
{
	return left_out[HAVE_DECOMPRESSION] ? NULL : decompression_format(name);
}

overlays_merge_t *overlays_merger(void)
{
	return left_out[HAVE_OVERLAYS] ? NULL : overlays_merge;
}

bool gives_regions(void)
{
	return !left_out[HAVE_REGIONS];
}

bool explains(void)
{
	return !left_out[HAVE_EXPLAIN];
}

bool advises(void)
{
	return explains() && !as_loader;
}

bool looks_closer(void)
{
	return true;
}

interrupts_find_user_t *interrupts_user_finder(void)
{
	return left_out[HAVE_INTERRUPTS] ? NULL : doorbell_find_user;
}

plan_devices_t *devices_checker(void)
{
	return left_out[HAVE_DEVICES] ? NULL : plan_devices;
}

const struct hash_algorithm *sha1_find(void)
{
	return left_out[HAVE_SHA1] ? NULL : &sha1_algorithm;
}

image_parse_t *uimage_parser(void)
{
	return left_out[HAVE_UIMAGE] ? NULL : uimage_parse;
}
