/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage manifest: copied to RAM, verified, read. */
#include "arch/arch.h"
#include "base/explain.h"
#include "boot/stage/load.h"
#include "boot/record.h"
#include "boot/stage/stage.h"
#include "fdt/manifest.h"

#define MANIFEST_SIZE 8192 /* bytes; the longest that fits the loader's RAM */

static int verify_manifest(const struct fit *fit, struct bytes *manifest, struct error *e)
{
	static uint8_t copy[MANIFEST_SIZE] __attribute__((aligned(8)));
	const char *name = fit_configuration_string(fit, "manifest", 0);
	struct fit_image image;

	if (!name)
		return error_set(e, E_IMAGE_MISSING, "configuration '%s' names no manifest",
				 fit->configuration_name);
	if (looks_closer() && fit_configuration_string(fit, "manifest", 1))
		return error_set(e, E_FIT_BROKEN, "configuration '%s' names two manifests",
				 fit->configuration_name);
	if (fit_image(&image, fit, name, false, e))
		return e->code;
	if (!fit_word_is(image.compression, "none"))
		return error_set(e, E_IMAGE_FORMAT, "compressed, by %s", image.compression);
	if (image.data.size > sizeof(copy))
		return error_set(e, E_TOO_MANY, "manifest of %zu bytes, at most %zu fit",
				 image.data.size, sizeof(copy));

	struct segment whole = {
		.from = image.data,
		.to = { arch_address(copy), image.data.size },
	};
	if (load_verified(&image, &whole, 1, &load_hand, e))
		return e->code;
	*manifest = (struct bytes){ copy, image.data.size };
	return 0;
}

int stage_manifest(struct boot *boot, struct error *e)
{
	struct bytes bytes;

	if (verify_manifest(&boot->in.fit, &bytes, e) ||
	    manifest_read(&boot->in.manifest, bytes, e))
		return e->code;
	record(STAGE_MANIFEST, 0, arch_address(bytes.data), bytes.size, "manifest");
	return 0;
}
