/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Echo: everybody's peer. On each link that the table describes, in whatever role, there are
 * channels "rpmsg-raw" and "rpmsg-tty", whose messages go back to their senders, and "peerboot-ctl",
 * which takes commands (control.c).
 */
#include <inttypes.h>
#include <stdio.h>

#include "images/echo/echo.h"
#include "images/lib/decimal.h"
#include "images/lib/doorbell.h"
#include "images/lib/image.h"
#include "images/lib/timer.h"

#include BOARD_MEMORY_MAP

#define BUDGET 64 /* messages between two looks at everything else */

IMAGE_TABLE(image_table, IMAGE_NAME);

struct echo_link echo_links[IMAGE_LINKS];
unsigned echo_count;

static void open_links(void)
{
	for (unsigned n = 0; n < IMAGE_LINKS; n++) {
		struct echo_link *l = &echo_links[echo_count];
		int result = image_link_open(&l->link, &image_table, n);

		if (result < 0)
			printf("%s: link %u makes no sense\n", IMAGE_NAME, n);
		if (result)
			continue;
		echo_count++;
		for (unsigned i = 0; i < ECHO_CHANNELS; i++)
			echo_create(l, i);
		rpmsg_link_start(&l->link.rpmsg);
		printf("%s: waiting for %s\n", IMAGE_NAME, image_link_peer(&l->link));
	}
}

/* One round over all links; true if there was anything to do. */
static bool serve(void)
{
	unsigned taken = 0;

	for (unsigned n = 0; n < echo_count; n++) {
		taken += rpmsg_link_poll(&echo_links[n].link.rpmsg, BUDGET);
		control_poll(&echo_links[n]);
	}
	return taken;
}

static bool may_sleep(void)
{
	bool may = true;

	for (unsigned n = 0; n < echo_count; n++) {
		echo_report(&echo_links[n]);
		may &= rpmsg_link_may_sleep(&echo_links[n].link.rpmsg);
	}
	return may;
}

int main(void)
{
	char tick[DECIMAL_SIZE];

	printf("%s: first instruction at tick %s\n", IMAGE_NAME, decimal(tick, start_tick));
	if (image_life > 1) {
		image_table_restore(&image_table);
		printf("%s: restarted, life %" PRIu32 "; the trace of the one before is gone\n",
		       IMAGE_NAME, image_life);
	}
	open_links();
	if (!echo_count)
		printf("%s: the resource table describes no link\n", IMAGE_NAME);
	while (echo_count) {
		doorbell_clear();
		while (serve())
			;
		if (echo_restart_wanted)
			image_restart();
		if (may_sleep())
			doorbell_wait();
	}
	return 1;
}
