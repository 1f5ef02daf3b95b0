/* SPDX-License-Identifier: BSD-2-Clause */
/* The sensor's reader without Linux: it asks for ten readings at a time and prints them on the board's UART. */
#include "images/lib/doorbell.h"
#include "images/lib/image.h"
#include "images/lib/link.h"
#include "images/lib/mmu.h"

IMAGE_TABLE(table, "reader");

static struct image_link link;
static struct rpmsg_ept channel;
static unsigned missing; /* readings that were asked for and have not come */

static void put(char c)
{
	volatile uint32_t *pl011 = (volatile uint32_t *)UART_BASE; /* of the board's memory_map.h */

	while (pl011[0x18 / 4] & 1u << 5) /* the FIFO is full, and the UART empties it */
		;
	pl011[0] = (uint32_t)c;
}

static void say(const char *text)
{
	while (*text)
		put(*text++);
}

static enum rpmsg_verdict print(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	(void)e;
	for (uint32_t i = 0; i < m->len; i++)
		put((char)m->data[i]);
	missing--;
	return RPMSG_RELEASE;
}

static void session_changed(void *arg, bool up)
{
	(void)arg, (void)up;
	missing = 0; /* a sensor that has started anew was asked for nothing */
}

int main(void)
{
	const uint8_t ten = 10;

	mmu_map_device(UART_BASE, true);
	/* The sensor's table describes the link, not ours: so it is the first of our references. */
	if (image_link_open(&link, &table, IMAGE_VDEVS)) {
		say("no link: ");
		say(link.problem ? link.problem : "the manifest has none");
		say("\n");
		return 1;
	}
	link.rpmsg.config.session_changed = session_changed;
	rpmsg_ept_create(&link.rpmsg, &channel, "sensor", RPMSG_ADDRESS_ANY, RPMSG_ADDRESS_ANY,
			 print, NULL);
	rpmsg_link_start(&link.rpmsg);
	for (;;) {
		doorbell_clear();
		while (rpmsg_link_poll(&link.rpmsg, 64))
			;
		image_link_report(&link);
		if (!missing && !rpmsg_ept_send(&channel, &ten, sizeof(ten)))
			missing = ten;
		if (rpmsg_link_may_sleep(&link.rpmsg))
			doorbell_wait(DOORBELL_NO_DEADLINE);
	}
}
