/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The plan: the complete, checked list of what will be written where and which core enters where.
 * plan_make() is pure: it reads the boot image and the board's data, writes only the struct plan
 * and staging memory, and is the same on the target and in the host's
 * `peerboot` command.
 */
#ifndef BOOT_PLAN_PLAN_H
#define BOOT_PLAN_PLAN_H

#include "boot/board.h"
#include "boot/plan/claim.h"
#include "boot/image/fit.h"
#include "boot/image/image.h"
#include "boot/staging.h"
#include "fdt/linux_tree.h"
#include "fdt/manifest.h"
#include "resource_table/table.h"

#define PLAN_RAM      BOARD_TREE_MEMORIES
#define PLAN_RESERVED LINUX_RESERVED

/* One image of the boot image and what is to be done with it. */
struct plan_image {
	struct fit_image fit;
	struct image image;
	bool present;
};

enum plan_image_kind {
	PLAN_MAIN,
	PLAN_RAMDISK,
	PLAN_TABLE,
	PLAN_IMAGES
}; /* MAIN: kernel or peer's image; TABLE: what has Linux's resource table */

/* Here and below what is long comes last: near the start a member is one instruction away. */
struct plan_context {
	const struct manifest_context *manifest;
	unsigned index; /* of this one in plan->context[] */
	uint32_t cores; /* in board->core */
	unsigned core;	/* the one that enters: number of the lowest of them */
	core_id_t id;	/* of that */
	bool runs_linux;
	const struct board_cluster *cluster; /* that its cores are in */
	/*
	 * a context that is optional and broken: not loaded, not started; its links are marked
	 * failed
	 */
	bool failed;
	/* resource table: its home and its pristine twin; size 0: none; and the filled copy */
	struct range table_home;
	struct range table_pristine;
	const uint8_t *left_out; /* the last trace that is not in RAM, by its name; NULL: none */
	unsigned table_region;	 /* what keeps its home from Linux: index in reserved[] */
	struct error error;
	struct table table;
	struct plan_image image[PLAN_IMAGES];
	uint8_t table_data[RESOURCE_TABLE_MAX] __attribute__((aligned(8)));
};

struct plan_link {
	const struct manifest_link *manifest;
	struct plan_context *end[2]; /* [LINK_OWNER], whose table describes it, and [LINK_PEER] */
	struct range memory;	     /* for vrings and buffers: what carve-outs left of it */
	struct link_layout layout;
	struct link_part part[LINK_PLACES]; /* what it takes for that: carve-outs as a whole */
	struct link_doorbell doorbell[2];   /* of each end, as who rings it is told */
	/*
	 * Static way: with the session's words, before them; otherwise with the registers of what a
	 * stock driver attaches to. Size 0: neither.
	 */
	struct range page;
	bool failed; /* an end of it failed */
};

/* What goes in: a boot image, and the board that it is to boot on. */
struct plan_input {
	const struct board *board;
	unsigned slot;		 /* of the board: where the boot image is */
	uint32_t minimum;	 /* version below which no signed one boots */
	struct bytes compatible; /* as fit_choose() takes it; size 0: as the board's tree says */
	struct bytes board_fdt;	 /* the board's own tree; size 0: it has none */
	phys_addr_t fdt_at;	 /* where that is */
	struct fit fit; /* opened; its configuration is chosen, and signed if it has to be */
	struct manifest manifest; /* its bytes are verified */
};

/* What comes out. */
struct plan {
	const struct plan_input *in;
	struct staging *staging; /* what is unpacked, merged or aligned is there */
	unsigned contexts;
	unsigned links;
	unsigned ram_count;
	uint32_t cores;		 /* those of board->core that there are */
	int linux_context;	 /* index of the context with the kernel; -1: none */
	bool fdt_at_board;	 /* fdt_source is the board's own, where it lies */
	struct bytes fdt_source; /* tree that Linux's is made from */
	struct range fdt;	 /* room of the finished tree */
	/*
	 * The tree as it was tried out, where staging memory goes on: nothing is loaded over it.
	 * NULL: something may be, or not all of it is known yet.
	 */
	const void *fdt_tried;
	uint64_t controller_at; /* its interrupt controller's place; the board's, if it has none */
	struct linux_tree tree; /* what is to be in it */
	struct plan_link link[MANIFEST_LINKS];
	struct linux_link linux_link[MANIFEST_LINKS];
	const char *disable[MANIFEST_CONTEXTS * MANIFEST_DEVICES];
	int reserved_for[PLAN_RESERVED]; /* whose fault a region is: as an error's culprit */
	struct claims claims;
	struct reserved_region reserved[PLAN_RESERVED];
	struct range ram[PLAN_RAM];
	struct range linux_ram[PLAN_RAM]; /* as the boot image's tree has it */
	struct plan_context context[MANIFEST_CONTEXTS];
	const char *control[MANIFEST_CONTEXTS]; /* of Linux's: as struct linux_tree has them */
	uint32_t kept_contexts; /* a mask; and where copies go that these are made anew from */
	const struct range *kept_room;
	struct linux_resets resets;
};

/*
 * Everything from @in, which stays as it is and is kept, to a plan that holds. What it reads of
 * images that are compressed, or are trees, is verified and put into @staging, behind what is kept
 * there. Errors name both sides of a conflict. A context that is `optional` fails alone: what is
 * wrong with it is in its `error`.
 */
int plan_make(struct plan *plan, const struct plan_input *in, struct staging *staging,
	      struct error *e);

/*
 * The same failure handling for the stages behind the plan: mark @context failed for reason @why,
 * with its links, and rebuild what Linux will see. Returns 0 if the context is optional, else the
 * error, copied to @e.
 */
int plan_fail_context(struct plan *plan, struct plan_context *context, const struct error *why,
		      struct error *e);

/* Which image has the context's table, if any has. */
enum plan_image_kind plan_table_image(const struct plan_context *context);

/* Is @link one that works, and that the table of @context describes? */
bool plan_link_is_described(const struct plan_link *link, const struct plan_context *context);

/* The context that runs Linux; NULL: none does, or it has failed. */
const struct plan_context *plan_linux_context(const struct plan *plan);

#define PLAN_SESSION_SIZE 4096 /* bytes that the static way gives to struct link_session */

/* Where the cores of @cluster see what lies at @address. */
phys_addr_t plan_seen(const struct board_cluster *cluster, phys_addr_t address);

/* The plan as a table of lines, each handed to @line, a printf() that ends lines by itself. */
typedef void plan_line_t(const char *format, ...) __attribute__((format(printf, 1, 2)));
void plan_print(const struct plan *plan, plan_line_t *line);

/* To the console; the host's command has another one. */
void plan_show(const struct plan *plan);

#endif
