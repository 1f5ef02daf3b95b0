/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Besides RPMsg, this library gives a bare-metal image a start (from the entry to its main(), with
 * MMU, caches, VFP and trace on), printf() to its trace, a stop and a restart. Interrupts stay
 * masked: a doorbell ends a doorbell_wait(), but runs no handler.
 */
#ifndef IMAGES_LIB_IMAGE_H
#define IMAGES_LIB_IMAGE_H

#include <stdbool.h>
#include <stdint.h>

/* Finish the start in C, and call the image's main(). */
void image_main(void);

/* Send standard output to the image's trace. */
void image_trace_start(void);

/*
 * Enter the image again at its entry point. Initialised data has its initial values again, all
 * other C variables are zero, and the trace is empty. Memory that is shared with others does not
 * change.
 */
void image_restart(void) __attribute__((noreturn));

/* 1 after the image was loaded, and one more after each restart. */
extern uint32_t image_life;

/*
 * Confirm this boot as a good one, so that the loader goes on booting its slot (docs/slots.md).
 * Returns false if the loader keeps no such state, if it booted from memory, or if the flash can't
 * be written. No other program may use that flash at the same time, such as Linux's module, or the
 * loader before it has entered Linux. With a monitor (docs/monitor.md), the monitor writes the
 * flash. It then also returns false if the context does not have the right to confirm, or if the
 * flash is in use.
 */
bool image_confirm_boot(void);

/* clock_ticks() (driver/clock.h) at the image's first instructions. */
extern const uint64_t start_tick;

/* Stop this core for good. */
void stop(void) __attribute__((noreturn));

#endif
