/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a program of this code has besides what all of them have: one table, of which each program
 * has its own. Without a feature its member is NULL, or false. What a feature is, what its hooks do
 * and what is done without them is said by boot/feature/NAME.h, which alone knows its struct.
 *
 * The loader's table is constant and made of its list of features (boot/feature/features.c): its
 * link sees what is not there, and leaves out what would ask for it.
 */
#ifndef BASE_FEATURES_H
#define BASE_FEATURES_H

#include <stdbool.h>

struct features {
	const struct error_list *errors; /* codes that only features report: base/error_list.h */
	const struct arm64_feature *arm64;
	const struct decompression_feature *decompression;
	const struct devices_feature *devices;
	const struct hash_algorithm *fast_hash;
	const struct helpers_feature *helpers;
	const struct interrupts_feature *interrupts;
	const struct late_unpack_feature *late_unpack;
	const struct monitor_feature *monitor;
	const struct overlays_feature *overlays;
	const struct recovery_feature *recovery;
	const struct regions_feature *regions;
	const struct resets_feature *resets;
	const struct hash_algorithm *sha1;
	const struct signature_feature *signature;
	const struct slots_feature *slots;
	const struct stm32_feature *stm32;
	const struct uimage_feature *uimage;
	bool adma;
	bool attach;
	bool clusters;
	bool explain;
	bool views;
	bool console_now;    /* each record is printed at once: boot/record.h */
	unsigned watchdog_s; /* the loader's own: boot/watchdog.h; 0: it starts none */
	/* Beyond explain, which the host's command alone has room for: base/explain.h. */
	bool advise;
	const struct closer_feature *closer; /* boot/plan/closer.h */
};

extern const struct features *const features;

/* Of what asks for a feature: where the answer is constant, one of its branches is left out. */
#define FEATURE_INLINE static inline __attribute__((always_inline))

#endif
