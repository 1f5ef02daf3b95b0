/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Echo: everybody's peer. On each link, in whatever role, there are channels "rpmsg-raw" and
 * "rpmsg-tty", whose messages go back to their senders, and "peerboot-ctl", which takes commands
 * (control.h). Where the links come from is said in table/ or static/.
 */
#include <inttypes.h>
#include <stdio.h>

#include "images/echo/control.h"
#include "images/lib/decimal.h"
#include "images/lib/doorbell.h"
#include "images/lib/image.h"
#include "images/lib/life.h"

#define BUDGET 64 /* messages between two looks at everything else */

struct echo_link echo_links[ECHO_LINKS];
unsigned echo_count;

static void open_links(void)
{
	struct echo_link *l = echo_links;
	int result;

	for (unsigned n = 0; echo_count < ECHO_LINKS && echo_open_link(&l->link, n, &result); n++) {
		if (result < 0)
			printf("%s: link %u makes no sense: %s\n", IMAGE_NAME, n, l->link.problem);
		if (result)
			continue;
		echo_start(l++);
		echo_count++;
	}
}

/* One round over all links; true if there was anything to do. */
static bool serve(void)
{
	unsigned taken = 0;

	life_keep_fed();
	control_poll_life(); /* whatever others keep it busy with */
	for (struct echo_link *l = echo_links; l < echo_links + echo_count; l++) {
		taken += rpmsg_link_poll(&l->link.rpmsg, BUDGET);
		taken += control_poll(l);
	}
	return taken;
}

static bool may_sleep(void)
{
	bool may = true;

	for (struct echo_link *l = echo_links; l < echo_links + echo_count; l++) {
		echo_report(l);
		may &= rpmsg_link_may_sleep(&l->link.rpmsg);
	}
	return may;
}

int main(void)
{
	char tick[DECIMAL_SIZE];

	printf("%s: first instruction at tick %s\n", IMAGE_NAME, decimal(tick, start_tick));
	if (image_life > 1) {
		echo_restore();
		printf("%s: restarted, life %" PRIu32 "; the trace of the one before is gone\n",
		       IMAGE_NAME, image_life);
	}
	open_links();
	if (!echo_count)
		printf("%s: no link is described\n", IMAGE_NAME);
	while (echo_count) {
		doorbell_clear();
		while (serve())
			;
		control_poll_image();
		if (may_sleep())
			doorbell_wait(DOORBELL_NO_DEADLINE);
	}
	return 1;
}
