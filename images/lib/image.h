/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a bare-metal image gets from this library besides RPMsg: a start (from the entry to its
 * main(), with MMU, caches, VFP and trace on), printf() into its trace, a stop and a restart.
 * Interrupts stay masked all the time: doorbells end a doorbell_wait(), they run no handler.
 */
#ifndef IMAGES_LIB_IMAGE_H
#define IMAGES_LIB_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

/* Sets up what C can and calls the image's main(). */
void image_main(void);

/* Point standard output to the image's trace. */
void image_trace_start(void);

/*
 * Enter the image again at its entry point: initialised data is as it was linked, everything else
 * that C knows of is zero, the trace starts anew. Memory shared with others stays as it is.
 */
void image_restart(void) __attribute__((noreturn));

/* Which life of the image this is: 1 after it has been loaded, one more after each restart. */
extern uint32_t image_life;

/*
 * This boot is a good one: the loader goes on booting its slot (docs/slots.md). False if the loader
 * keeps no such state or booted from memory, or flash does not take it. Nobody else may use that
 * flash meanwhile: Linux's module say, or the loader, as long as it has not entered Linux. With a
 * monitor (docs/monitor.md) it is that which writes it: false, too, if the context lacks the right
 * to ask for it, or if the flash is in use just now.
 */
bool image_confirm_boot(void);

/* What the clock (driver/clock.h) said at the image's first instructions. */
extern const uint64_t start_tick;

/* Stop this core for good. */
void stop(void) __attribute__((noreturn));

#endif
