/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_MONITOR_CONFIG_H
#define BOOT_FEATURE_MONITOR_CONFIG_H

#include "boot/plan/plan.h"
#include "monitor/config.h"

/* Contexts, cores and rights of @plan, to @config, which is zero. */
void monitor_configure(struct monitor_config *config, const struct plan *plan);

#endif
