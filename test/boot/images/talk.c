/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two of these, each other's peers, on our library: over every link between them a number goes back
 * and forth, one higher each time, so that without a bell each step would take DOORBELL_PATIENCE_MS.
 * When all links have come to the end, the image with RESTARTS enters itself anew, once. Both do it all
 * again, and leave a mark for the witness: at MARK how many numbers were heard, then how many wrong.
 */
#include <string.h>

#include "images/lib/doorbell.h"
#include "images/lib/image.h"
#include "images/lib/link.h"
#include "test/boot/images/processor.h"

#include BOARD_MEMORY_MAP

#ifdef TALK_STATIC
#include "images/echo/static/links.h"
IMAGE_TRACE_TABLE(image_table, IMAGE_NAME);
#define LINKS (sizeof(static_links) / sizeof(static_links[0]))
#else
IMAGE_TABLE(image_table, IMAGE_NAME);
#define LINKS IMAGE_LINKS
#endif

#define STEPS 200u /* numbers that each end hears of each link */

static struct talk {
	struct image_link link;
	struct rpmsg_ept ept;
	uint32_t heard; /* in this session */
	uint32_t wrong;
	bool begun;
} talks[LINKS];
static unsigned count;

static bool begins(const struct talk *t)
{
	return strcmp(image_link_own(&t->link), image_link_peer(&t->link)) < 0;
}

static void session_changes(void *arg, bool up)
{
	struct talk *t = arg;

	(void)up;
	t->heard = 0;
	t->begun = false;
}

static void say(struct talk *t, uint32_t number)
{
	if (rpmsg_ept_send(&t->ept, &number, sizeof(number)))
		t->wrong++;
}

static enum rpmsg_verdict hear(struct rpmsg_ept *e, const struct rpmsg_message *m)
{
	struct talk *t = e->arg;
	uint32_t number = 2 * t->heard++ + begins(t);

	if (m->len != sizeof(number) || memcmp(m->data, &number, sizeof(number)))
		t->wrong++;
	if (++number < 2 * STEPS)
		say(t, number);
	return RPMSG_RELEASE;
}

static int open_link(struct talk *t, unsigned n)
{
#ifdef TALK_STATIC
	if (!strcmp(static_links[n].name[0], "linux") || !strcmp(static_links[n].name[1], "linux"))
		return IMAGE_LINK_UNUSED;
	return image_link_open_static(&t->link, &static_links[n], IMAGE_NAME);
#else
	return image_link_open(&t->link, &image_table, n);
#endif
}

static void open_links(void)
{
	for (unsigned n = 0; n < LINKS; n++) {
		struct talk *t = &talks[count];

		if (open_link(t, n))
			continue;
		t->link.rpmsg.config.session_changed = session_changes;
		rpmsg_ept_create(&t->link.rpmsg, &t->ept, "talk", RPMSG_ADDRESS_ANY,
				 RPMSG_ADDRESS_ANY, hear, t);
		rpmsg_link_start(&t->link.rpmsg);
		count++;
	}
}

static void serve(struct talk *t)
{
	while (rpmsg_link_poll(&t->link.rpmsg, 64))
		;
	if (begins(t) && !t->begun && rpmsg_link_up(&t->link.rpmsg) &&
	    t->ept.dst != RPMSG_ADDRESS_ANY) {
		t->begun = true;
		say(t, 0);
	}
}

/* Of all links, in the session that counts: that of the other's second life, or of our own. */
static void look_for_the_end(void)
{
	volatile uint32_t *mark = (void *)MARK;
	uint32_t heard = 0, wrong = !is_supervisor(); /* however it was entered */
	bool first = image_life == 1;

	for (struct talk *t = talks; t < talks + count; t++) {
		if (t->heard < STEPS)
			return;
		if (!RESTARTS)
			first &= t->link.rpmsg.counters.sessions == 1;
		heard += t->heard;
		wrong += t->wrong;
	}
	if (!first) {
		mark[1] = wrong;
		mark[0] = heard;
	} else if (RESTARTS) {
		image_restart();
	}
}

int main(void)
{
#ifndef TALK_STATIC
	if (image_life > 1)
		image_table_restore(&image_table);
#endif
	open_links();
	for (;;) {
		bool may = true;

		doorbell_clear();
		for (struct talk *t = talks; t < talks + count; t++) {
			serve(t);
			may &= rpmsg_link_may_sleep(&t->link.rpmsg);
		}
		look_for_the_end();
		if (may)
			doorbell_wait(DOORBELL_NO_DEADLINE);
	}
}
