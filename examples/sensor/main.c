/* SPDX-License-Identifier: BSD-2-Clause */
/* A sensor: whoever writes a number to its channel gets so many readings, ten a second. */
#include <stdio.h>

#include "driver/clock.h"
#include "images/lib/doorbell.h"
#include "images/lib/image.h"
#include "images/lib/link.h"

IMAGE_TABLE(table, "sensor"); /* the resource table, and the name of our trace */

static struct image_link link;
static struct rpmsg_ept channel;
static unsigned wanted;

static enum rpmsg_verdict asked(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	(void)e; /* answers go to where the last message came from */
	wanted = m->len ? m->data[0] : 0;
	return RPMSG_RELEASE;
}

static void send_reading(void)
{
	static unsigned reading;
	char text[24];
	int size = snprintf(text, sizeof(text), "%u degrees\n", 20 + reading++ % 10);

	if (!rpmsg_ept_send(&channel, text,
			    (uint32_t)size)) /* else nobody reads: the next one may go */
		wanted--;
}

int main(void)
{
	const uint64_t period = clock_frequency() / 10;
	uint64_t next = clock_ticks() + period;
	int result;

	if (image_link_open(&link, &table, 0)) {
		printf("no link: %s\n", link.problem ? link.problem : "the manifest has none");
		return 1;
	}
	result = rpmsg_ept_create(&link.rpmsg, &channel, "sensor", RPMSG_ADDRESS_ANY,
				  RPMSG_ADDRESS_ANY, asked, NULL);
	if (result)
		printf("no channel: %d\n", result); /* enum rpmsg_error */
	rpmsg_link_start(&link.rpmsg);
	for (;;) {
		doorbell_clear();
		while (rpmsg_link_poll(&link.rpmsg, 64))
			;
		image_link_report(&link);
		if (clock_ticks() >= next) {
			next += period;
			if (wanted)
				send_reading();
		}
		if (rpmsg_link_may_sleep(&link.rpmsg))
			doorbell_wait(next);
	}
}
