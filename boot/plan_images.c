/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's first part: every image found and parsed. */
#include <string.h>

#include "boot/plan_parts.h"
#include "boot/unpack.h"

/* @load: where an image without a load address goes; NULL: nowhere. */
static int find_image(struct plan *plan, struct plan_context *context, enum plan_image_kind kind,
		      const char *name, const phys_addr_t *load, struct error *e)
{
	struct plan_image *image = &context->image[kind];
	struct image_hint hint;

	memset(image, 0, sizeof(*image));
	if (!name[0])
		return 0;
	image->present = true;
	if (fit_image(&image->fit, &plan->fit, name, context->manifest->allow_unhashed, e) ||
	    unpack_image(&image->fit, &plan->staging, e))
		return e->code;
	hint = image->fit.hint;
	if (!hint.has_load && load) {
		hint.has_load = true;
		hint.has_entry = kind == PLAN_MAIN;
		hint.load = hint.entry = *load;
	}
	hint.data_only = kind == PLAN_TABLE;
	if (kind != PLAN_RAMDISK)
		return image_parse(&image->image, name, image->fit.data, &hint, e);
	/* A ramdisk is what it is, whatever its first bytes look like. */
	image->image.name = name;
	image->image.format = "raw";
	image->image.data = image->fit.data;
	return raw_parse(&image->image, &hint, e);
}

int plan_images(struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct manifest_context *m = context->manifest;

	if (context->runs_linux)
		find_image(plan, context, PLAN_MAIN, m->kernel, &plan->board->kernel, e);
	else
		find_image(plan, context, PLAN_MAIN, m->image, NULL, e);
	if (e->code ||
	    find_image(plan, context, PLAN_RAMDISK, m->ramdisk, &plan->board->initrd.base, e))
		return e->code;
	return find_image(plan, context, PLAN_TABLE, m->table_image, NULL, e);
}
