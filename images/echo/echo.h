/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef IMAGES_ECHO_ECHO_H
#define IMAGES_ECHO_ECHO_H

#include "images/lib/link.h"

/* The channels of every link, one row each. */
struct echo_channel {
	const char *name;
	rpmsg_receive receive;
};
enum {
	ECHO_CHANNELS = 3
};
extern const struct echo_channel echo_channels[ECHO_CHANNELS];

/* One link and what we keep of it. An endpoint's arg is its echo_link. */
struct echo_link {
	struct image_link link;
	struct rpmsg_ept channel[ECHO_CHANNELS];
	uint32_t cycle_wanted; /* channels to withdraw and announce again; each bit an index */
	struct {	       /* what the trace says so far */
		uint32_t sessions;
		uint32_t broken;
		bool up;
		bool announced[ECHO_CHANNELS];
	} told;
};
extern struct echo_link echo_links[IMAGE_LINKS];
extern unsigned echo_count; /* of echo_links; commands number them from 0 */

/* Make the endpoint of channel @n. */
void echo_create(struct echo_link *l, unsigned n);

/* Back to the sender, byte for byte. */
enum rpmsg_verdict echo_receive(struct rpmsg_ept *e, const struct rpmsg_message *m);

/* Lines in the trace for what has changed. */
void echo_report(struct echo_link *l);

/*
 * Commands, each one message of text, answered by one message where nothing else is said:
 *	counters		the link's counters, as name=number
 *	ns-cycle <channel>	withdraw the channel and announce it again: ok
 *	restart			enter the image again at its entry point; no answer, for the session is over
 */
enum rpmsg_verdict control_receive(struct rpmsg_ept *e, const struct rpmsg_message *m);

/* A command wants it: the main loop does it. */
extern bool echo_restart_wanted;

/* Do what commands have left to do. Not from inside a receiver. */
void control_poll(struct echo_link *l);

#endif
