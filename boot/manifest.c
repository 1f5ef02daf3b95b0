/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage manifest: copied to RAM, verified, read; and whatever else the plan trusts, verified. */
#include "boot/arch.h"
#include "boot/load.h"
#include "boot/record.h"
#include "boot/stage.h"
#include "fdt/check.h"
#include "fdt/manifest.h"

#define MANIFEST_SIZE 8192    /* bytes; the longest that fits the loader's RAM */
#define TREE_SIZE     0x18000 /* bytes; likewise, of a tree that has to be copied */

static int verify_manifest(const struct fit *fit, struct bytes *manifest, struct error *e)
{
	static uint8_t copy[MANIFEST_SIZE] __attribute__((aligned(8)));
	const char *name = fit_configuration_string(fit, "manifest", 0);
	struct fit_image image;

	if (!name)
		return error_set(e, E_IMAGE_MISSING, "configuration '%s' names no manifest",
				 fit->configuration_name);
	if (fit_image(&image, fit, name, false, e))
		return e->code;
	if (image.data.size > sizeof(copy))
		return error_set(e, E_TOO_MANY, "manifest '%s' has %zu bytes, at most %zu fit",
				 name, image.data.size, sizeof(copy));

	struct segment whole = {
		.from = image.data,
		.to = { arch_address(copy), image.data.size },
	};
	if (load_verified(&image, &whole, 1, e))
		return e->code;
	*manifest = (struct bytes){ copy, image.data.size };
	return 0;
}

/*
 * The plan is made from the tree that the boot image brings, so that is verified before. It stays
 * in flash, which nobody can write meanwhile: nothing may be written to its final place before the
 * plan holds. Only in-line data at an odd multiple of 4 is copied, since libfdt wants one of 8.
 */
static int verify_fdt(struct plan *plan, const struct manifest_context *context, struct error *e)
{
	static uint8_t copy[TREE_SIZE] __attribute__((aligned(8)));
	struct fit_image image;
	struct segment whole = { 0 };
	bool odd;

	if (!context->fdt[0])
		return 0;
	if (fit_image(&image, &plan->fit, context->fdt, context->allow_unhashed, e))
		return e->code;
	odd = (uintptr_t)image.data.data & 7;
	if (odd && image.data.size > sizeof(copy))
		return error_set(e, E_TOO_MANY,
				 "'%s': %zu bytes, %zu fit; mkimage -E -B 8 takes any", image.name,
				 image.data.size, sizeof(copy));
	whole.from = image.data;
	whole.to = (struct range){ arch_address(copy), image.data.size };
	if (load_verified(&image, &whole, odd, e))
		return e->code;
	if (odd)
		plan->fdt_copy = (struct bytes){ copy, image.data.size };
	record(STAGE_MANIFEST, "device tree", arch_address(image.data.data), image.data.size, 0);
	return 0;
}

int stage_manifest(struct plan *plan, struct error *e)
{
	struct bytes bytes;

	if (verify_manifest(&plan->fit, &bytes, e) || fdt_check_tree(bytes, "manifest", e) ||
	    manifest_read(&plan->manifest, bytes, e))
		return e->code;
	record(STAGE_MANIFEST, "manifest", arch_address(bytes.data), bytes.size, 0);
	for (unsigned i = 0; i < plan->manifest.contexts; i++)
		if (verify_fdt(plan, &plan->manifest.context[i], e))
			return e->code;
	return 0;
}
