/* SPDX-License-Identifier: BSD-2-Clause */
/* Signatures by the keys that are trusted, and what of them is recorded. */
#include "boot/feature/signature.h"
#include "boot/feature/signature/trust.h"
#include "boot/feature/signature/verify.h"
#include "boot/record.h"

static int check(struct fit *fit, uint32_t minimum, struct error *e)
{
	struct trust t = trust();
	struct signature signature;
	struct keys keys;

	if (!t.keys.size)
		return 0;
	if (keys_open(&keys, t.keys, e))
		return e->code;
	if (keys.development)
		record(STAGE_FIND, 0, 0, 0, "DEVELOPMENT KEYS trusted");
	if (minimum < t.minimum)
		minimum = t.minimum;
	if (signature_verify(&signature, fit, &keys, minimum, e))
		return e->code;
	record(STAGE_FIND, 0, 0, signature.version, "signed by %s", signature.signer);
	return 0;
}

const struct signature_feature signature_feature = { check, signature_check_image };
