/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/clock.h"
#include "images/echo/control.h"
#include "images/lib/decimal.h"
#include "images/lib/image.h"
#include "images/lib/life.h"

#define COMMAND_MAX 64
#define ANSWER_MAX  480
#define WORDS	    6

static bool restart_wanted;

struct command {
	struct echo_link *by;	/* it came by this link */
	const char *arg[WORDS]; /* arg[0] is its name; NULL: no more */
	char text[ANSWER_MAX];	/* the answer */
};

static int say(struct command *c, const char *text)
{
	return snprintf(c->text, sizeof(c->text), "%s", text);
}

/* The link that @arg names, or what is the matter. */
static struct echo_link *link_of(struct command *c, const char *arg)
{
	char *end;
	unsigned long n;

	if (!arg)
		return c->by;
	n = strtoul(arg, &end, 10);
	return *end || n >= echo_count ? NULL : &echo_links[n];
}

static uint32_t number(const char *arg)
{
	return arg ? (uint32_t)strtoul(arg, NULL, 0) : 0;
}

static int answer_counters(struct command *c)
{
	const struct echo_link *l = link_of(c, c->arg[1]);
	const struct rpmsg_counters *n;

	if (!l)
		return say(c, "no such link");
	n = &l->link.rpmsg.counters;
	return snprintf(c->text, sizeof(c->text),
			"sent=%" PRIu32 " received=%" PRIu32 " no_endpoint=%" PRIu32
			" bad_message=%" PRIu32 " no_buffer=%" PRIu32 " broken=%" PRIu32
			" sessions=%" PRIu32 " kicks=%" PRIu32 " names=%" PRIu32
			" mismatches=%" PRIu32,
			n->sent, n->received, n->no_endpoint, n->bad_message, n->no_buffer,
			n->broken, n->sessions, n->kicks, n->names, n->mismatches);
}

static int answer_links(struct command *c)
{
	static const char *const roles[] = {
		[LINK_REMOTE] = "remote", [LINK_SYMMETRIC] = "symmetric", [LINK_MASTER] = "master"
	};
	static const char *const methods[] = { "preset", "handshake", "static" };
	static const char *const states[] = { [RPMSG_DOWN] = "down",
					      [RPMSG_WAITING] = "waiting",
					      [RPMSG_UP] = "up",
					      [RPMSG_MISMATCH] = "mismatch" };
	size_t used = 0;

	for (unsigned n = 0; n < echo_count && used < sizeof(c->text); n++) {
		const struct image_link *l = &echo_links[n].link;

		used += (size_t)snprintf(c->text + used, sizeof(c->text) - used, "%s%s=%s,%s,%s",
					 n ? " " : "", image_link_peer(l),
					 roles[l->about.role[l->end]], methods[l->about.method],
					 states[rpmsg_link_state(&l->rpmsg)]);
	}
	return (int)used;
}

static int answer_cycle(struct command *c)
{
	for (unsigned n = 0; n < ECHO_CHANNELS && c->arg[1]; n++)
		if (!strcmp(c->arg[1], echo_channels[n].name)) {
			c->by->cycle_wanted |= 1u << n;
			return say(c, "ok");
		}
	return say(c, "no such channel");
}

static int answer_ping(struct command *c)
{
	struct echo_link *l = link_of(c, c->arg[1]);
	const struct ping_run run = { number(c->arg[2]), number(c->arg[3]), number(c->arg[4]),
				      number(c->arg[5]) };

	if (!l)
		return say(c, "no such link");
	return say(c, ping_start(l, &run) ? "ok" : "not now");
}

static int answer_ping_result(struct command *c)
{
	const struct echo_link *l = link_of(c, c->arg[1]);
	const struct ping *p;

	if (!l)
		return say(c, "no such link");
	p = &l->ping;
	return snprintf(c->text, sizeof(c->text),
			"sent=%" PRIu32 " received=%" PRIu32 " bad=%" PRIu32 " running=%d", p->sent,
			p->received, p->bad, p->running);
}

static int answer_ping_times(struct command *c)
{
	const struct echo_link *l = link_of(c, c->arg[1]);
	char all[DECIMAL_SIZE];
	struct ping_times t;

	if (!l)
		return say(c, "no such link");
	if (!ping_times(l, &t))
		return say(c, "not now");
	return snprintf(c->text, sizeof(c->text),
			"ns %s p50 %" PRIu32 " p99 %" PRIu32 " max %" PRIu32, decimal(all, t.all),
			t.p50, t.p99, t.max);
}

static int answer_ping_end(struct command *c)
{
	struct echo_link *l = link_of(c, c->arg[1]);

	if (!l)
		return say(c, "no such link");
	ping_end(l);
	return say(c, "ok");
}

static int answer_restart(struct command *c)
{
	(void)c;
	restart_wanted = true;
	return 0;
}

static int answer_flood(struct command *c)
{
	struct echo_link *l = link_of(c, c->arg[2]);

	if (!l)
		return say(c, "no such link");
	l->names.flood = number(c->arg[1]);
	return say(c, "ok");
}

static int answer_churn(struct command *c)
{
	struct echo_link *l = link_of(c, c->arg[2]);

	if (!l)
		return say(c, "no such link");
	l->names.churn = number(c->arg[1]);
	return say(c, "ok");
}

static int answer_pending(struct command *c)
{
	const struct echo_link *l = link_of(c, c->arg[1]);

	if (!l)
		return say(c, "no such link");
	return snprintf(c->text, sizeof(c->text), "ns-flood=%" PRIu32 " churn=%" PRIu32,
			l->names.flood, l->names.churn);
}

static int answer_fault(struct command *c)
{
	const char *kind = c->arg[1] ? c->arg[1] : "";
	bool counts = fault_counts(kind);
	struct echo_link *l = link_of(c, c->arg[counts ? 3 : 2]);

	if (!l)
		return say(c, "no such link");
	return say(c, fault_want(l, kind, counts ? number(c->arg[2]) : 0));
}

static int answer_confirm(struct command *c)
{
	return say(c, image_confirm_boot() ? "ok" : "not possible");
}

/* A context that is to be stopped and started, and when, or 0 if it is being stopped: -1: none. */
static int renewed = -1;
static uint64_t renew_at;

static int answer_renew(struct command *c)
{
	const int context = (int)number(c->arg[1]);
	const uint32_t ms = number(c->arg[2]);
	const int answer = ms ? LIFE_OK : life_stop((unsigned)context);

	renew_at = ms ? clock_ticks() + (uint64_t)ms * (clock_frequency() / 1000) : 0;
	if (answer == LIFE_OK)
		renewed = context;
	return snprintf(c->text, sizeof(c->text), "%d", answer);
}

void control_poll_life(void)
{
	if (renewed < 0 || clock_ticks() < renew_at)
		return;
	if (renew_at)
		life_stop((unsigned)renewed);
	renew_at = 0;
	if (life_state((unsigned)renewed) != LIFE_STOPPED)
		return;
	printf("%s: context %d has stopped, and starts: %d\n", IMAGE_NAME, renewed,
	       life_start((unsigned)renewed));
	renewed = -1;
}

static int answer_smc(struct command *c)
{
	return snprintf(c->text, sizeof(c->text), "%d",
			image_smc(number(c->arg[1]), number(c->arg[2]), number(c->arg[3]),
				  number(c->arg[4])));
}

static const struct {
	const char *name;
	int (*answer)(struct command *c); /* bytes of its text; 0: no answer */
} commands[] = {
	{ "counters", answer_counters },
	{ "links", answer_links },
	{ "ns-cycle", answer_cycle },
	{ "ping", answer_ping },
	{ "ping-result", answer_ping_result },
	{ "ping-times", answer_ping_times },
	{ "ping-end", answer_ping_end },
	{ "restart", answer_restart },
	{ "ns-flood", answer_flood },
	{ "churn", answer_churn },
	{ "pending", answer_pending },
	{ "fault", answer_fault },
	{ "confirm", answer_confirm },
	{ "smc", answer_smc },
	{ "renew", answer_renew },
};

static uint32_t obey(struct command *c, char *line)
{
	char *rest;
	int size = -1;

	/* strtok() wants a heap for its state. */
	for (unsigned n = 0; n < WORDS; n++)
		c->arg[n] = strtok_r(n ? NULL : line, " ", &rest);
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
		if (c->arg[0] && !strcmp(c->arg[0], commands[i].name))
			size = commands[i].answer(c);
	if (size < 0 && control_memory)
		size = control_memory(c->arg, c->text, sizeof(c->text));
	if (size < 0)
		size = say(c, "no such command");
	return (uint32_t)size < sizeof(c->text) ? (uint32_t)size : (uint32_t)sizeof(c->text) - 1;
}

enum rpmsg_verdict control_receive(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	static struct command c; /* large for a stack */
	char line[COMMAND_MAX] = { 0 };
	struct rpmsg_message reply;
	uint32_t len;
	int result = rpmsg_get_buffer(e->link, &reply);

	if (result)
		return result == RPMSG_E_NO_BUFFER ? RPMSG_NOT_NOW : RPMSG_RELEASE;
	memcpy(line, m->data, m->len < COMMAND_MAX ? m->len : COMMAND_MAX - 1);
	c.by = e->arg;
	line[strcspn(line, "\r\n")] = 0;
	printf("%s: %s: ", image_link_own(&c.by->link), line);
	len = obey(&c, line);
	printf("%.*s\n", (int)len, c.text);
	if (!len || len > reply.len) {
		rpmsg_put_back(e->link, &reply);
		return RPMSG_RELEASE;
	}
	memcpy(reply.data, c.text, len);
	rpmsg_send_buffer(e->link, &reply, e->addr, m->src, len);
	return RPMSG_RELEASE;
}

bool control_poll(struct echo_link *l)
{
	for (unsigned n = 0; n < ECHO_CHANNELS; n++)
		if (l->cycle_wanted & 1u << n && !rpmsg_ept_destroy(&l->channel[n])) {
			l->cycle_wanted &= ~(1u << n);
			echo_create(l, n);
		}
	fault_poll(l);
	ping_poll(l);
	return names_poll(l);
}

void control_poll_image(void)
{
	fault_be_silent();
	if (restart_wanted)
		image_restart();
}
