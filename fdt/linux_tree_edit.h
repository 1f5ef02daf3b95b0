/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How Linux's tree is made: one walk over the source that copies tag by tag, leaves out what is
 * not Linux's and puts in what is new. What is written is not taken back: where a walk has found
 * more to leave out, another one follows. Internal to fdt/.
 */
#ifndef FDT_LINUX_TREE_EDIT_H
#define FDT_LINUX_TREE_EDIT_H

#include <libfdt.h>

#include "fdt/cells.h"
#include "fdt/check.h"
#include "fdt/linux_tree_out.h"

#define EDIT_REMOVED 64 /* phandles of nodes left out */
#define EDIT_GONE    64 /* nodes that go because of others left out */

/* Nodes that get something new or have to stay, by their place in the tree. */
enum edit_place {
	PLACE_ROOT,
	PLACE_CHOSEN,
	PLACE_CPUS,
	PLACE_RESERVED,
	PLACES,		     /* of which there is one */
	PLACE_CORE = PLACES, /* of Linux's */
	PLACE_OTHER,
};

struct edit {
	const void *fdt; /* the source, checked */
	const struct linux_tree *t;
	struct error *e;
	struct cells root; /* #cells of the root's children */
	struct cells cpus; /* of /cpus' */
	uint32_t highest;  /* phandle in the source and of what is new; 0: none */
	unsigned removed_count;
	unsigned gone_count;

	int at[PLACES]; /* offsets in the source; but for the root, 0: not there */

	void *to;  /* NULL: there is not even room for a header */
	bool full; /* there was no room for something */

	unsigned depth;
	int node[4];	/* the expected node and those above it, from the root */
	bool expecting; /* the output is not written but compared with what is in @fdt */

	uint32_t removed[EDIT_REMOVED];
	int gone[EDIT_GONE];	      /* offsets in the source */
	int disabled[LINUX_DISABLES]; /* offsets in the source */
	int source[LINUX_RESERVED];   /* of nodes whose place a region takes; 0 or less: none */
	uint32_t phandle[LINUX_RESERVED];
};

/*
 * linux_tree_out.c: the output. What goes to it, besides what linux_tree_out.h has.
 */
void out_open(struct edit *edit, void *to, size_t room); /* with the source's reservations */
int out_close(struct edit *edit, size_t room);
/* The place of a property's value; NULL: there is no output, or no room. */
uint8_t *out_place(struct edit *edit, const char *name, size_t size);

/* linux_tree_nodes.c: what is new, and names of nodes and properties that it takes the place of. */
void out_reg(struct edit *edit, const struct range *range); /* in the root's cells */
void nodes_begin(struct edit *edit, enum edit_place place); /* properties */
void nodes_end(struct edit *edit, enum edit_place place);   /* sub-nodes */
bool nodes_replace_property(const struct edit *edit, enum edit_place place, const char *name);
bool nodes_replace_node(const struct edit *edit, enum edit_place place, int node, const char *name);
/*
 * "link-<peer>", or "link-<peer>-<n>" for further links to one peer, but for n that are another
 * peer's name; @to as for unit names.
 */
void linux_link_name(char *to, const struct linux_tree *t, unsigned link);

/* linux_tree_control.c: whom Linux stops and starts; is @name, in the root, an earlier boot's? */
void control_nodes(struct edit *edit);
bool control_replaces(const struct edit *edit, const char *name);

/* linux_tree_reserved.c: find what takes whose place, and see that Linux's table has room */
int reserved_prepare(struct edit *edit);
bool reserved_replaces(const struct edit *edit, int node);
/* Is that entry of /memreserve/ in a region of ours now, or of an earlier boot? */
bool reserved_takes(const struct edit *edit, const struct range *reservation);
int reserved_give_phandles(struct edit *edit);
/* One that nobody has yet; 0, and an error: none is left. */
uint32_t edit_give_phandle(struct edit *edit);
void reserved_properties(struct edit *edit);
void reserved_nodes(struct edit *edit);

/*
 * linux_tree_reference.c: what stays of a property of @node without what refers to nodes left out,
 * in bytes; and copied to @to, if there is one. Those become known during a walk; when it has found
 * new ones, the walk is made again.
 */
size_t edit_reference(const struct edit *edit, int node, const char *name, struct bytes value,
		      uint8_t *to);
/* Does a node make no sense without this property of it? */
bool edit_is_sense(const char *name);
void edit_remove_phandle(struct edit *edit, uint32_t phandle);

/*
 * A core of somebody else's, or another node: nothing may refer to it. Returns what comes behind.
 */
int edit_leave_out(struct edit *edit, int node);
bool edit_is_foreign_core(const struct edit *edit, int node);

/* linux_tree_bootargs.c: @code for what @args, Linux's command line, may not say */
void edit_check_words(struct edit *edit, struct bytes args, enum error_code code);

/* linux_tree_prepare.c: check and look at the source, and whether what is asked for fits it. */
int edit_prepare(struct edit *edit, struct bytes source);
/* What of that holds for a finished tree too. */
int edit_open(struct edit *edit);

/* linux_tree_verify.c: the output's other end. */
void expect_begin(struct edit *edit, const char *name);
void expect_property(struct edit *edit, const char *name, const void *data, size_t size);

/*
 * linux_tree_edit.c: from the root to its end. What a walk finds to be left out may have been
 * passed before: then another one has to follow.
 */
int edit_walk(struct edit *edit);
/* The source's highest phandle, of what is left out, too. */
void edit_find_highest(struct edit *edit);

#endif
