/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The stages of a boot, as boot/main.c lists them: each a function in a file of its name. All
 * return 0 or an error for which the boot stops; what is wrong with an optional context alone is
 * noted in the plan (plan_fail_context()) and is no error of the stage.
 */
#ifndef BOOT_STAGE_STAGE_H
#define BOOT_STAGE_STAGE_H

#include <stdbool.h>

#include "boot/boot.h"

int stage_find(struct boot *boot, struct error *e);
int stage_manifest(struct boot *boot, struct error *e);
int stage_plan(struct boot *boot, struct error *e);
int stage_load_early(struct boot *boot, struct error *e);
int stage_load(struct boot *boot, struct error *e);
int stage_table_early(struct boot *boot, struct error *e);
int stage_table(struct boot *boot, struct error *e);
int stage_fdt(struct boot *boot, struct error *e);
int stage_start_early(struct boot *boot, struct error *e);
int stage_start(struct boot *boot, struct error *e);
int stage_enter(struct boot *boot, struct error *e); /* returns only with an error */

/* Some of the contexts. What the early ones need in memory may be more than themselves. */
enum stage_set {
	EVERY,
	TABLE_EARLY, /* early, or its table describes a link of one that is */
	TABLE_LATE,
	START_EARLY,
	START_LATE,
};

/* Is an image of @context wanted before an early one starts? That of the table may be, alone. */
bool stage_loads_early(const struct plan *plan, const struct plan_context *context,
		       enum plan_image_kind kind);

/* What a stage does for a context. */
typedef int stage_one_t(struct boot *boot, struct plan_context *c, struct error *e);

/*
 * Call @one for every context of @set that has not failed. A failure is recorded, and ends the
 * walk unless the context is optional.
 */
int stage_each(struct boot *boot, enum stage_set set, stage_one_t *one, struct error *e);

/* Record why @context failed in this stage and print it; the boot goes on. */
void stage_report(const struct plan_context *context);

/* The line of an error: "peerboot: error HASH_WRONG (-8) in load: …" */
void stage_print_error(enum stage stage, const char *who, const char *colon, const struct error *e);

/* The board's own tree, if there is one; as far as its room at most, and not checked. */
struct bytes stage_board_tree(const struct board *board);

/*
 * On a board with `fdt_passed`: the board's own tree is at @passed from now on, if there is one, in
 * RAM that the loader maps, and nothing of the loader's is over it: the record, staging, what the
 * board claims for it. E_FDT_MISSING (0), E_OUTSIDE_MAP, E_OVERLAP, E_FDT_BROKEN.
 */
int stage_take_passed(const struct board *board, phys_addr_t passed, struct error *e);

/* Does the core that the loader runs on go to @context? It is then entered, not started. */
bool stage_owns_this_core(const struct plan_context *context);

/* A program's steps in their order, { 0 } behind them: each program's main.c has its own. */
struct boot_step {
	enum stage stage;
	int (*run)(struct boot *boot, struct error *e);
};
extern const struct boot_step boot_way[];

/*
 * All steps in order, with what boot->in has from whoever boots: the same on a board and in the
 * host's peerboot command. boot_stage() is where it got to; an error has it as its stage.
 */
int boot_run(struct boot *boot, struct error *e);
enum stage boot_stage(void);

/* The same, but no core is started: all steps that do not, so that all is loaded and checked. */
int boot_run_up_to_start(struct boot *boot, struct error *e);

/* The one place that reports why a boot stops, and in which stage: a record and a line. */
void boot_report(const struct error *e);

/* Report and boot_halt(). */
void boot_stop(const struct error *e) __attribute__((noreturn));

/* The same after a fault: the sentence first, since what the record needs may fault, too. */
void boot_fault(const struct error *e) __attribute__((noreturn));

/* Say that it stops, and board_stop(). */
void boot_halt(void) __attribute__((noreturn));

/* The reset code calls it: @passed is what arch/arch.h says. */
void boot_main(uintptr_t passed) __attribute__((noreturn));

#endif
