/* SPDX-License-Identifier: BSD-2-Clause */
/* Signatures on a board: with the keys and the lowest version that are built in (built_in.S). */
#include "boot/feature/signature.h"
#include "boot/feature/signature/verify.h"
#include "boot/record.h"

extern const uint8_t built_in_keys[], built_in_keys_end[];
extern const uint32_t built_in_minimum;

int signature_check(struct fit *fit, uint32_t minimum, struct error *e)
{
	struct bytes dtb = { built_in_keys, (size_t)(built_in_keys_end - built_in_keys) };
	struct signature signature;
	struct keys keys;

	if (keys_open(&keys, dtb, e))
		return e->code;
	if (keys.development)
		record(STAGE_FIND, 0, 0, 0, "DEVELOPMENT KEYS trusted");
	if (minimum < built_in_minimum)
		minimum = built_in_minimum;
	if (signature_verify(&signature, fit, &keys, minimum, e))
		return e->code;
	record(STAGE_FIND, 0, 0, signature.version, "signed by %s", signature.signer);
	return 0;
}
