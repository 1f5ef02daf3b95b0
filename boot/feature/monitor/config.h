/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_MONITOR_CONFIG_H
#define BOOT_FEATURE_MONITOR_CONFIG_H

#include "boot/plan/plan.h"
#include "monitor/config.h"

/* Contexts, cores and rights of @plan, to @config, which is zero. */
void monitor_configure(struct monitor_config *config, const struct plan *plan);

/*
 * What every context is made of, when all of it is in its place: images where they lie in flash,
 * copies at @room of what does not, of resource tables as they were filled in and of Linux's tree.
 * Of each its SHA-256. monitor_check_room() says before anything is written whether it fits, of an
 * image that lies in @flash: E_TOO_MANY, E_STAGING_FULL.
 */
void monitor_keep(struct monitor_config *config, const struct plan *plan, const struct range *room);
int monitor_check_room(const struct plan *plan, const struct range *room, const struct range *flash,
		       struct error *e);

/* The same for the board's room. */
int monitor_check_copies(const struct plan *plan, const struct range *flash, struct error *e);

#endif
