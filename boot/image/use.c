/* SPDX-License-Identifier: BSD-2-Clause */
#include <libfdt.h>

#include "boot/image/use.h"

/* What is no program; names as U-Boot's (boot/image.c). All others may be one. */
static const struct type {
	char name[11];
	uint8_t use;
} data_types[] = {
	{ "ramdisk", USE_RAMDISK }, { "filesystem", USE_RAMDISK }, { "flat_dt", USE_TREE },
	{ "script", USE_NONE },	    { "multi", USE_NONE },
};

static enum image_use use_of_type(const char *name)
{
	for (size_t i = 0; i < sizeof(data_types) / sizeof(data_types[0]); i++)
		if (fit_word_is(name, data_types[i].name))
			return data_types[i].use;
	return USE_PROGRAM;
}

static bool says_other_than(const char *said, const char *name)
{
	return said && said[0] && !fit_word_is(said, name);
}

bool use_is_any_program(const struct fit_image *node)
{
	return fit_word_is(node->type, "standalone") || fit_word_is(node->type, "firmware");
}

int use_check(const struct fit_image *node, enum image_use use, struct error *e)
{
	static const char names[][12] = { "program", "ramdisk", "device tree" };
	enum image_use class = use == USE_KERNEL ? USE_PROGRAM : use;

	if (node->type[0] && use_of_type(node->type) != class)
		return error_set(e, E_IMAGE_FORMAT, "of type %s, used as %s", node->type,
				 names[class]);
	if (use == USE_KERNEL && !use_is_any_program(node) && says_other_than(node->os, "linux"))
		return error_set(e, E_IMAGE_FORMAT, "of os %s, not linux", node->os);
	if (use == USE_TREE && !image_has_magic(node->data, 0, cpu_to_fdt32(FDT_MAGIC)))
		return error_set(e, E_FDT_BROKEN, "no device tree, looks like %s",
				 image_looks_like(node->data));
	return 0;
}

bool use_is_for_others(const struct fit_image *node, const char *arch)
{
	return says_other_than(node->arch, arch);
}
