/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Echo: every message goes back to its sender, byte for byte. Channels "rpmsg-raw" and "rpmsg-tty"
 * are bound by Linux's own rpmsg_char and rpmsg_tty; "peerboot-ctl" takes commands (control.c).
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "images/echo/echo.h"
#include "images/lib/decimal.h"
#include "images/lib/doorbell.h"
#include "images/lib/timer.h"

#include BOARD_MEMORY_MAP

#define BUDGET 64 /* messages between two looks at everything else */

IMAGE_TABLE(image_table, LINK_REMOTE, IMAGE_NAME);

static struct image_link link_to_peer;

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

const struct echo_channel echo_channels[ECHO_CHANNELS] = {
	{ "rpmsg-raw", echo_receive },
	{ "rpmsg-tty", echo_receive },
	{ "peerboot-ctl", control_receive },
};
struct rpmsg_ept echo_endpoints[ECHO_CHANNELS];

/* A line for each change of the link's state. */
static void report(const struct rpmsg_link *l, bool up)
{
	static uint32_t sessions, broken;
	static bool was_up;

	if (l->counters.broken != broken)
		printf("%s: link broken by %s\n", IMAGE_NAME, link_to_peer.peer_name);
	if (was_up && (!up || l->counters.sessions != sessions))
		printf("%s: link down\n", IMAGE_NAME);
	if (up && l->counters.sessions != sessions)
		printf("%s: link to %s up, session %" PRIu32 "\n", IMAGE_NAME,
		       link_to_peer.peer_name, l->counters.sessions);
	was_up = up;
	broken = l->counters.broken;
	sessions = l->counters.sessions;
}

static void report_channels(void)
{
	static bool announced[ECHO_CHANNELS];

	for (unsigned i = 0; i < ECHO_CHANNELS; i++) {
		const struct rpmsg_ept *e = &echo_endpoints[i];

		if (e->announced && !announced[i])
			printf("%s: channel %s announced at %" PRIu32 "\n", IMAGE_NAME, e->name,
			       e->addr);
		announced[i] = e->announced;
	}
}

int main(void)
{
	struct rpmsg_link *l = &link_to_peer.rpmsg;

	char tick[DECIMAL_SIZE];

	printf("%s: first instruction at tick %s\n", IMAGE_NAME, decimal(tick, start_tick));
	if (image_link_open(&link_to_peer, &image_table)) {
		printf("%s: the resource table describes no link\n", IMAGE_NAME);
		return 1;
	}
	for (unsigned i = 0; i < ECHO_CHANNELS; i++)
		control_create(l, i);
	rpmsg_link_start(l);
	printf("%s: waiting for %s\n", IMAGE_NAME, link_to_peer.peer_name);
	for (;;) {
		doorbell_clear();
		while (rpmsg_link_poll(l, BUDGET))
			control_poll(l);
		control_poll(l);
		report(l, rpmsg_link_up(l));
		report_channels();
		if (rpmsg_link_may_sleep(l))
			doorbell_wait();
	}
}
