/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/signature/key.h"
#include "boot/feature/signature/trust.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/signature.h"

static struct trust told;

void signature_trust(const struct options *o)
{
	struct error e = { 0 };
	struct keys keys;

	told.minimum = o->minimum_version;
	told.keys = o->keys ? file_read(o->keys, o->board->flash.size) : o->loader_keys;
	if ((o->keys || told.keys.size) && keys_open(&keys, told.keys, &e))
		die("%s: %s", o->keys ? o->keys : o->loader, e.text);
}

struct trust trust(void)
{
	return told;
}
