/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the loader and the host's command know of doorbells: who hears which kind, and how Linux is
 * told. A kind is a file in doorbell/ and a case in kind.c; doorbell/core.h has what images need
 * of it, linux/doorbell.h what Linux does. Pure: no hardware.
 */
#ifndef DOORBELL_KIND_H
#define DOORBELL_KIND_H

#include <stdbool.h>
#include <stdint.h>

#include "base/core.h"
#include "base/features.h"
#include "doorbell/kinds.h"
#include "fdt/interrupts.h"
#include "resource_table/link_resource.h"

struct adma_channels;

struct doorbell_end {	 /* who is to be woken */
	core_id_t id;	 /* of the core that it runs on, */
	unsigned number; /* and its place in the board's list */
	bool runs_linux;
	bool beside_linux;		  /* another one runs it */
	uint32_t registers;		  /* words that stand for a doorbell's; 0: none */
	const struct adma_channels *adma; /* the board's; NULL: none */
};

/*
 * Can @end hear @d, of which kind and first cell are given? Fills in what else it takes to ring it.
 * false for a kind that is none, too.
 */
bool doorbell_hears(const struct doorbell_end *end, const struct interrupt_controller *controller,
		    struct link_doorbell *d);

/*
 * @d as `interrupts` of the controller has it, the number in the second cell; returns how many
 * cells. 0: it is of a kind that Linux can't hear. Of others a number is one end's alone.
 */
unsigned doorbell_interrupt(const struct link_doorbell *d, uint32_t interrupt[INTERRUPTS_CELLS]);

/* Does Linux have to take it back where it comes from, since it is a level? */
FEATURE_INLINE bool doorbell_taken_back(const struct link_doorbell *d)
{
	return features->adma && d->kind == DOORBELL_ADMA;
}

/* Of which kind a board counts those of @kind as (board.doorbells). */
FEATURE_INLINE unsigned doorbell_counted(uint32_t kind)
{
	return features->adma && kind == DOORBELL_ADMA ? DOORBELL_SPI : kind;
}

/* How many numbers in a row, from its first cell on, are its end's: 0 where Linux can't hear it. */
#define DOORBELL_LINES 3 /* at most */
unsigned doorbell_lines(const struct link_doorbell *d);

#define DOORBELL_WANTED "Linux hears SPIs <2>, by stm32_rproc <3>, others SGIs <1>"

/* For people. */
const char *doorbell_name(uint32_t kind);

/*
 * Find the controller that is rung: the root's interrupt parent if it is one, or else the first in
 * the tree with a phandle. @fdt is one that fdt_check_tree() has passed. false: there is none.
 */
bool doorbell_find_controller(const void *fdt, struct interrupt_controller *controller);

/* Which of Linux's doorbells does a device of the tree have? */
interrupts_find_user_t doorbell_find_user;

#endif
