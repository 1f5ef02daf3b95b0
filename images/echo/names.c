/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "images/echo/echo.h"

/* Repeatable (xorshift). */
static uint32_t random_word(void)
{
	static uint32_t state = 2463534242u;

	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state;
}

/* Names without an endpoint behind them: what the other end sends there is dropped and counted. */
static void flood(struct echo_link *l)
{
	while (l->names.flood) {
		struct rpmsg_name_message n = { .flags = RPMSG_NAME_CREATE };

		n.addr = 0x10000 + random_word() % 0x10000;
		snprintf(n.name, sizeof(n.name), "flood-%08" PRIx32, random_word());
		if (rpmsg_ept_send_to(&l->channel[ECHO_CONTROL], RPMSG_ADDRESS_NAMES, &n,
				      sizeof(n)))
			return;
		l->names.flood--;
	}
}

static bool churn(struct echo_link *l)
{
	struct names *n = &l->names;

	if (!n->churn || !rpmsg_link_up(&l->link.rpmsg))
		return false;
	if (!n->there) {
		n->there = !rpmsg_ept_create(&l->link.rpmsg, &n->ept, "peerboot-churn",
					     ECHO_CHURN_ADDRESS, RPMSG_ADDRESS_ANY, echo_receive,
					     l);
	} else if (n->ept.announced && !rpmsg_ept_destroy(&n->ept)) {
		n->there = false;
		n->churn--;
	}
	return n->churn;
}

bool names_poll(struct echo_link *l)
{
	flood(l);
	return churn(l);
}
