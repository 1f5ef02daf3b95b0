/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's first part: every image found and parsed. */
#include <string.h>

#include "boot/feature/decompression.h"
#include "boot/feature/late_unpack.h"
#include "boot/image/use.h"
#include "boot/plan/parts.h"
#include "boot/unpack.h"

/* What Linux can unpack by itself, it may have to. Early contexts don't wait for a large kernel. */
static int unpack(struct plan *plan, struct fit_image *image, enum image_use use, struct error *e)
{
	if (use == USE_RAMDISK && !decompression_find(image->compression))
		return 0;
	if (use == USE_KERNEL && features->late_unpack &&
	    features->late_unpack->put_off(image, plan->in->fit.verified, plan->staging, e))
		return e->code;
	if (is_put_off(image))
		return 0;
	return unpack_image(image, plan->staging, e);
}

/*
 * What is planned by its headers and loaded by its hash is read twice, and a card may answer
 * otherwise the second time: what is signed is read once. So is a uImage, which has a checksum over
 * all of it.
 */
static int hold(struct plan *plan, struct bytes *data, struct error *e)
{
	if (!bytes_are_in_window(data) ||
	    (!plan->in->fit.verified && !image_has_magic(*data, UIMAGE_MAGIC_AT, UIMAGE_MAGIC)))
		return 0;
	return staging_hold(plan->staging, data, e);
}

/*
 * Where an image of Linux's goes, by @load if the FIT names no place, or 0, which is what tools
 * write for none. An entry of what is to be run where it is loaded counts from there.
 */
static void choose_place(struct image_hint *hint, phys_addr_t load, const char *type)
{
	bool anywhere = fit_word_is(type, "kernel_noload");

	if (anywhere)
		hint->entry += load;
	if (anywhere || !hint->has_load || !hint->load) {
		hint->has_load = true;
		hint->load = load;
	}
	hint->has_entry = hint->has_entry && hint->entry;
}

static enum image_use use_of(const struct plan_context *context, enum plan_image_kind kind)
{
	if (kind == PLAN_RAMDISK)
		return USE_RAMDISK;
	return kind == PLAN_MAIN && context->runs_linux ? USE_KERNEL : USE_PROGRAM;
}

/* @load: where an image without a load address goes; NULL: nowhere. */
static int find_image(struct plan *plan, struct plan_context *context, enum plan_image_kind kind,
		      const char *name, const phys_addr_t *load, struct error *e)
{
	struct plan_image *image = &context->image[kind];
	enum image_use use = use_of(context, kind);
	struct image_hint hint;

	memset(image, 0, sizeof(*image));
	if (!name[0])
		return 0;
	image->present = true;
	if (fit_image(&image->fit, &plan->in->fit, name, context->manifest->allow_unhashed, e) ||
	    unpack(plan, &image->fit, use, e) || hold(plan, &image->fit.data, e) ||
	    use_check(&image->fit, use, e))
		return e->code;
	hint = image->fit.hint;
	hint.data_only = kind == PLAN_TABLE;
	hint.ramdisk = use == USE_RAMDISK;
	hint.known = use == USE_KERNEL && !use_is_any_program(&image->fit);
	if (load)
		choose_place(&hint, *load, image->fit.type);
	return image_parse(&image->image, name, image->fit.data, &hint, e);
}

int plan_images(struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct manifest_context *m = context->manifest;

	if (context->runs_linux)
		find_image(plan, context, PLAN_MAIN, m->kernel, &plan->in->board->kernel, e);
	else
		find_image(plan, context, PLAN_MAIN, m->image, NULL, e);
	if (e->code ||
	    find_image(plan, context, PLAN_RAMDISK, m->ramdisk, &plan->in->board->initrd.base, e))
		return e->code;
	return find_image(plan, context, PLAN_TABLE, m->table_image, NULL, e);
}
