/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An ordinary firmware, as it is written for Linux's remoteproc: it knows its resource table and
 * the board's interrupts (table.h), and has never heard of a link resource. On each of its vdevs it
 * waits for DRIVER_OK, announces a channel and echoes what comes there.
 * Of images/lib it uses the start, the trace and the doorbell's registers. To see to its being
 * entered anew is not its job, as it is not that of most firmware: the master has to notice.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "images/classic/ring.h"
#include "images/classic/table.h"
#include "images/lib/image.h"

#define ADDRESS	      30 /* of the channel on vdev 0; the next one on vdev 1 */
#define ADDRESS_NAMES 53
#define STATUS_OK     0x04
#define STATUS_BAD    0xc0 /* NEEDS_RESET, FAILED */

struct header {
	uint32_t src;
	uint32_t dst;
	uint32_t reserved;
	uint16_t len;
	uint16_t flags;
};

struct names {
	struct header header;
	char name[32];
	uint32_t addr;
	uint32_t flags;
};

static struct link {
	struct ring transmit, receive;
	bool up;
	bool announced;
} links[CLASSIC_VDEVS];

/* Follow the master's status; true while there is somebody to talk to. */
static bool is_up(unsigned n)
{
	const volatile struct classic_vdev *v = &classic.vdev[n];
	struct link *l = &links[n];
	bool ok = (v->vdev.status & (STATUS_OK | STATUS_BAD)) == STATUS_OK;

	if (l->up && (!ok || ring_zeroed(&l->transmit) || ring_zeroed(&l->receive))) {
		l->up = false;
		printf("%s: vdev %u down\n", IMAGE_NAME, n);
	}
	if (!ok || l->up)
		return ok;
	ring_start(&l->transmit, v->vring[0].da, v->vring[0].num, v->vring[0].align);
	ring_start(&l->receive, v->vring[1].da, v->vring[1].num, v->vring[1].align);
	l->announced = !(v->vdev.gfeatures & RPMSG_FEATURE_NS);
	l->up = true;
	printf("%s: vdev %u up, vrings at %08" PRIx32 " and %08" PRIx32 "\n", IMAGE_NAME, n,
	       v->vring[0].da, v->vring[1].da);
	return true;
}

static void announce(unsigned n)
{
	struct link *l = &links[n];
	struct names names = { .header = { .src = ADDRESS + n,
					   .dst = ADDRESS_NAMES,
					   .len = sizeof(names) - sizeof(names.header) },
			       .addr = ADDRESS + n };
	struct ring_buffer b;

	if (l->announced || !ring_peek(&l->transmit, &b))
		return;
	strncpy(names.name, classic.channel, sizeof(names.name) - 1);
	memcpy(b.data, &names, sizeof(names));
	l->announced = true;
	if (ring_give(&l->transmit, &b, sizeof(names)))
		classic.ring(n);
}

static bool begins(const struct ring_buffer *b, const struct header *h, const char *text)
{
	const size_t size = strlen(text);

	return h->len >= size && !memcmp(b->data + sizeof(*h), text, size);
}

/* Two that are not echoed: somebody, a watchdog say, enters the firmware anew, or tells of it. */
static void look_for_command(const struct ring_buffer *b, const struct header *h)
{
	if (begins(b, h, "classic: enter anew")) {
		/* the next life takes the ring from its start */
		memset(b->data + sizeof(*h), 0, 1);
		image_restart();
	}
	if (begins(b, h, "classic: crash"))
		classic.crash();
}

/* One message there and back; false if there is none, or nothing to answer with. */
static bool echo(unsigned n)
{
	struct link *l = &links[n];
	struct ring_buffer in, out;
	struct header h;

	if (!ring_peek(&l->receive, &in))
		return false;
	memcpy(&h, in.data, sizeof(h));
	if (h.dst == ADDRESS + n && h.len <= in.len - sizeof(h)) {
		look_for_command(&in, &h);
		if (!ring_peek(&l->transmit, &out))
			return false;
		memcpy(out.data, in.data, sizeof(h) + h.len);
		h.dst = h.src;
		h.src = ADDRESS + n;
		memcpy(out.data, &h, sizeof(h));
		if (ring_give(&l->transmit, &out, (uint32_t)sizeof(h) + h.len))
			classic.ring(n);
	}
	if (ring_give(&l->receive, &in, 0))
		classic.ring(n);
	return true;
}

/* The carve-out is ours to use wherever it is. */
static bool heap_works(void)
{
	volatile uint32_t *heap = (void *)(uintptr_t)classic.carveout->da;

	for (uint32_t i = 0; i < classic.carveout->len / 4; i++)
		heap[i] = ~i;
	for (uint32_t i = 0; i < classic.carveout->len / 4; i++)
		if (heap[i] != ~i)
			return false;
	return true;
}

int main(void)
{
	classic.start();
	printf("%s: entered %" PRIu32 " times\n", IMAGE_NAME, image_life);
	printf("%s: carve-out at %08" PRIx32 "%s\n", IMAGE_NAME, classic.carveout->da,
	       heap_works() ? "" : " does not work");
	for (;;) {
		bool bells = classic.rung();
		bool any = false;

		for (unsigned n = 0; n < classic.vdevs; n++)
			if (is_up(n)) {
				any = true;
				announce(n);
				while (echo(n))
					;
			}
		/*
		 * Others take the first bell for the master's readiness, and do not ask the status.
		 */
		if (bells && !any)
			printf("%s: a bell before DRIVER_OK\n", IMAGE_NAME);
		classic.wait();
	}
}
