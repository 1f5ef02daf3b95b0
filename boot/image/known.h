/* SPDX-License-Identifier: BSD-2-Clause */
/* What is no program, but met in its place: by its first bytes, and for messages. */
#ifndef BOOT_IMAGE_KNOWN_H
#define BOOT_IMAGE_KNOWN_H

#include "base/bytes.h"

struct known {
	uint32_t magic, mask; /* of the first word, little-endian */
	char name[11];
	bool ramdisk; /* Linux may unpack or mount it */
};

/* NULL: nothing that we know. */
const struct known *known_find(struct bytes data);

#endif
