/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature monitor: what starts cores stays in the Secure world when the loader has ended
 * (monitor/monitor.h), and starts and stops contexts for those whom the manifest names. A board
 * with it has no other firmware below. Without it a manifest with `secure`, `controls`,
 * `controls-power`, `controls-slots` or `watchdog` is refused.
 */
#ifndef BOOT_FEATURE_MONITOR_H
#define BOOT_FEATURE_MONITOR_H

#include "base/features.h"
#include "boot/stage/stage.h"
#include "driver/core_ops.h"

struct monitor_feature {
	/* Whether everybody reaches what is his, when all is claimed. E_OUTSIDE_WORLD. */
	int (*check)(struct plan *plan, struct error *e);
	/* Is there room for what contexts are made anew from? E_TOO_MANY, E_STAGING_FULL. */
	int (*check_room)(const struct plan *plan, struct error *e);
	/* How Linux starts its cores: what its tree says of it. */
	const struct linux_firmware *firmware;
	/*
	 * On a board alone, else NULL. Put it in its place, with all that it has to know of the
	 * plan; cores come to it.
	 */
	void (*install)(const struct boot *boot);
	/* When all contexts are made: what they can be made anew from. */
	void (*finish)(const struct boot *boot);
	/* This core, of @context, enters it by way of the monitor. */
	void (*enter)(const struct plan_context *context) __attribute__((noreturn));
	/*
	 * Feature slots. Record where those find it that write updates, in such sectors; and copy
	 * one to RAM, as @image, and check it as it would be booted, with @boot's minimum. Any
	 * error of a boot.
	 */
	void (*record_slots)(uint32_t sector);
	int (*check_update)(struct boot *boot, struct range *image, struct error *e);
};
extern const struct monitor_feature monitor_feature;

/* Of a cluster whose cores all come out of reset, and are held until they are released. */
extern const struct core_ops monitor_core_ops;

#endif
