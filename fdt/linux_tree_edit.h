/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How Linux's tree is made: one walk over the source that copies tag by tag, leaves out what is
 * not Linux's and puts in what is new. The same walk without an output counts the bytes, so the
 * size is known exactly before anything is written, and nothing is moved twice. Internal to fdt/.
 */
#ifndef FDT_LINUX_TREE_EDIT_H
#define FDT_LINUX_TREE_EDIT_H

#include <libfdt.h>

#include "fdt/cells.h"
#include "fdt/check.h"
#include "fdt/linux_tree.h"

#define EDIT_REMOVED 64			  /* phandles of nodes left out */
#define EDIT_CELLS   (4 * LINUX_MEMORIES) /* of a new property, at most */

/* Nodes that get something new or have to stay, by their place in the tree. */
enum edit_place {
	PLACE_OTHER,
	PLACE_ROOT,
	PLACE_CHOSEN,
	PLACE_CPUS,
	PLACE_CORE, /* one of Linux's */
	PLACE_RESERVED,
};

struct edit {
	const void *fdt; /* the source, checked */
	const struct linux_tree *t;
	struct error *e;
	struct cells root;  /* #cells of the root's children */
	struct cells cpus;  /* of /cpus' */
	uint32_t phandle;   /* of reserved[0]; the others follow */
	uint32_t interrupt; /* phandle for link nodes' interrupt-parent; 0: the root's is right */
	unsigned interrupt_cells;
	int controller; /* that takes them: offset in the source; 0: no link has an interrupt */
	uint32_t seen;	/* places that the source has: 1 << enum edit_place */
	unsigned removed_count;

	uint8_t *to; /* NULL: count only */
	size_t room;
	size_t used;

	unsigned depth;
	int node[4];	/* the expected node and those above it, from the root */
	bool expecting; /* the output is not written but compared with what is in @fdt */

	uint32_t removed[EDIT_REMOVED];
	int disabled[LINUX_DISABLES]; /* offsets in the source */
};

/* Property names that new nodes use: one block behind the source's strings (linux_tree_out.c). */
#define EDIT_NAMES(X)                                 \
	X(ADDRESS_CELLS, "#address-cells")            \
	X(SIZE_CELLS, "#size-cells")                  \
	X(RANGES, "ranges")                           \
	X(REG, "reg")                                 \
	X(DEVICE_TYPE, "device_type")                 \
	X(COMPATIBLE, "compatible")                   \
	X(STATUS, "status")                           \
	X(PHANDLE, "phandle")                         \
	X(NO_MAP, "no-map")                           \
	X(BOOTARGS, "bootargs")                       \
	X(INITRD_START, "linux,initrd-start")         \
	X(INITRD_END, "linux,initrd-end")             \
	X(RNG_SEED, "rng-seed")                       \
	X(INTERRUPT_PARENT, "interrupt-parent")       \
	X(INTERRUPTS, "interrupts")                   \
	X(MEMORY_REGION, "memory-region")             \
	X(MEMORY_REGION_NAMES, "memory-region-names") \
	X(PEER, "peerboot,peer")                      \
	X(ROLE, "peerboot,role")                      \
	X(METHOD, "peerboot,method")                  \
	X(END, "peerboot,end")                        \
	X(VDEV, "peerboot,vdev")                      \
	X(BUFFERS, "peerboot,buffers")                \
	X(VRINGS, "peerboot,vrings")                  \
	X(SEND_DOORBELL, "peerboot,send-doorbell")

struct edit_names {
#define X(name, text) char name[sizeof(text)];
	EDIT_NAMES(X)
#undef X
};
enum edit_name { /* offsets in it */
#define X(name, text) NAME_##name = offsetof(struct edit_names, name),
	EDIT_NAMES(X)
#undef X
};
const char *edit_name(enum edit_name name);

#define EDIT_UNIT_NAME (36 + 1 + 16) /* a region's name, "@", 64 bits in hexadecimal; with NUL */
/* "<name>@<base>"; @to has EDIT_UNIT_NAME bytes. */
void edit_unit_name(char *to, const char *name, phys_addr_t base);

/* linux_tree_out.c: append to the output. Room was computed before; a lack of it is kept as error. */
void out_head(struct edit *edit);
void out_begin(struct edit *edit, const char *name);
void out_end(struct edit *edit);
void out_copy(struct edit *edit, const struct fdt_property *p);
/* The same by entries, each a multiple of 4; at the end is known where it began, and their bytes. */
void out_copy_begin(struct edit *edit, const struct fdt_property *p);
void out_copy_entry(struct edit *edit, const void *data, size_t size);
void out_copy_end(struct edit *edit, size_t start, size_t size);
void out_property(struct edit *edit, enum edit_name name, const void *data, size_t size);
void out_cells(struct edit *edit, enum edit_name name, const uint32_t *cell, unsigned count);
void out_string(struct edit *edit, enum edit_name name, const char *value);
/* End the structure block, append the strings, write the header. */
void out_finish(struct edit *edit);

/* linux_tree_nodes.c: what is new, and names of nodes and properties that it takes the place of. */
void nodes_begin(struct edit *edit, enum edit_place place); /* properties */
void nodes_end(struct edit *edit, enum edit_place place);   /* sub-nodes */
bool nodes_replace_property(const struct edit *edit, enum edit_place place, const char *name);
bool nodes_replace_node(const struct edit *edit, enum edit_place place, int node, const char *name);
/* "link-<peer>", or "link-<peer>-<n>" for further links to one peer; @to as for unit names. */
void linux_link_name(char *to, const struct linux_tree *t, unsigned link);

/*
 * linux_tree_reference.c: copy a property of @node, by its name, without what refers to nodes left
 * out. Those become known during a walk; when it has found new ones, the walk is made again.
 */
enum edit_reference {
	REFERENCE_KEPT, /* the property is in the output */
	REFERENCE_LOST, /* it is not: nothing was left of it */
	REFERENCE_GOES, /* nothing was left, and its node makes no sense without it */
};
enum edit_reference edit_reference(struct edit *edit, int node, const char *name,
				   const struct fdt_property *p);
void edit_remove_phandle(struct edit *edit, uint32_t phandle);

/* linux_tree_prepare.c: check and look at the source, and whether what is asked for fits it. */
int edit_prepare(struct edit *edit, struct bytes source);
/* What of that holds for a finished tree too. */
int edit_open(struct edit *edit);

/* linux_tree_verify.c: the output's other end. */
void expect_begin(struct edit *edit, const char *name);
void expect_property(struct edit *edit, enum edit_name name, const void *data, size_t size);

/* linux_tree_edit.c: from the head to the last string. */
int edit_walk(struct edit *edit);
uint32_t edit_highest_phandle(const struct edit *edit); /* 0: none */

#endif
