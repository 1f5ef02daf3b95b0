/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Feature stm32: links by which a stock kernel's stm32_rproc attaches to a peer, with no module of
 * ours (doorbell/ipcc.h). Without it a manifest with such a link (`registers`) is refused.
 */
#ifndef BOOT_FEATURE_STM32_H
#define BOOT_FEATURE_STM32_H

#include "base/features.h"
#include "boot/plan/plan.h"

struct stm32_feature {
	/*
	 * For plan_link(), of a link that is laid out: can that driver be its master? Claims what
	 * of memory else it writes. E_LINK_LIMITS.
	 */
	int (*check)(struct plan *plan, const struct plan_link *link, struct error *e);
	/*
	 * What its registers begin with, in a page that is clear, for a table at @table; @by_call:
	 * it is stopped and started by calls of the monitor's.
	 */
	void (*fill)(uint32_t *page, uint32_t table, bool by_call);
	linux_driver_t *driver;
	/*
	 * Of a link that stm32_loads(): reserve carve-outs of the peer's table by their names; and
	 * when all else is reserved, say where the driver may load to. E_OVERLAP, E_TOO_MANY.
	 */
	int (*reserve)(struct plan *plan, const struct plan_link *link, struct error *e);
	int (*see)(const struct plan *plan, const struct plan_link *link, struct linux_link *seen,
		   struct error *e);
};
extern const struct stm32_feature stm32_feature;

/* Is it one? */
FEATURE_INLINE bool stm32_has(const struct manifest_link *m)
{
	return features->stm32 && m->registers.size;
}

/* Is it one by which Linux, which controls the peer, loads, starts and stops it? */
FEATURE_INLINE bool stm32_loads(const struct plan_link *link)
{
	return features->monitor && stm32_has(link->manifest) &&
	       manifest_controls(link->end[LINK_PEER]->manifest,
				 link->end[LINK_OWNER]->manifest->name);
}

#endif
