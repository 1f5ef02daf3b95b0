/* SPDX-License-Identifier: BSD-2-Clause */
/* What the trace says of a link. */
#include <inttypes.h>
#include <stdio.h>

#include "driver/clock.h"
#include "images/lib/decimal.h"
#include "images/lib/link.h"

/* Seldom enough that a peer which sends nothing else does not fill the trace. */
static bool worth_a_line(uint32_t before, uint32_t now)
{
	return now && (!before || now / 2 >= before);
}

static void report_dropped(struct image_link *l)
{
	const struct rpmsg_counters *c = &l->rpmsg.counters;
	uint32_t dropped = c->no_endpoint + c->bad_message;

	if (dropped == l->told.dropped || !worth_a_line(l->told.dropped, dropped))
		return;
	printf("%s: dropped from %s: %" PRIu32 " messages without sense, %" PRIu32 " to nobody\n",
	       image_link_own(l), image_link_peer(l), c->bad_message, c->no_endpoint);
	l->told.dropped = dropped;
}

void image_link_report(struct image_link *l)
{
	const struct rpmsg_counters *c = &l->rpmsg.counters;
	const char *own = image_link_own(l), *peer = image_link_peer(l);
	char tick[DECIMAL_SIZE];
	bool up = rpmsg_link_up(&l->rpmsg);

	if (c->broken != l->told.broken)
		printf("%s: link broken by %s\n", own, peer);
	if (c->mismatches != l->told.mismatches)
		printf("%s: layout of the link to %s is %08" PRIx32 ", to %s it is %08" PRIx32 "\n",
		       own, peer, l->session->layout[l->end], peer, l->session->layout[!l->end]);
	if (l->told.up && (!up || c->sessions != l->told.sessions))
		printf("%s: link to %s down\n", own, peer);
	if (up && c->sessions != l->told.sessions)
		printf("%s: link to %s up, session %" PRIu32 ", at tick %s\n", own, peer,
		       c->sessions, decimal(tick, clock_ticks()));
	if (c->received && !l->told.heard)
		printf("%s: first message from %s by tick %s\n", own, peer,
		       decimal(tick, clock_ticks()));
	report_dropped(l);
	l->told.up = up;
	l->told.heard = c->received;
	l->told.broken = c->broken;
	l->told.mismatches = c->mismatches;
	l->told.sessions = c->sessions;
}
