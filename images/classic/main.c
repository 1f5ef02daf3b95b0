/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An ordinary firmware, as it is written for Linux's remoteproc: it knows its resource table and
 * the board's interrupts, and has never heard of a link resource. On each of its two vdevs it waits
 * for DRIVER_OK, announces a channel "rpmsg-raw" and echoes what comes there.
 * Of images/lib it uses the start, the trace and the doorbell's registers. To see to its being
 * entered anew is not its job, as it is not that of most firmware: the master has to notice.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "images/classic/ring.h"
#include "images/classic/table.h"
#include "images/lib/doorbell.h"
#include "images/lib/image.h"

#include BOARD_MEMORY_MAP

#define KICK_SPI      100 /* which wakes the master for vdev 0; the next one for vdev 1 */
#define ADDRESS	      30  /* of the channel on vdev 0; the next one on vdev 1 */
#define ADDRESS_NAMES 53
#define STATUS_OK     0x04
#define STATUS_BAD    0xc0 /* NEEDS_RESET, FAILED */
#define CARVEOUT_SIZE 0x2000
#define DEVMEM_SIZE   0x1000
#define VRING_NUM     64
#define VRING_ALIGN   4096

extern char trace_start[]; /* linker script */

#define OFFSET(member) offsetof(struct classic_table, member)
#define VRING                                                              \
	{                                                                  \
		.da = RESOURCE_ANY, .align = VRING_ALIGN, .num = VRING_NUM \
	}
#define VDEV                                                 \
	{                                                    \
		.vdev = { .type = RESOURCE_VDEV,             \
			  .id = VIRTIO_ID_RPMSG_DEVICE,      \
			  .dfeatures = RPMSG_FEATURE_NS,     \
			  .num_of_vrings = CLASSIC_VRINGS }, \
		.vring = {                                   \
			VRING,                               \
			VRING                                \
		}                                            \
	}

__attribute__((section(".resource_table"), used)) static volatile struct classic_table table = {
	.head = { .ver = RESOURCE_TABLE_VERSION, .num = 3 + CLASSIC_VDEVS },
	.offset = { OFFSET(carveout), OFFSET(devmem), OFFSET(trace), OFFSET(vdev[0]),
		    OFFSET(vdev[1]) },
	.carveout = { .type = RESOURCE_CARVEOUT,
		      .da = RESOURCE_ANY,
		      .len = CARVEOUT_SIZE,
		      .name = "classic-heap" },
	.devmem = { .type = RESOURCE_DEVMEM,
		    .da = PEER_DEVICE_BASE,
		    .pa = PEER_DEVICE_BASE,
		    .len = DEVMEM_SIZE,
		    .name = "classic-devices" },
	.trace = { .type = RESOURCE_TRACE,
		   .da = IMAGE_TRACE,
		   .len = TRACE_SIZE,
		   .name = IMAGE_NAME },
	.vdev = { VDEV, VDEV },
};

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

static void kick(unsigned n)
{
	const struct link_doorbell bell = { DOORBELL_SPI, { KICK_SPI + n } };

	doorbell_ring(&bell);
}

/* Follow the master's status; true while there is somebody to talk to. */
static bool is_up(unsigned n)
{
	const volatile struct classic_vdev *v = &table.vdev[n];
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
			       .name = "rpmsg-raw",
			       .addr = ADDRESS + n };
	struct ring_buffer b;

	if (l->announced || !ring_peek(&l->transmit, &b))
		return;
	memcpy(b.data, &names, sizeof(names));
	l->announced = true;
	if (ring_give(&l->transmit, &b, sizeof(names)))
		kick(n);
}

/* The one message that is not echoed: somebody, a watchdog say, enters the firmware anew. */
static void look_for_restart(const struct ring_buffer *b, const struct header *h)
{
	static const char command[] = "classic: enter anew";

	if (h->len != sizeof(command) - 1 ||
	    memcmp(b->data + sizeof(*h), command, sizeof(command) - 1))
		return;
	memset(b->data + sizeof(*h), 0, 1); /* the next life takes the ring from its start */
	image_restart();
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
		look_for_restart(&in, &h);
		if (!ring_peek(&l->transmit, &out))
			return false;
		memcpy(out.data, in.data, sizeof(h) + h.len);
		h.dst = h.src;
		h.src = ADDRESS + n;
		memcpy(out.data, &h, sizeof(h));
		if (ring_give(&l->transmit, &out, (uint32_t)sizeof(h) + h.len))
			kick(n);
	}
	if (ring_give(&l->receive, &in, 0))
		kick(n);
	return true;
}

/* The carve-out is ours to use wherever it is. */
static bool heap_works(void)
{
	volatile uint32_t *heap = (void *)(uintptr_t)table.carveout.da;

	for (uint32_t i = 0; i < CARVEOUT_SIZE / 4; i++)
		heap[i] = ~i;
	for (uint32_t i = 0; i < CARVEOUT_SIZE / 4; i++)
		if (heap[i] != ~i)
			return false;
	return true;
}

int main(void)
{
	printf("%s: entered %" PRIu32 " times\n", IMAGE_NAME, image_life);
	printf("%s: carve-out at %08" PRIx32 "%s\n", IMAGE_NAME, table.carveout.da,
	       heap_works() ? "" : " does not work");
	for (;;) {
		bool bells = doorbell_rung();
		bool any = false;

		doorbell_clear();
		for (unsigned n = 0; n < CLASSIC_VDEVS; n++)
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
		doorbell_wait(DOORBELL_NO_DEADLINE);
	}
}
