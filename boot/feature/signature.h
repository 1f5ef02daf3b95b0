/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature signature: what boots is signed. A loader with it boots nothing unsigned; without it
 * anything passes. docs/signing.md has the rules.
 */
#ifndef BOOT_FEATURE_SIGNATURE_H
#define BOOT_FEATURE_SIGNATURE_H

#include "base/error.h"
#include "base/features.h"
#include "boot/image/fit.h"

struct signature_feature {
	/*
	 * Before anything of an opened @fit is believed: is its configuration signed with the keys
	 * that are built into the loader, and not older than what is built in or @minimum? The
	 * errors of signature_verify().
	 */
	int (*check)(struct fit *fit, uint32_t minimum, struct error *e);
	/*
	 * Is @image of a verified @fit one that the signature covers (E_NOT_SIGNED), with a hash
	 * that binds its data (E_NO_HASH, E_HASH_WEAK)? fit_image() asks this for every image.
	 */
	int (*check_image)(const struct fit *fit, const struct fit_image *image, struct error *e);
};
extern const struct signature_feature signature_feature;

#endif
