/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A run of messages of all lengths to the other end's echo, each answer compared with what was
 * sent. The run ends with its last answer, or with the session: then some are missing.
 */
#ifndef IMAGES_ECHO_PING_H
#define IMAGES_ECHO_PING_H

#include "rpmsg/rpmsg.h"

struct ping {
	struct rpmsg_ept ept;
	uint32_t count; /* of messages in the run */
	uint32_t sent;
	uint32_t received;
	uint32_t bad; /* of the received: not what was sent */
	bool running;
	uint64_t pause, next; /* ticks between two messages, 0: none; and when the next may go */
};

struct echo_link;

void ping_create(struct echo_link *l);
/* One message each @ms, or as they go; false: nobody to send to, or running. */
bool ping_start(struct echo_link *l, uint32_t count, uint32_t ms);
void ping_end(struct echo_link *l); /* nothing more is sent: it ends with the answers to come */
void ping_poll(struct echo_link *l);

#endif
