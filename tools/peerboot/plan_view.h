/* SPDX-License-Identifier: BSD-2-Clause */
/* A plan as the commands show it, whole or as far as it came. */
#ifndef TOOLS_PEERBOOT_PLAN_VIEW_H
#define TOOLS_PEERBOOT_PLAN_VIEW_H

#include <stdio.h>

#include "boot/boot.h"

/* Is claim @n over another that it may not meet, or outside RAM? */
bool plan_claim_is_bad(const struct plan *plan, unsigned n);

/* The claims' indices by address, what holds others before what it holds. */
void plan_sort_claims(const struct plan *plan, unsigned order[CLAIMS_MAX]);

const char *plan_role_name(enum link_role role);
const char *plan_method_name(unsigned method);
const char *plan_doorbell_name(uint32_t kind);

/*
 * Of the configuration at @node: is it the default one; the board at @index that it is for, or
 * NULL.
 */
bool plan_configuration_is_default(const struct fit *fit, int node);
const char *plan_configuration_board(const struct fit *fit, int node, int index);

/*
 * The plan of @file as JSON, as far as @boot came; @e holds the error that it was refused for, or
 * none.
 */
void plan_write_json(FILE *to, const char *file, const struct boot *boot, const struct error *e);

#endif
