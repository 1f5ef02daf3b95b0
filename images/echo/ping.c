/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>

#include "driver/clock.h"
#include "images/echo/echo.h"

/* How long messages took, in ticks, and whose run they were of. */
static uint32_t took[PING_TIMED];
static const struct ping *timed;

static uint32_t length_of(const struct ping *p, uint32_t number)
{
	return p->run.length ? p->run.length : 1 + number * 37 % PING_LENGTH;
}

static uint8_t byte_of(uint32_t number, uint32_t i)
{
	return (uint8_t)(number * 2654435761u >> 24 ^ i * 7);
}

static bool matches(const struct ping *p, const struct rpmsg_message *m, uint32_t number)
{
	if (m->len != length_of(p, number))
		return false;
	for (uint32_t i = 0; i < m->len; i++)
		if (m->data[i] != byte_of(number, i))
			return false;
	return true;
}

static void take_time(struct ping *p, uint32_t number)
{
	p->ended = clock_ticks();
	if (timed == p && number < PING_TIMED)
		took[number] = (uint32_t)(p->ended - p->sent_at[number % PING_WINDOW]);
}

/* Answers come in the order of their questions. */
static enum rpmsg_verdict answer(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct echo_link *l = e->arg;
	struct ping *p = &l->ping;

	if (!p->running)
		return RPMSG_RELEASE;
	if (p->received == p->sent || !matches(p, m, p->received))
		p->bad++;
	take_time(p, p->received);
	if (++p->received == p->run.count)
		p->running = false;
	return RPMSG_RELEASE;
}

void ping_create(struct echo_link *l)
{
	rpmsg_ept_create(&l->link.rpmsg, &l->ping.ept, NULL, ECHO_PING_ADDRESS, RPMSG_ADDRESS_ANY,
			 answer, l);
}

bool ping_start(struct echo_link *l, const struct ping_run *run)
{
	struct ping *p = &l->ping;

	if (p->running || l->peer_raw == RPMSG_ADDRESS_ANY || run->window > PING_WINDOW ||
	    run->length > PING_LENGTH)
		return false;
	p->run = *run;
	if (!run->window)
		p->run.window = PING_WINDOW;
	p->sent = p->received = p->bad = 0;
	p->running = run->count;
	p->pause = (uint64_t)run->ms * (clock_frequency() / 1000);
	p->next = 0;
	p->began = clock_ticks();
	timed = p;
	return true;
}

void ping_end(struct echo_link *l)
{
	struct ping *p = &l->ping;

	p->run.count = p->sent;
	p->running = p->running && p->received != p->sent;
}

void ping_poll(struct echo_link *l)
{
	struct ping *p = &l->ping;
	uint8_t text[PING_LENGTH];

	while (p->running && p->sent < p->run.count && p->sent - p->received < p->run.window &&
	       !(p->pause && clock_ticks() < p->next)) {
		uint32_t len = length_of(p, p->sent);

		for (uint32_t i = 0; i < len; i++)
			text[i] = byte_of(p->sent, i);
		p->sent_at[p->sent % PING_WINDOW] = clock_ticks();
		if (rpmsg_ept_send_to(&p->ept, l->peer_raw, text, len))
			return;
		p->sent++;
		if (p->pause)
			p->next = clock_ticks() + p->pause;
	}
}

static int by_size(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static uint64_t nanoseconds(uint64_t ticks)
{
	return ticks * 1000000 / (clock_frequency() / 1000);
}

bool ping_times(const struct echo_link *l, struct ping_times *t)
{
	const struct ping *p = &l->ping;
	const uint32_t count = p->received < PING_TIMED ? p->received : PING_TIMED;

	if (timed != p || p->running || !count || p->bad || p->received != p->run.count)
		return false;
	qsort(took, count, sizeof(took[0]), by_size);
	t->all = nanoseconds(p->ended - p->began);
	t->p50 = (uint32_t)nanoseconds(took[(count - 1) / 2]);
	t->p99 = (uint32_t)nanoseconds(took[(count - 1) * 99 / 100]);
	t->max = (uint32_t)nanoseconds(took[count - 1]);
	return true;
}
