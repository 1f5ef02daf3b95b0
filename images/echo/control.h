/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Commands, each one message of text on channel "peerboot-ctl", answered by one message, "ok" where
 * nothing else is said. LINK is a link's number, from 0 in the order of `links`; where it is
 * left out, the link by which the command came is meant.
 *	counters [LINK]		the link's counters, as name=number
 *	links			PEER=ROLE,METHOD,STATE for each link; the role is ours
 *	ns-cycle CHANNEL	withdraw the channel and announce it again
 *	ping LINK COUNT [MS [WINDOW [LENGTH]]]
 *				send COUNT messages to the other end's echo, compare: each MS one,
 *				so many under way at most, of that length (ping.h)
 *	ping-end LINK		send no more: the run ends with the answers to come
 *	ping-result LINK	sent=N received=N bad=N running=0|1
 *	ping-times LINK		ns N p50 N p99 N max N of the last run (ping.h)
 *	restart			enter the image again at its entry point: no answer
 *	ns-flood COUNT [LINK]	announce COUNT channels of random names, and never withdraw them
 *	churn COUNT [LINK]	create and destroy a channel so many times
 *	pending [LINK]		ns-flood=N churn=N: how many are still to come
 *	fault KIND …		see fault.h
 *	confirm			image_confirm_boot()
 *	renew CONTEXT [MS]	life_stop(), what that answers, and when it has stopped
 *				life_start(); or all that so many milliseconds later
 *	smc FUNCTION [A B C]	image_smc(), and what it answers
 */
#ifndef IMAGES_ECHO_CONTROL_H
#define IMAGES_ECHO_CONTROL_H

#include "images/echo/echo.h"

enum rpmsg_verdict control_receive(struct rpmsg_ept *e, const struct rpmsg_message *m);

/*
 * Do what commands have left to do for @l; true if there is more at once. Not from inside a
 * receiver.
 */
bool control_poll(struct echo_link *l);

/*
 * Commands of an image for tests alone (memory/), which lets whoever is at the other end of a link
 * have all that this context has. The bytes of its answer in @text; negative: it is none of them.
 */
__attribute__((weak)) int control_memory(const char *const arg[], char *text, size_t size);

/* The same for contexts that it controls. */
void control_poll_life(void);

/* The same for the image as a whole: it may not come back. */
void control_poll_image(void);

#endif
