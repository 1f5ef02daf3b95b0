/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a bare-metal image gets from this library besides RPMsg: a start (from the entry to its
 * main(), with MMU, caches, VFP and trace on), printf() into its trace, and a stop.
 * Interrupts stay masked all the time: doorbells end a doorbell_wait(), they run no handler.
 */
#ifndef IMAGES_LIB_IMAGE_H
#define IMAGES_LIB_IMAGE_H

/* Sets up what C can and calls the image's main(). */
void image_main(void);

/* Point standard output to the image's trace. */
void image_trace_start(void);

/* Stop this core for good. */
void stop(void) __attribute__((noreturn));

#endif
