/* SPDX-License-Identifier: BSD-2-Clause */
/* The master's end of the link with what it has booted: an echo, by the images' library. */
#include <string.h>

#include "images/lib/doorbell.h"
#include "images/lib/link.h"
#include "images/master/master.h"

#define BUDGET 64 /* messages between two looks at the doorbell */

/* We have no table that anybody has to find. This one is our note of where the other's is. */
static struct image_table note __attribute__((aligned(8)));
static struct image_link link_to_it;
static struct rpmsg_ept echo;

int master_open(const struct table *table, struct error *e)
{
	const struct link_resource *described = table_find(table, RESOURCE_LINK, 0);
	struct link_resource *reference = &note.link[IMAGE_VDEVS];

	if (described) {
		memcpy(reference, described, sizeof(*reference));
		reference->vdev = LINK_NO_VDEV;
	}
	return image_link_open(&link_to_it, &note, IMAGE_VDEVS) ?
		       error_set(e, E_TABLE_BROKEN, "no link is described in the resource table") :
		       0;
}

static enum rpmsg_verdict receive(struct rpmsg_ept *ept, const struct rpmsg_message *m)
{
	int result = rpmsg_ept_send_to(ept, m->src, m->data, m->len);

	return result == RPMSG_E_NO_BUFFER ? RPMSG_NOT_NOW : RPMSG_RELEASE;
}

void master_serve(void)
{
	struct rpmsg_link *l = &link_to_it.rpmsg;

	doorbell_start();
	rpmsg_ept_create(l, &echo, "rpmsg-raw", RPMSG_ADDRESS_ANY, RPMSG_ADDRESS_ANY, receive,
			 NULL);
	rpmsg_link_start(l);
	for (;;) {
		doorbell_clear();
		while (rpmsg_link_poll(l, BUDGET))
			;
		if (rpmsg_link_may_sleep(l))
			doorbell_wait(DOORBELL_NO_DEADLINE);
	}
}
