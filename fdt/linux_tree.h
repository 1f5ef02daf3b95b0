/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The device tree that Linux gets: a copy of the board's (or the boot image's) with what the plan
 * says. docs/device-tree-binding.md describes the nodes.
 */
#ifndef FDT_LINUX_TREE_H
#define FDT_LINUX_TREE_H

#include "base/bytes.h"
#include "base/core.h"
#include "base/error.h"
#include "base/kept.h"
#include "base/range.h"
#include "fdt/board_tree.h"
#include "fdt/interrupts.h"
#include "resource_table/link_resource.h"

enum reserved_kind {
	RESERVED_PLAIN,	 /* no-map */
	RESERVED_POOL,	 /* compatible = "shared-dma-pool"; no-map */
	RESERVED_RECORD, /* compatible = "peerboot,boot-record"; no-map */
	RESERVED_KEPT,	 /* the source's node `instead` stays as it is, nothing is written */
};

struct reserved_region { /* becomes /reserved-memory/<name>@<base> */
	char name[36];
	struct range range;
	enum reserved_kind kind;
	/*
	 * Node of the source's /reserved-memory, its offset, that this takes the place of, with its
	 * phandle; 0: none.
	 */
	int instead;
};

struct edit;
struct linux_link;
/* Nodes by which a driver of the stock kernel finds @link, or that it has failed. */
typedef void linux_driver_t(struct edit *edit, const struct linux_link *link);

#define LINUX_LOADS 12

struct linux_link {	  /* becomes /link-<peer>; further links to that peer, /link-<peer>-1 … */
	const char *peer; /* at most 31 characters */
	enum link_role role; /* Linux's own */
	enum link_method method;
	bool failed;	/* status = "fail": the peer is not running; indices unused */
	uint32_t end;	/* Linux's own: enum link_end */
	uint32_t vdev;	/* of the table */
	unsigned table; /* indices into reserved[]; static way: of the session in its place */
	unsigned vring[2];
	unsigned buffers;
	uint32_t buffer_count[2];     /* of each vring; the rest is for ways other than preset */
	uint32_t buffer_len;	      /* bytes */
	uint32_t vrings[2];	      /* static way: descriptors of each, alignment */
	struct link_doorbell send;    /* wakes the peer */
	linux_driver_t *driver;	      /* instead of ours; NULL: our module */
	phys_addr_t registers;	      /* for that: where the peer's are; or the doorbell's: */
	uint8_t receive;	      /* its kind, if Linux has to take it back; 0: it need not */
	bool loads;		      /* the driver loads, starts and stops the peer, too: */
	unsigned region[LINUX_LOADS]; /* to these, by their indices in reserved[] */
	unsigned regions;
	unsigned interrupt_cells;	      /* 0: nothing wakes Linux, it polls */
	uint32_t interrupt[INTERRUPTS_CELLS]; /* of `controller` */
};

/*
 * By which Linux starts its cores, where the loader brings it: a node, and a property of each core.
 */
struct linux_firmware {
	const char *node; /* of the root: takes the place of the source's */
	const char *compatible;
	size_t compatible_size;
	const char *method;
	const char *enable_method; /* of each of /cpus */
};

#define LINUX_CONTROLS KEPT_CONTEXTS

/* How Linux itself stops and starts a context. */
struct linux_reset {
	phys_addr_t at;		  /* a word, in which bits hold cores: */
	uint32_t cores;		  /* of all, and of */
	uint32_t first;		  /* the one that begins */
	const uint32_t *watchdog; /* three, as the manifest has them; 0 ms: none */
	phys_addr_t fed;	  /* a word that the context counts up */
};

/* Of each that it does so; and what they are made anew from. */
struct linux_resets {
	struct linux_reset context[LINUX_CONTROLS];
	struct kept kept;
};

#define LINUX_MEMORIES BOARD_TREE_MEMORIES
#define LINUX_DISABLES 64
#define LINUX_RESERVED \
	64 /* as Linux has room for: MAX_RESERVED_REGIONS, drivers/of/of_reserved_mem.c */

struct linux_tree {
	const char *bootargs;  /* NULL: leave as it is */
	unsigned command_line; /* bytes that the kernel has room for, with the NUL; 0: any number */
	bool old_seeds;	       /* the source was not made for this boot: its seeds go */
	const struct linux_resets *resets;     /* of `control`; NULL: the monitor does it */
	struct range initrd;		       /* size 0: none */
	struct core_set cores;		       /* Linux's; nodes of all others are removed */
	const struct range *memory;	       /* replaces /memory */
	unsigned memories;		       /* 0: /memory stays */
	const struct linux_firmware *firmware; /* NULL: as the source says */
	const struct reserved_region *reserved;
	unsigned reserved_count; /* at most LINUX_RESERVED, with those of the source that stay */
	const struct linux_link *link;
	unsigned links;
	struct interrupt_controller controller; /* in the source, of the links' interrupts */
	const char *const *disable;		/* paths of devices that peers own */
	unsigned disables;			/* at most LINUX_DISABLES */
	const uint8_t *seed; /* for /chosen/rng-seed; NULL: none, an existing one stays */
	unsigned seed_size;
	/*
	 * Contexts that Linux may have the monitor stop and start, each at its number: its name;
	 * NULL: not this one. Becomes /peerboot-monitor/<name>@<number>. Those that it resets by
	 * itself become /peerboot-resets/<name>@<number>.
	 */
	const char *const *control; /* LINUX_CONTROLS of them; NULL: there are none */
	uint32_t watchdog_ms;	    /* Linux's own by the monitor; 0: it has none */
};

/*
 * Write the tree that @t asks for to @to (8-byte aligned, apart from @source) by libfdt's
 * sequential writer; fdt_totalsize() then says how long it is, and exactly that room would have
 * been enough. @source must lie at a multiple of 8 and stays as it is; its padding is not copied.
 * E_FDT_BROKEN, E_CORE_ABSENT, E_TOO_MANY, E_OVERFLOW (an address that does not fit the tree's
 * cells), E_OVERLAP (a region of the source that would stay meets one of @t's), E_MANIFEST_BROKEN
 * (a device that is not there), E_FDT_FULL (more than @room bytes).
 *
 * A node of the source's /reserved-memory that no other refers to, and an entry of /memreserve/, is
 * left out if regions of @t cover it.
 *
 * Cores that are not Linux's go with their nodes and with all that refers to them: leaves of
 * cpu-map, entries of interrupt-affinity with their interrupts, cooling maps, trace units.
 */
int linux_tree_write(void *to, size_t room, struct bytes source, const struct linux_tree *t,
		     struct error *e);

#define TREE_UNIT_NAME (36 + 1 + 16) /* a region's name, "@", 64 bits in hexadecimal; with NUL */
/* "<name>@<base>"; @to has TREE_UNIT_NAME bytes. */
void tree_unit_name(char *to, const char *name, phys_addr_t base);

/* Walk a finished tree (fdt_check_tree) and read back all that @t asked for. E_FDT_CHECK. */
int linux_tree_verify(struct bytes tree, const struct linux_tree *t, struct error *e);

#endif
