/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef IMAGES_ECHO_ECHO_H
#define IMAGES_ECHO_ECHO_H

#include "images/echo/fault.h"
#include "images/echo/names.h"
#include "images/echo/ping.h"
#include "images/lib/link.h"

/* The channels of every link, one row each; the n-th has the n-th dynamic address. */
struct echo_channel {
	const char *name;
	rpmsg_receive receive;
};
enum {
	ECHO_RAW,
	ECHO_TTY,
	ECHO_CONTROL,
	ECHO_CHANNELS
};
extern const struct echo_channel echo_channels[ECHO_CHANNELS];

/* Endpoints that come after them. */
#define ECHO_PING_ADDRESS  (RPMSG_DYNAMIC_FIRST + ECHO_CHANNELS)
#define ECHO_CHURN_ADDRESS (ECHO_PING_ADDRESS + 1)

/* One link and what we keep of it. An endpoint's arg is its echo_link. */
struct echo_link {
	struct image_link link; /* first: its callbacks' arg is this one's address, too */
	struct rpmsg_ept channel[ECHO_CHANNELS];
	uint32_t peer_raw; /* the other end's rpmsg-raw, as it announced it, or RPMSG_ADDRESS_ANY */
	uint32_t cycle_wanted; /* channels to withdraw and announce again; each bit an index */
	struct ping ping;
	struct names names;
	struct fault fault;
	bool told_announced[ECHO_CHANNELS]; /* what the trace says so far */
};
#define ECHO_LINKS 6
extern struct echo_link echo_links[ECHO_LINKS];
extern unsigned echo_count; /* of echo_links; commands number them from 0 */

/*
 * Where links come from, which differs between images: open number @n of those that there may be.
 * As image_link_open(). false: that was the last.
 */
bool echo_open_link(struct image_link *l, unsigned n, int *result);

/* After a restart: whatever of ours lies in shared memory as it was at first. */
void echo_restore(void);

/* Make the endpoints of a link that has been opened, and start it. */
void echo_start(struct echo_link *l);

/* Make the endpoint of channel @n. */
void echo_create(struct echo_link *l, unsigned n);

/* Back to the sender, byte for byte. */
enum rpmsg_verdict echo_receive(struct rpmsg_ept *e, const struct rpmsg_message *m);

/* Lines in the trace for what has changed. */
void echo_report(struct echo_link *l);

#endif
