/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "driver/clock.h"
#include "images/echo/echo.h"

#define LENGTH_MAX 496
/*
 * Both ends may ping at once, and each needs transmit buffers for its echoes as well. With fewer
 * than half of them taken by pings, the two can't wait for each other.
 */
#define WINDOW 32

static uint32_t length_of(uint32_t number)
{
	return 1 + number * 37 % LENGTH_MAX; /* all lengths, in no order */
}

static uint8_t byte_of(uint32_t number, uint32_t i)
{
	return (uint8_t)(number * 2654435761u >> 24 ^ i * 7);
}

static bool matches(const struct rpmsg_message *m, uint32_t number)
{
	if (m->len != length_of(number))
		return false;
	for (uint32_t i = 0; i < m->len; i++)
		if (m->data[i] != byte_of(number, i))
			return false;
	return true;
}

/* Answers come in the order of their questions. */
static enum rpmsg_verdict answer(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct echo_link *l = e->arg;
	struct ping *p = &l->ping;

	if (!p->running)
		return RPMSG_RELEASE;
	if (p->received == p->sent || !matches(m, p->received))
		p->bad++;
	if (++p->received == p->count)
		p->running = false;
	return RPMSG_RELEASE;
}

void ping_create(struct echo_link *l)
{
	rpmsg_ept_create(&l->link.rpmsg, &l->ping.ept, NULL, ECHO_PING_ADDRESS, RPMSG_ADDRESS_ANY,
			 answer, l);
}

bool ping_start(struct echo_link *l, uint32_t count, uint32_t ms)
{
	struct ping *p = &l->ping;

	if (p->running || l->peer_raw == RPMSG_ADDRESS_ANY)
		return false;
	p->count = count;
	p->sent = p->received = p->bad = 0;
	p->running = count;
	p->pause = (uint64_t)ms * (clock_frequency() / 1000);
	p->next = 0;
	return true;
}

void ping_end(struct echo_link *l)
{
	struct ping *p = &l->ping;

	p->count = p->sent;
	p->running = p->running && p->received != p->count;
}

void ping_poll(struct echo_link *l)
{
	struct ping *p = &l->ping;
	uint8_t text[LENGTH_MAX];

	while (p->running && p->sent < p->count && p->sent - p->received < WINDOW &&
	       !(p->pause && clock_ticks() < p->next)) {
		uint32_t len = length_of(p->sent);

		for (uint32_t i = 0; i < len; i++)
			text[i] = byte_of(p->sent, i);
		if (rpmsg_ept_send_to(&p->ept, l->peer_raw, text, len))
			return;
		p->sent++;
		if (p->pause)
			p->next = clock_ticks() + p->pause;
	}
}
