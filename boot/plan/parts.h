/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How plan_make() is divided among files, in the order of work. Each part returns 0 or an error;
 * e->culprit then holds the context whose fault it is, or -1: it is set to that of the part's
 * context or link before. What has failed is left out.
 */
#ifndef BOOT_PLAN_PARTS_H
#define BOOT_PLAN_PARTS_H

#include "boot/feature/clusters.h"
#include "boot/plan/plan.h"

/* images.c: look up and parse every image */
int plan_images(struct plan *plan, struct plan_context *context, struct error *e);

/*
 * tree.c: the source of Linux's tree, from the boot image if the manifest says so, else the
 * board's
 */
int plan_tree(struct plan *plan, struct error *e);

/* board.c: find RAM and cores; then cores.c: the contexts' are to be there */
int plan_board(struct plan *plan, struct error *e);
int plan_cores(struct plan *plan, struct plan_context *context, struct error *e);

/*
 * view.c: from what its cluster sees to physical addresses, of all images of @context;
 * E_OUTSIDE_VIEW for what that sees nothing of. Both ends of a link have to see alike what it has
 * of memory, and, where its link resources name them (@by_resource), each other's tables:
 * addresses in tables and rings are one for all. @range becomes physical; false: it is nothing
 * that is seen. Do cores of @cluster begin at what the loader brings there, or is nobody entered by
 * it?
 */
int plan_view(struct plan_context *context, struct error *e);
int plan_view_link(const struct plan_link *link, bool by_resource, struct error *e);
bool plan_see(const struct board_cluster *cluster, struct range *range);
bool plan_sees_alike(const struct board_cluster *cluster, const struct range *range);
bool plan_leads_from_vectors(const struct plan *plan, const struct board_cluster *cluster);

/* tables.c: find, check and fill resource tables; claims what they hold */
int plan_table(struct plan *plan, struct plan_context *context, struct error *e);

/*
 * table_areas.c: its last step: carve-outs and traces, and where it is itself, if in no
 * segment
 */
int plan_table_areas(struct plan *plan, struct plan_context *context, struct error *e);

/*
 * tables.c: @who needs the table of @context, and it has none: E_TABLE_MISSING,
 * E_TABLE_MISPLACED
 */
int plan_no_table(const struct plan_context *context, const char *who, struct error *e);

/* links.c: lay out links; claims what they hold */
int plan_link(struct plan *plan, struct plan_link *link, struct error *e);

/*
 * doorbells.c: fill in link->doorbell[@end], which its end is to hear; are Linux's nobody else's?
 */
int plan_doorbell(struct plan *plan, struct plan_link *link, enum link_end end, struct error *e);
int plan_doorbells(struct plan *plan, struct error *e);

/* link_tables.c: preset and handshake; lay out @link as @d has it, and fill tables in */
int plan_link_tables(struct plan_link *link, const struct link_description *d, struct error *e);

/* claims.c: claim memories, segments, what links are made of, and the loader itself */
int plan_claim_loader(struct plan *plan, struct error *e);
int plan_claim_memories(struct plan *plan, struct plan_context *context, struct error *e);
int plan_claim_link_memory(struct plan *plan, struct plan_link *link, struct error *e);
int plan_claim_segments(struct plan *plan, struct plan_context *context, struct error *e);
int plan_claim_link(struct plan *plan, const struct plan_link *link, struct error *e);
int plan_claim_tree(struct plan *plan, struct error *e);

/* check.c: do all claims so far fit together, RAM, and the memory of their context? */
int plan_check(struct plan *plan, struct error *e);

/*
 * Whose fault is an error of these? A link's is that of the end that boot can go on without, and
 * if both are needed, or neither is, that of the end whose table describes it. Of two contexts (-1:
 * the loader) it is @first's, unless only @second is optional.
 */
int plan_link_guilty(const struct plan_link *link);
int plan_claim_guilty(const struct plan *plan, const struct claim *claim);
void plan_blame(const struct plan *plan, int first, int second, struct error *e);

/* Whose an image's claims are: the context's, but Linux's table is kept from it by its own name. */
const char *plan_image_owner(const struct plan_context *context, enum plan_image_kind kind);

/*
 * check.c: E_OUTSIDE_MEMORY, for a claim that lies in none of what the manifest gives to
 * @context
 */
int plan_outside(const struct claim *claim, const struct plan_context *context, struct error *e);

/* check.c: is all of @r RAM that the loader has mapped? */
bool plan_reaches(const struct plan *plan, const struct range *r);

/*
 * check.c: does @c belong to Linux and to nobody else? What it shares is kept from its
 * allocator.
 */
bool plan_is_linuxs_own(const struct plan *plan, const struct claim *c);

/*
 * linux.c: what Linux will see; can be done anew, and is less then. Then its tree, written to
 * what staging memory is left, to see that it can be and how long it is. What no-map takes from
 * Linux in whole pages must not be what Linux was loaded into.
 */
int plan_linux(struct plan *plan, struct error *e);
int plan_linux_tree(struct plan *plan, struct error *e);
int plan_check_pages(struct plan *plan, struct error *e);
/* And will what was written be there until Linux gets it? */
int plan_keep_tree(struct plan *plan, struct error *e);

/* What a walk over the regions of a tree is handed (board_tree_regions()). */
struct plan_walk {
	struct plan *plan;
	struct error *e;
};

/*
 * regions.c: what the source of Linux's tree keeps for somebody is claimed, but not what is a
 * context's: that has to be in what it was given (boot/feature/regions.h).
 */
int plan_regions(struct plan *plan, struct error *e);

/* regions.c: ours of the same pages, as far as Linux knows a node by them; NULL: none. */
struct tree_region;
struct reserved_region *plan_find_ours(struct plan *plan, const struct tree_region *r);
/* By the very name, as in the tree of a running system. */
bool plan_has_name_of(const struct tree_region *r, const struct reserved_region *ours);

/* As entries of /memreserve/ are named, before "@" and the base. */
#define PLAN_MEMRESERVE "memreserve"

/* linux.c: a region for what e->culprit names, of all pages that @range is in. */
int plan_reserve(struct plan *plan, const struct range *range, struct error *e, const char *name,
		 ...) __attribute__((format(__printf__, 4, 5)));
struct range plan_whole_pages(const struct range *r);

/*
 * Claim @range as @claim says whose it is, always if it names no phase. Its range and its parent
 * are filled in here: that is the claim of the same context that may hold others and contains it,
 * if there is one, for those that hold others don't overlap. The other members stay, for the next
 * of its kind.
 */
int plan_claim(struct plan *plan, struct claim *claim, const struct range *range, struct error *e);

#endif
