/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef IMAGES_ECHO_ECHO_H
#define IMAGES_ECHO_ECHO_H

#include "images/lib/link.h"

/* One row a channel; the endpoints lie beside it. */
struct echo_channel {
	const char *name;
	rpmsg_receive receive;
};
enum {
	ECHO_CHANNELS = 3
};
extern const struct echo_channel echo_channels[ECHO_CHANNELS];
extern struct rpmsg_ept echo_endpoints[ECHO_CHANNELS];

enum rpmsg_verdict echo_receive(struct rpmsg_ept *e, const struct rpmsg_message *m);

/*
 * Commands, each one message of text, answered by one message:
 *	counters		the link's counters, as name=number
 *	ns-cycle <channel>	withdraw the channel and announce it again: ok
 */
enum rpmsg_verdict control_receive(struct rpmsg_ept *e, const struct rpmsg_message *m);

/* Do what commands have left to do. Not from inside a receiver. */
void control_poll(struct rpmsg_link *l);

/* Make the endpoint of channel @n. */
void control_create(struct rpmsg_link *l, unsigned n);

#endif
