/* SPDX-License-Identifier: BSD-2-Clause */
/* Whom a loader trusts. On a board that is built in, the host's command is told. */
#ifndef BOOT_FEATURE_SIGNATURE_TRUST_H
#define BOOT_FEATURE_SIGNATURE_TRUST_H

#include "base/bytes.h"

struct trust {
	struct bytes keys; /* as `mkimage -K` writes them; size 0: a loader without the feature */
	uint32_t minimum;  /* version below which nothing boots */
};

struct trust trust(void);

#endif
