/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the planner wants to know from the device tree that Linux will get. Linux is the judge: what
 * it takes as memory, as a core, or as reserved, and nothing else (drivers/of/fdt.c). A tree lies
 * at a multiple of 8 (fdt/check.h), and is checked before it is read.
 */
#ifndef FDT_BOARD_TREE_H
#define FDT_BOARD_TREE_H

#include "base/bytes.h"
#include "base/core.h"
#include "base/error.h"
#include "base/range.h"

#define BOARD_TREE_MEMORIES 128 /* as Linux has room for: mm/memblock.c, INIT_MEMBLOCK_REGIONS */

/*
 * Which of @cores are under /cpus, by their hardware ids: all of `reg`. @found is a mask as theirs;
 * E_CORE_TWICE of them, or of any other unless @others may be there. E_FDT_BROKEN.
 */
int board_tree_cores(struct bytes tree, const struct core_set *cores, bool others, uint32_t *found,
		     struct error *e);

/*
 * RAM: the ranges of /memory nodes, in whole pages; those that touch or overlap are one.
 * E_FDT_BROKEN, E_TOO_MANY (> BOARD_TREE_MEMORIES, which @ram has room for).
 */
int board_tree_memory(struct bytes tree, struct range *ram, unsigned *count, struct error *e);

/*
 * @names = the root's `compatible`: strings, each with its NUL; size 0 if there is none, or no tree
 * (size 0). E_FDT_BROKEN.
 */
int board_tree_compatible(struct bytes tree, struct bytes *names, struct error *e);

/*
 * What a tree keeps from Linux's allocator: a range of a node below /reserved-memory, or an entry
 * of /memreserve/.
 */
struct tree_region {
	const char *name;   /* of the node; NULL: of /memreserve/ */
	int node;	    /* its offset */
	bool alone;	    /* it has no other range */
	bool referred;	    /* it has a phandle: others refer to it */
	bool no_map;	    /* Linux does not touch it */
	struct range range; /* not empty */
};
typedef int tree_region_t(void *arg, const struct tree_region *region);

/*
 * Call @one for each of a checked tree, or of none (NULL), up to the first that returns other than
 * 0, which is then returned. Left out is what Linux leaves out (a status other than "okay", `reg`
 * of another length than whole ranges), what has no place of its own (`size`), and what is stale.
 */
int board_tree_regions(const void *fdt, tree_region_t *one, void *arg);

/*
 * Is that entry of /memreserve/ what a boot loader made for its own boot, as it is found in the
 * tree of a running system? The ramdisk of that boot, or the tree itself.
 */
bool board_tree_is_stale(const void *fdt, const struct range *reservation);

struct cells;
/* For a child of /cpus in a checked tree: is it a core, and which of @set? 0: another. */
bool board_tree_is_core(const void *fdt, int node);
uint32_t board_tree_core(const void *fdt, int node, struct cells cells, const struct core_set *set);

#endif
