/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_MONITOR_CONFIG_H
#define BOOT_FEATURE_MONITOR_CONFIG_H

#include "boot/plan/plan.h"
#include "monitor/config.h"

/* Contexts, cores and rights of @plan, to @config, which is zero. */
void monitor_configure(struct monitor_config *config, const struct plan *plan);

/*
 * What every context is made of, when all of it is in its place: images where they lie in flash,
 * copies in the board's room for them of what does not, of resource tables as they were filled in
 * and of Linux's tree. Of each its SHA-256. Whether it fits is known by then: monitor_check_room().
 */
void monitor_keep(struct monitor_config *config, const struct plan *plan);

#endif
