/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Claims: who needs which bytes, and when. Everything that the loader or a context will read or
 * write is claimed before the first byte is written, so that two owners can't meet.
 */
#ifndef BOOT_PLAN_CLAIM_H
#define BOOT_PLAN_CLAIM_H

#include "base/error.h"
#include "base/range.h"

#define CLAIMS_MAX 128

/* A claim holds in one or both phases; claims that share no phase may share memory. */
#define CLAIM_LOADING 1u /* until Linux is entered: the loader itself, the board's device tree */
#define CLAIM_RUNNING 2u /* from the first entry on: room that a kernel decompresses into */
#define CLAIM_ALWAYS  (CLAIM_LOADING | CLAIM_RUNNING)

struct claim {
	struct range range;
	const char *owner; /* "loader", a context's or a link's name; lives as long as the claims */
	const char *what;  /* "text", "segment 1", "vring 0", "device tree" …; likewise */
	/* the entry's in a resource table, 32 bytes, printed behind `what`; NULL: none */
	const uint8_t *name;
	unsigned number; /* of several alike, printed behind `what` if `numbered` */
	bool numbered;
	bool placed; /* printed behind `what` is where it lies: "memreserve@5c000000" */
	unsigned phases;
	/*
	 * The claim this one may lie in: a context's memory holds its segments, table and trace.
	 * It must then lie in it wholly or not touch it. -1: none.
	 */
	int parent;
	bool holds;   /* memory that other claims may lie in */
	bool written; /* by the loader, which has to reach it */
	/*
	 * What the device tree keeps for somebody: two of these may meet, and they need not be in
	 * RAM. That is between the tree and Linux.
	 */
	bool foreign;
	int context; /* index of the context to blame in a conflict; -1: none */
};

struct claims {
	unsigned count;
	unsigned checked; /* of these are known to fit together */
	struct claim claim[CLAIMS_MAX];
};

/* Add one; empty ranges are left out. E_TOO_MANY. */
int claim_add(struct claims *c, const struct claim *claim, struct error *e);

/* Is it inside one of @ram? E_OUTSIDE_RAM. */
int claim_check_ram(const struct claim *c, const struct range *ram, unsigned ram_count,
		    struct error *e);

/*
 * No two claims that share a phase overlap (a claim and its parent or further ancestor excepted):
 * E_OVERLAP, with both owners and both ranges, or E_OUTSIDE_MEMORY, if one is only in part in
 * memory of its own context. Every claim is inside one of @ram: E_OUTSIDE_RAM. On an error @culprit
 * points to the claims that do not fit; culprit[1] is NULL for E_OUTSIDE_RAM. Of two that are
 * `checked` already nothing is asked.
 */
int claims_check(const struct claims *c, const struct range *ram, unsigned ram_count,
		 const struct claim *culprit[2], struct error *e);

/* May claim @i and the later claim @j both stand? */
bool claims_compatible(const struct claims *c, unsigned i, unsigned j);

/* "b segment 1" into @text; for plan tables. */
#define CLAIM_NAME 80 /* bytes for any */
void claim_name(const struct claim *c, char *text, size_t size);

/* "b segment 1 0x5c000000..0x5c001000": how messages name a claim. */
#define CLAIM_TEXT 128 /* bytes */
void claim_text(const struct claim *c, char text[CLAIM_TEXT]);

#endif
