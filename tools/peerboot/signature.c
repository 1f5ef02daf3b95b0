/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/signature.h"
#include "boot/feature/signature/verify.h"
#include "boot/record.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/signature.h"

static bool in_the_build;
static struct keys keys;
static uint32_t built_in;

void signature_trust(const struct options *o)
{
	struct error e = { 0 };

	in_the_build = o->keys;
	built_in = o->minimum_version;
	if (in_the_build && keys_open(&keys, file_read(o->keys, o->board->flash.size), &e))
		die("%s: %s", o->keys, e.text);
}

int signature_check(struct fit *fit, uint32_t minimum, struct error *e)
{
	struct signature signature;

	if (!in_the_build)
		return 0;
	if (keys.development)
		record(STAGE_FIND, 0, 0, 0, "DEVELOPMENT KEYS trusted");
	if (minimum < built_in)
		minimum = built_in;
	if (signature_verify(&signature, fit, &keys, minimum, e))
		return e->code;
	record(STAGE_FIND, 0, 0, signature.version, "signed by %s", signature.signer);
	return 0;
}
