/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's first part: every image found and parsed, cores and RAM known. */
#include <string.h>

#include "boot/plan_parts.h"
#include "fdt/board_tree.h"

static const struct image_hint no_hint;

/* @fallback: where an image without a load address goes. */
static int find_image(struct plan *plan, struct plan_context *context, enum plan_image_kind kind,
		      const char *name, const struct image_hint *fallback, struct error *e)
{
	struct plan_image *image = &context->image[kind];
	const struct image_hint *hint;

	memset(image, 0, sizeof(*image));
	if (!name[0])
		return 0;
	image->present = true;
	if (fit_image(&image->fit, &plan->fit, name, context->manifest->allow_unhashed, e))
		return e->code;
	hint = image->fit.hint.has_load ? &image->fit.hint : fallback;
	if (kind == PLAN_MAIN)
		return image_parse(&image->image, name, image->fit.data, hint, e);
	/* A ramdisk is what it is, whatever its first bytes look like. */
	image->image.name = name;
	image->image.format = "raw";
	image->image.data = image->fit.data;
	return raw_parse(&image->image, hint, e);
}

static int find_context_images(struct plan *plan, struct plan_context *context, struct error *e)
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
	return e->code ? e->code : find_image(plan, context, PLAN_RAMDISK, m->ramdisk, &ramdisk, e);
}

/* Linux's tree comes from the boot image if the manifest says so, else from the board. */
static int find_tree(struct plan *plan, struct bytes board_fdt, struct error *e)
{
	const struct manifest_context *m;

	plan->fdt_source = board_fdt;
	plan->fdt_from_fit = false;
	if (plan->linux_context >= 0 && !plan->context[plan->linux_context].failed) {
		m = plan->context[plan->linux_context].manifest;
		plan->fdt_from_fit = m->fdt[0];
		if (plan->fdt_from_fit) {
			plan->blame = plan->linux_context;
			if (fit_image(&plan->fdt_image, &plan->fit, m->fdt, m->allow_unhashed, e))
				return e->code;
			plan->fdt_source = plan->fdt_copy.size ? plan->fdt_copy :
								 plan->fdt_image.data;
		}
	}
	if (plan->fdt_source.size)
		return 0;
	return error_set(e, E_FDT_MISSING,
			 "neither the board nor the boot image has a device tree");
}

/* A tree made for a boot loader that fills in the memory has none: then the board's own says. */
static int find_ram(struct plan *plan, struct bytes board_fdt, struct error *e)
{
	if (board_tree_memory(plan->fdt_source, plan->ram, PLAN_RAM, &plan->ram_count, e))
		return e->code;
	if (plan->ram_count || !plan->fdt_from_fit || !board_fdt.size)
		return 0;
	return board_tree_memory(board_fdt, plan->ram, PLAN_RAM, &plan->ram_count, e);
}

static int check_cores(struct plan *plan, struct error *e)
{
	uint32_t there;

	if (board_tree_cores(plan->fdt_source, &there, e))
		return e->code;
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *context = &plan->context[i];
		uint32_t absent = context->manifest->cores & ~there;

		if (context->failed)
			continue;
		plan->blame = (int)i;
		if (absent)
			return error_set(e, E_CORE_ABSENT,
					 "%s: cores 0x%x are not there, the board has 0x%x",
					 context->manifest->name, (unsigned)absent,
					 (unsigned)there);
		if (context->runs_linux && context->core != 0)
			return error_set(
				e, E_CORE_START,
				"%s: starts on core %u, but the loader enters it on core 0",
				context->manifest->name, context->core);
	}
	plan->blame = -1;
	return 0;
}

int plan_images(struct plan *plan, struct bytes board_fdt, struct error *e)
{
	for (unsigned i = 0; i < plan->contexts; i++) {
		struct plan_context *context = &plan->context[i];

		if (!context->failed && find_context_images(plan, context, e)) {
			plan->blame = (int)i;
			return e->code;
		}
	}
	if (find_tree(plan, board_fdt, e) || find_ram(plan, board_fdt, e))
		return e->code;
	return check_cores(plan, e);
}
