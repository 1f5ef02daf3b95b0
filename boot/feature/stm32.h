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
	/* What its registers begin with, in a page that is clear, for a table at @table. */
	void (*fill)(uint32_t *page, uint32_t table);
	linux_driver_t *driver;
};
extern const struct stm32_feature stm32_feature;

/* Is it one? */
FEATURE_INLINE bool stm32_has(const struct manifest_link *m)
{
	return features->stm32 && m->registers.size;
}

#endif
