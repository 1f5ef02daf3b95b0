/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The device tree that Linux gets: a copy of the board's (or the boot image's) with what the plan
 * says. docs/device-tree-binding.md describes the nodes.
 */
#ifndef FDT_LINUX_TREE_H
#define FDT_LINUX_TREE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/range.h"
#include "resource_table/link_resource.h"

enum reserved_kind {
	RESERVED_PLAIN,	 /* no-map */
	RESERVED_POOL,	 /* compatible = "shared-dma-pool"; no-map */
	RESERVED_RECORD, /* compatible = "peerboot,boot-record"; no-map */
};

struct reserved_region { /* becomes /reserved-memory/<name>@<base> */
	char name[36];
	struct range range;
	enum reserved_kind kind;
};

struct linux_link { /* becomes /link-<peer> */
	const char *peer;
	enum link_role role; /* Linux's own */
	unsigned vdev;	     /* of the table */
	unsigned table;	     /* indices into reserved[] */
	unsigned vring[2];
	unsigned buffers;
	struct link_doorbell receive; /* wakes Linux */
	struct link_doorbell send;    /* wakes the peer */
	bool failed;		      /* status = "fail": the peer is not running; indices unused */
};

struct linux_tree {
	const char *bootargs;	    /* NULL: leave as it is */
	struct range initrd;	    /* size 0: none */
	uint32_t cores;		    /* Linux's, a mask; nodes of all others are removed */
	const struct range *memory; /* replaces /memory */
	unsigned memories;
	const struct reserved_region *reserved;
	unsigned reserved_count;
	const struct linux_link *link;
	unsigned links;
	const char *const *disable; /* paths of devices that peers own */
	unsigned disables;
	const uint8_t *seed; /* for /chosen/rng-seed; NULL: none, an existing one stays */
	unsigned seed_size;
};

/* Bytes that the finished tree takes at most, computed before anything is written. */
size_t linux_tree_size(struct bytes source, const struct linux_tree *t);

/*
 * Write the finished tree to @to (@room bytes, 8-byte aligned). @source stays as it is.
 * Then walk it (fdt_check_tree) and read back all that @t asked for (linux_tree_verify).
 * E_FDT_FULL with the bytes wanted and had, E_FDT_BROKEN, E_FDT_CHECK.
 */
int linux_tree_write(void *to, size_t room, struct bytes source, const struct linux_tree *t,
		     struct error *e);
int linux_tree_verify(struct bytes tree, const struct linux_tree *t, struct error *e);

#endif
