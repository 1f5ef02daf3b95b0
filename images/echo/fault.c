/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "images/echo/echo.h"
#include "images/lib/life.h"
#include "driver/clock.h"

#define NONSENSE 0xfffffff0u

static uint32_t silence_ms;

/* ---- nonsense in what we write of the ring that we transmit by ---- */

/*
 * Publish @id as the next buffer, whether it makes sense or not; the queue itself knows nothing of
 * it.
 */
static void publish(struct echo_link *l, uint32_t id)
{
	struct virtqueue *q = &l->link.rpmsg.transmit;
	uint32_t slot = q->given & q->mask;

	if (q->device)
		q->used[slot].id = id;
	else
		q->avail[slot] = (uint16_t)id;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	q->own->idx = (uint16_t)(q->given + 1);
	l->link.rpmsg.config.kick(&l->link);
}

static void wrong_index(struct echo_link *l, uint32_t arg)
{
	struct virtqueue *q = &l->link.rpmsg.transmit;

	(void)arg;
	q->own->idx = (uint16_t)(q->given + q->num + 1);
	l->link.rpmsg.config.kick(&l->link);
}

static void wrong_id(struct echo_link *l, uint32_t arg)
{
	(void)arg;
	publish(l, NONSENSE);
}

/* A buffer that we hold, given with a length that can't be. The queue goes on behind it. */
static void wrong_length(struct echo_link *l, uint32_t arg)
{
	struct virtqueue *q = &l->link.rpmsg.transmit;
	struct rpmsg_message m;

	(void)arg;
	if (rpmsg_get_buffer(&l->link.rpmsg, &m))
		return; /* there is no session to be ended */
	virtqueue_give(q, m.id, NONSENSE);
	l->link.rpmsg.config.kick(&l->link);
}

static void wrong_address(struct echo_link *l, uint32_t arg)
{
	struct virtqueue *q = &l->link.rpmsg.transmit;
	struct rpmsg_message m;

	(void)arg;
	if (rpmsg_get_buffer(&l->link.rpmsg, &m))
		return;
	q->desc[m.id].addr = NONSENSE;
	publish(l, m.id);
}

/* ---- time and kicks ---- */

static void silence(struct echo_link *l, uint32_t arg)
{
	(void)l;
	silence_ms = arg;
}

/* Interrupts are masked all the time. The compiler may take a loop that does nothing to end. */
static void hang(struct echo_link *l, uint32_t ms)
{
	(void)l;
	life_feed(ms);
	for (;;)
		__asm__ volatile("");
}

/* In place of the link's own kick, only as long as there is a fault to make. */
static void faulty_kick(void *arg)
{
	struct echo_link *l = arg;
	struct fault *f = &l->fault;

	if (f->dropped) {
		f->dropped--;
	} else {
		f->kick(arg);
		if (f->doubled) {
			f->doubled--;
			f->kick(arg);
		}
	}
	if (!f->dropped && !f->doubled) {
		l->link.rpmsg.config.kick = f->kick;
		f->kick = NULL;
	}
}

static void spoil_kicks(struct echo_link *l, uint32_t *number, uint32_t count)
{
	struct fault *f = &l->fault;

	if (!f->kick) {
		f->kick = l->link.rpmsg.config.kick;
		l->link.rpmsg.config.kick = faulty_kick;
	}
	*number = count;
}

static void drop_kicks(struct echo_link *l, uint32_t arg)
{
	spoil_kicks(l, &l->fault.dropped, arg);
}

static void double_kicks(struct echo_link *l, uint32_t arg)
{
	spoil_kicks(l, &l->fault.doubled, arg);
}

static const struct {
	const char *kind;
	void (*make)(struct echo_link *l, uint32_t arg);
	bool counts;
	bool driver; /* only for whom the ring that it transmits by has its descriptors from */
} faults[] = {
	{ "index", wrong_index, false, false },	      { "id", wrong_id, false, false },
	{ "length", wrong_length, false, false },     { "address", wrong_address, false, true },
	{ "silence", silence, true, false },	      { "no-kick", drop_kicks, true, false },
	{ "double-kick", double_kicks, true, false }, { "hang", hang, true, false },
};

#define FAULTS (sizeof(faults) / sizeof(faults[0]))

/* Its row, or FAULTS. */
static unsigned find(const char *kind)
{
	unsigned n = 0;

	while (n < FAULTS && strcmp(faults[n].kind, kind))
		n++;
	return n;
}

bool fault_counts(const char *kind)
{
	unsigned n = find(kind);

	return n < FAULTS && faults[n].counts;
}

const char *fault_want(struct echo_link *l, const char *kind, uint32_t arg)
{
	unsigned n = find(kind);

	if (n == FAULTS)
		return "no such fault";
	if (faults[n].driver && l->link.rpmsg.transmit.device)
		return "descriptors are the other end's";
	l->fault.wanted = 1 + n;
	l->fault.arg = arg;
	return "ok";
}

void fault_poll(struct echo_link *l)
{
	unsigned wanted = l->fault.wanted;

	l->fault.wanted = 0;
	if (wanted)
		faults[wanted - 1].make(l, l->fault.arg);
}

void fault_be_silent(void)
{
	uint64_t end = clock_ticks() + (uint64_t)silence_ms * (clock_frequency() / 1000);

	if (!silence_ms)
		return;
	silence_ms = 0;
	while (clock_ticks() < end)
		;
}
