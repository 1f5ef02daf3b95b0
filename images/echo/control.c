/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "images/echo/echo.h"

#define COMMAND_MAX 64

bool echo_restart_wanted;

void control_poll(struct echo_link *l)
{
	for (unsigned n = 0; n < ECHO_CHANNELS; n++)
		if (l->cycle_wanted & 1u << n && !rpmsg_ept_destroy(&l->channel[n])) {
			l->cycle_wanted &= ~(1u << n);
			echo_create(l, n);
		}
}

static int answer_counters(struct echo_link *l, const char *arg, char *to, size_t room)
{
	const struct rpmsg_counters *c = &l->link.rpmsg.counters;

	(void)arg;
	return snprintf(to, room,
			"sent=%" PRIu32 " received=%" PRIu32 " no_endpoint=%" PRIu32
			" bad_message=%" PRIu32 " no_buffer=%" PRIu32 " broken=%" PRIu32
			" sessions=%" PRIu32 " kicks=%" PRIu32,
			c->sent, c->received, c->no_endpoint, c->bad_message, c->no_buffer,
			c->broken, c->sessions, c->kicks);
}

static int answer_cycle(struct echo_link *l, const char *arg, char *to, size_t room)
{
	for (unsigned n = 0; n < ECHO_CHANNELS; n++)
		if (!strcmp(arg, echo_channels[n].name)) {
			l->cycle_wanted |= 1u << n;
			return snprintf(to, room, "ok");
		}
	return snprintf(to, room, "no such channel");
}

static int answer_restart(struct echo_link *l, const char *arg, char *to, size_t room)
{
	(void)l, (void)arg, (void)to, (void)room;
	echo_restart_wanted = true;
	return 0;
}

static const struct {
	const char *name;
	int (*answer)(struct echo_link *l, const char *arg, char *to, size_t room);
} commands[] = {
	{ "counters", answer_counters },
	{ "ns-cycle", answer_cycle },
	{ "restart", answer_restart },
};

enum rpmsg_verdict control_receive(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	char command[COMMAND_MAX], text[256], *arg;
	uint32_t len = m->len < COMMAND_MAX ? m->len : COMMAND_MAX - 1;
	struct rpmsg_message reply;
	int size = -1;
	int result = rpmsg_get_buffer(e->link, &reply);

	if (result)
		return result == RPMSG_E_NO_BUFFER ? RPMSG_NOT_NOW : RPMSG_RELEASE;
	memcpy(command, m->data, len);
	command[len] = 0;
	command[strcspn(command, "\r\n")] = 0;
	arg = command + strcspn(command, " ");
	if (*arg)
		*arg++ = 0;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (!strcmp(command, commands[i].name))
			size = commands[i].answer(e->arg, arg, text, sizeof(text));
	if (size < 0)
		size = snprintf(text, sizeof(text), "no such command");
	if (!size) {
		rpmsg_put_back(e->link, &reply);
		return RPMSG_RELEASE;
	}
	len = (uint32_t)size < reply.len ? (uint32_t)size : reply.len;
	memcpy(reply.data, text, len);
	rpmsg_send_buffer(e->link, &reply, e->addr, m->src, len);
	printf("%s %s: %.*s\n", command, arg, size, text);
	return RPMSG_RELEASE;
}
