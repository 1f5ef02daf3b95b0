/* SPDX-License-Identifier: BSD-2-Clause */
/* The channels, and what the trace says about them and their link. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "images/echo/control.h"

const struct echo_channel echo_channels[ECHO_CHANNELS] = {
	[ECHO_RAW] = { "rpmsg-raw", echo_receive },
	[ECHO_TTY] = { "rpmsg-tty", echo_receive },
	[ECHO_CONTROL] = { "peerboot-ctl", control_receive },
};

void echo_create(struct echo_link *l, unsigned n)
{
	/* The addresses stay the same over withdrawals: the n-th from the first dynamic one. */
	rpmsg_ept_create(&l->link.rpmsg, &l->channel[n], echo_channels[n].name,
			 RPMSG_DYNAMIC_FIRST + n, RPMSG_ADDRESS_ANY, echo_channels[n].receive, l);
}

static void peer_announces(void *arg, const char *name, uint32_t addr, bool created)
{
	struct echo_link *l = arg;

	if (strcmp(name, echo_channels[ECHO_RAW].name))
		return;
	if (created)
		l->peer_raw = addr;
	else if (l->peer_raw == addr)
		l->peer_raw = RPMSG_ADDRESS_ANY;
}

static void session_changes(void *arg, bool up)
{
	struct echo_link *l = arg;

	if (up)
		return;
	l->peer_raw = RPMSG_ADDRESS_ANY;
	l->ping.running = false; /* what is missing will not come any more */
}

void echo_start(struct echo_link *l)
{
	struct rpmsg_link *r = &l->link.rpmsg;

	l->peer_raw = RPMSG_ADDRESS_ANY;
	r->config.name_service = peer_announces;
	r->config.session_changed = session_changes;
	for (unsigned n = 0; n < ECHO_CHANNELS; n++)
		echo_create(l, n);
	ping_create(l);
	rpmsg_link_start(r);
	printf("%s: waiting for %s\n", image_link_own(&l->link), image_link_peer(&l->link));
}

/* One copy, from the received buffer straight into the one to send. */
enum rpmsg_verdict echo_receive(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct rpmsg_message reply;
	int result = rpmsg_get_buffer(e->link, &reply);

	if (result == RPMSG_E_NO_BUFFER)
		return RPMSG_NOT_NOW; /* nothing is lost: the sender runs out of buffers instead */
	if (result)
		return RPMSG_RELEASE;
	if (m->len > reply.len) {
		rpmsg_put_back(e->link, &reply);
		return RPMSG_RELEASE;
	}
	memcpy(reply.data, m->data, m->len);
	rpmsg_send_buffer(e->link, &reply, e->addr, m->src, m->len);
	return RPMSG_RELEASE;
}

void echo_report(struct echo_link *l)
{
	image_link_report(&l->link);
	for (unsigned i = 0; i < ECHO_CHANNELS; i++) {
		const struct rpmsg_ept *e = &l->channel[i];

		if (e->announced && !l->told_announced[i])
			printf("%s: channel %s announced to %s at %" PRIu32 "\n",
			       image_link_own(&l->link), e->name, image_link_peer(&l->link),
			       e->addr);
		l->told_announced[i] = e->announced;
	}
}
