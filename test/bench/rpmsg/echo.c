/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What messages cost, both ends of a link in one program on one core: instructions by the clock, a
 * nanosecond each under QEMU's -icount, and kicks. Lines go to QEMU by Arm's semihosting.
 */
#include <stdio.h>
#include <string.h>

#include "driver/clock.h"
#include "images/lib/image.h"
#include "rpmsg/rpmsg.h"

#include BOARD_MEMORY_MAP

#define MOST	       256 /* descriptors of a ring */
#define BUFFER	       512 /* bytes of a buffer */
#define ROUNDS	       20000u
#define WARM	       600u /* rounds in which all buffers have been round */
#define UNDER_WAY      32u
#define MASTER_ADDRESS 40u
#define REMOTE_ADDRESS 30u

#define VRING0 SHARED_BASE
#define VRING1 (SHARED_BASE + 0x8000)
#define POOL   (SHARED_BASE + 0x10000)

/* What is wanted of the other end; which copies if its buffers are to be filled from elsewhere. */
static struct {
	bool copies;
	bool answers;
	bool sleeps;
	uint32_t len;
} way;

static struct rpmsg_link master, remote;
static struct rpmsg_ept at_master, at_remote;
static uint16_t shadow[2][2 * MOST];
static uint8_t payload[BUFFER];
static uint32_t kicks, arrived, answered;
static bool rung; /* an end has been rung that sleeps */

/* In place of a table; the words of one session are never written by another ring's. */
static struct {
	struct resource_vdev vdev;
	struct resource_vring vring[2];
	uint32_t gap;
	struct link_session session;
} shared __attribute__((aligned(8)));

/* Images have a table; nobody reads this one. */
static const uint32_t table[4] __attribute__((used, section(".resource_table"))) = { 1 };

/* Arm's "Semihosting for AArch32 and AArch64": operations. */
#define SYS_WRITE0		     0x04u
#define SYS_EXIT		     0x18u
#define ADP_STOPPED_APPLICATION_EXIT 0x20026

void semihost(uintptr_t call, const void *argument); /* armv7-a.S, armv8-a.S */

static void say(const char *text)
{
	semihost(SYS_WRITE0, text);
}

static void kick(void *arg)
{
	(void)arg;
	kicks++;
	rung = true;
}

/* A peer that is rung wakes up, as it would on a core of its own, while the sender goes on. */
static void send(struct rpmsg_ept *from, uint32_t to, const void *data, uint32_t len,
		 struct rpmsg_link *peer)
{
	struct rpmsg_message m;

	if (way.copies)
		rpmsg_ept_send_to(from, to, data, len);
	else if (!rpmsg_get_buffer(from->link, &m))
		rpmsg_send_buffer(from->link, &m, from->addr, to, len);
	if (rung) {
		rung = false;
		rpmsg_link_poll(peer, 1);
	}
}

static enum rpmsg_verdict take_answer(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	(void)e, (void)m;
	answered++;
	return RPMSG_RELEASE;
}

static enum rpmsg_verdict take(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	arrived++;
	if (way.answers)
		send(e, m->src, m->data, m->len, &master);
	return RPMSG_RELEASE;
}

static void look(struct rpmsg_link *l)
{
	do
		rpmsg_link_poll(l, 2 * UNDER_WAY);
	while (way.sleeps && !rpmsg_link_may_sleep(l));
}

static bool start(struct rpmsg_link *l, enum link_role role, enum link_end end,
		  uint32_t descriptors)
{
	struct link_layout layout = { .num = { descriptors, descriptors },
				      .align = { 4096, 4096 },
				      .buffers = { POOL, 2 * descriptors * BUFFER },
				      .buffer_len = BUFFER,
				      .buffer_count = { descriptors, descriptors } };
	struct rpmsg_config c = { .role = role,
				  .end = end,
				  .shadow = shadow[end],
				  .vdev = &shared.vdev,
				  .session = &shared.session,
				  .kick = kick };
	void *const vring[2] = { (void *)VRING0, (void *)VRING1 };

	rpmsg_config_layout(&c, &layout, vring, (void *)POOL);
	return !rpmsg_link_init(l, &c) && !rpmsg_link_start(l);
}

static bool up(uint32_t descriptors)
{
	memset(&shared, 0, sizeof(shared));
	shared.vdev.dfeatures = RPMSG_FEATURE_NS;
	way.sleeps = false;
	if (!start(&master, LINK_MASTER, LINK_PEER, descriptors) ||
	    !start(&remote, LINK_REMOTE, LINK_OWNER, descriptors) ||
	    rpmsg_ept_create(&master, &at_master, NULL, MASTER_ADDRESS, REMOTE_ADDRESS, take_answer,
			     NULL) ||
	    rpmsg_ept_create(&remote, &at_remote, NULL, REMOTE_ADDRESS, MASTER_ADDRESS, take, NULL))
		return false;
	for (int i = 0; i < 4; i++) {
		look(&master);
		look(&remote);
	}
	return rpmsg_link_up(&master) && rpmsg_link_up(&remote);
}

static void round_of(uint32_t messages)
{
	for (uint32_t i = 0; i < messages; i++)
		send(&at_master, REMOTE_ADDRESS, payload, way.len, &remote);
	look(&remote);
	look(&master);
}

/* false: messages were lost. */
static bool measure(uint32_t descriptors, uint32_t under_way)
{
	const uint32_t rounds = ROUNDS / under_way;
	const uint32_t messages = rounds * under_way;
	char line[192];
	uint64_t ticks;

	for (uint32_t i = 0; i < WARM; i++)
		round_of(under_way);
	kicks = arrived = answered = 0;
	ticks = clock_ticks();
	for (uint32_t i = 0; i < rounds; i++)
		round_of(under_way);
	ticks = clock_ticks() - ticks;
	snprintf(
		line, sizeof(line),
		"rpmsg: %lu descriptors, %lu bytes %s, %s, %s, %lu under way: %lu messages, %lu ns, %lu kicks\n",
		(unsigned long)descriptors, (unsigned long)way.len,
		way.copies ? "copying" : "zero-copy", way.answers ? "echo" : "one way",
		way.sleeps ? "sleeping" : "polling", (unsigned long)under_way,
		(unsigned long)messages, (unsigned long)(ticks * (1000000000u / clock_frequency())),
		(unsigned long)kicks);
	say(line);
	return arrived == messages && answered == (way.answers ? messages : 0);
}

static bool measure_all(void)
{
	static const uint32_t rings[] = { 16, 256 }, lengths[] = { 16, 496 };
	bool good = true;

	for (unsigned r = 0; r < 2; r++) {
		good = good && up(rings[r]);
		for (unsigned i = 0; good && i < 8; i++) {
			way.answers = i < 4;
			way.copies = !(i & 1);
			way.len = lengths[i >> 1 & 1];
			good = measure(rings[r], 1);
		}
		way.answers = way.copies = way.sleeps = true;
		way.len = 16;
		good = good && measure(rings[r], 1) &&
		       measure(rings[r], rings[r] < UNDER_WAY ? 8 : UNDER_WAY);
	}
	return good;
}

int main(void)
{
	/* In 64 bits it is a block of two words, in 32 bits the number itself, and any will do. */
	static const uintptr_t reason[2] = { ADP_STOPPED_APPLICATION_EXIT };

	say(measure_all() ? "rpmsg: done\n" : "rpmsg: failed\n");
	semihost(SYS_EXIT, reason);
	return 0;
}
