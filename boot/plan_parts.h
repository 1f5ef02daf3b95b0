/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How plan_make() is divided among files, in the order of work. Each part returns 0 or an error;
 * plan->blame then holds the context whose fault it is, or -1.
 */
#ifndef BOOT_PLAN_PARTS_H
#define BOOT_PLAN_PARTS_H

#include "boot/plan.h"

/* plan_images.c: look up and parse every image, find cores, RAM and the source of Linux's tree */
int plan_images(struct plan *plan, struct bytes board_fdt, struct error *e);

/* plan_tables.c: check and fill resource tables, lay out links; claims what they hold */
int plan_tables(struct plan *plan, struct error *e);
int plan_links(struct plan *plan, struct error *e);

/* plan_claims.c: claim memories, segments and the loader itself; check all claims */
int plan_claim_memories(struct plan *plan, struct error *e);
int plan_claim_segments(struct plan *plan, struct error *e);
int plan_claim_loader(struct plan *plan, struct error *e);
int plan_claim_tree(struct plan *plan, struct error *e);
int plan_check(struct plan *plan, struct error *e);

/* plan_linux.c: what Linux will see, and the room for it; can be done anew */
int plan_linux(struct plan *plan, struct error *e);

/*
 * Add @claim, to hold always if it names no phase, inside the smallest claim of the same context
 * that may hold others and contains it, if there is one.
 */
int plan_claim(struct plan *plan, struct claim claim, struct error *e);

#endif
