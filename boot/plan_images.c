/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's first part: every image found and parsed. */
#include <string.h>

#include "boot/plan_parts.h"
#include "boot/unpack.h"

static const struct image_hint no_hint;

/* @fallback: where an image without a load address goes. */
static int find_image(struct plan *plan, struct plan_context *context, enum plan_image_kind kind,
		      const char *name, const struct image_hint *fallback, struct error *e)
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
	hint = image->fit.hint.has_load ? image->fit.hint : *fallback;
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
	const struct image_hint kernel = {
		.has_load = true,
		.load = plan->board->kernel,
		.has_entry = true,
		.entry = plan->board->kernel,
	};
	const struct image_hint ramdisk = { .has_load = true, .load = plan->board->initrd.base };

	if (context->runs_linux)
		find_image(plan, context, PLAN_MAIN, m->kernel, &kernel, e);
	else
		find_image(plan, context, PLAN_MAIN, m->image, &no_hint, e);
	if (e->code || find_image(plan, context, PLAN_RAMDISK, m->ramdisk, &ramdisk, e))
		return e->code;
	return find_image(plan, context, PLAN_TABLE, m->table_image, &no_hint, e);
}
