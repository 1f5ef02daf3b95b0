/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_STAGE_LOAD_H
#define BOOT_STAGE_LOAD_H

#include "boot/plan/plan.h"

#define LOAD_CHUNK 4096 /* bytes; what was hashed and what is written are the same copy of them */

/* What a core loads with. */
struct load_hand {
	size_t done;	   /* bytes that have gone through it, in all */
	const char *image; /* a helper's: the last that it has taken */
	bool quiet;	   /* likewise: it shows no records meanwhile */
	uint8_t chunk[LOAD_CHUNK] __attribute__((aligned(64)));
};
extern struct load_hand load_hand; /* the loader's own core's */

/*
 * Read @fit's data once, hash it, and write what belongs to the @segments to their places, zeros
 * behind what they hold; no segments: only check the hashes. Everything written is in RAM, not
 * only in a cache. E_HASH_WRONG: the image is not to be used, although it has been written.
 */
int load_verified(const struct fit_image *fit, const struct segment *segment, unsigned segments,
		  struct load_hand *hand, struct error *e);

/* The same for all of @image, which is decompressed if that was put off. */
int load_image(struct plan_image *image, struct load_hand *hand, struct error *e);

#endif
