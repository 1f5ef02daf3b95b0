/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is a boot image signed as the loader wants it? Pure: the same on a board and in the host's
 * peerboot command.
 */
#ifndef BOOT_FEATURE_SIGNATURE_VERIFY_H
#define BOOT_FEATURE_SIGNATURE_VERIFY_H

#include "base/error.h"
#include "boot/feature/signature/key.h"
#include "boot/image/fit.h"

struct signature {
	const char *signer; /* the key that signed, the last of several; in the keys' tree */
	uint32_t version;   /* of the configuration; 0 if it has none */
};

/*
 * The chosen configuration of @fit, which fit_open() has opened, must have signatures
 * (E_SIGNATURE_MISSING), one by each key that has to sign (E_KEY_UNKNOWN), all of its algorithm
 * (E_SIGNATURE_ALGORITHM), and they must hold for all that covered.h names (E_SIGNATURE_WRONG,
 * E_NODE_NAME). Its `version`, a cell (E_FIT_BROKEN), must not be below @minimum (E_ROLLBACK).
 *
 * Then @fit is verified, and signature_check_image() looks at each of its images.
 */
int signature_verify(struct signature *signature, struct fit *fit, const struct keys *keys,
		     uint32_t minimum, struct error *e);

/* As struct signature_feature has it. */
int signature_check_image(const struct fit *fit, const struct fit_image *image, struct error *e);

#endif
