/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A run of messages to the other end's echo, each answer compared with what was sent. The run ends
 * with its last answer, or with the session: then some are missing.
 */
#ifndef IMAGES_ECHO_PING_H
#define IMAGES_ECHO_PING_H

#include "rpmsg/rpmsg.h"

/*
 * Both ends may ping at once, and each needs transmit buffers for its echoes as well. With fewer
 * than half of them taken by pings, the two can't wait for each other.
 */
#define PING_WINDOW 32
#define PING_LENGTH 496

/* What a run is to be. */
struct ping_run {
	uint32_t count;	 /* of messages */
	uint32_t ms;	 /* between two of them; 0: as they go */
	uint32_t window; /* under way at most; 0: PING_WINDOW, and no more than that */
	uint32_t length; /* of each, in bytes; 0: all lengths, in no order */
};

struct ping {
	struct rpmsg_ept ept;
	struct ping_run run;
	uint32_t sent;
	uint32_t received;
	uint32_t bad; /* of the received: not what was sent */
	bool running;
	uint64_t pause, next; /* ticks between two messages, 0: none; and when the next may go */
	uint64_t sent_at[PING_WINDOW]; /* ticks, of those under way */
	uint64_t began, ended;
};

/* Of the run that began last, on whichever link, in nanoseconds. */
struct ping_times {
	uint64_t all;		/* from the first message to the last answer */
	uint32_t p50, p99, max; /* of one message, of the first PING_TIMED of the run */
};
#define PING_TIMED 2000

struct echo_link;

void ping_create(struct echo_link *l);
/* false: nobody to send to, running, or not to be had. */
bool ping_start(struct echo_link *l, const struct ping_run *run);
void ping_end(struct echo_link *l); /* nothing more is sent: it ends with the answers to come */
void ping_poll(struct echo_link *l);

/* false: that run was another link's, or has not ended, or an answer was missing or bad. */
bool ping_times(const struct echo_link *l, struct ping_times *t);

#endif
