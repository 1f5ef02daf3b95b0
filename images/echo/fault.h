/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a peer may do wrong, on command:
 *	fault index|id|length|address [LINK]	write nonsense into the ring that we transmit by
 *	fault silence MS			serve nobody for that long
 *	fault no-kick COUNT [LINK]		leave out the next kicks
 *	fault double-kick COUNT [LINK]		kick twice for each of the next
 *	fault hang [MS]				serve nobody ever again, interrupts masked; the
 *						watchdog, if any, has been fed for MS
 * After nonsense the other end has to end the session; until then nothing more is sent on the link.
 */
#ifndef IMAGES_ECHO_FAULT_H
#define IMAGES_ECHO_FAULT_H

#include <stdbool.h>
#include <stdint.h>

struct fault {
	unsigned wanted;	 /* its number plus one, 0: none … */
	uint32_t arg;		 /* … and number on the command line */
	uint32_t dropped;	 /* kicks still to be left out … */
	uint32_t doubled;	 /* … or to be doubled */
	void (*kick)(void *arg); /* the link's own, while there are such */
};

struct echo_link;

/* Does @kind have a number before the link's? */
bool fault_counts(const char *kind);

/*
 * Have @kind's fault with @arg made on @l by the next fault_poll(), when the answer, returned, is
 * out.
 */
const char *fault_want(struct echo_link *l, const char *kind, uint32_t arg);
void fault_poll(struct echo_link *l);

/* If that is wanted; of the image as a whole. */
void fault_be_silent(void);

#endif
