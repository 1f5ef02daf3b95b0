// SPDX-License-Identifier: GPL-2.0-only
/* A master's part of a session. See session.h. */
#include <linux/virtio_config.h>

#include "handshake.h"
#include "link.h"
#include "session.h"

u8 session_status(const struct peer_link *link)
{
	return link->live ? link->live->status : 0;
}

void session_set_status(struct peer_link *link, u8 status)
{
	if (!link->live)
		return;
	wmb(); /* what the status speaks of comes first */
	link->live->status = status;
	wmb(); /* and it does not linger in a write buffer */
}

u32 session_epoch(const struct peer_link *link, bool own)
{
	return link->session ? link->session->epoch[own ? link->end : !link->end] : 0;
}

void session_let_go(struct peer_link *link)
{
	volatile struct link_session *s = link->session;

	if (!s)
		return;
	s->seen[link->end] = 0;
	s->layout[link->end] = link->checksum;
	wmb(); /* the session is over before a new life begins */
	s->epoch[link->end] = s->epoch[link->end] + 1 ?: 1;
	wmb(); /* the peer sees it before anything of the new life */
}

bool session_peer_let_go(const struct peer_link *link)
{
	const volatile struct link_session *s = link->session;

	return !s || !s->epoch[!link->end] || s->seen[!link->end] == s->epoch[link->end];
}

/* Do both ends mean the same layout? What does not fit is said once in each life of the peer. */
static bool layouts_fit(struct peer_link *link, u32 epoch)
{
	u32 theirs = link->session->layout[!link->end];
	bool fit = !theirs || !link->checksum || theirs == link->checksum;

	if (fit && link->method == LINK_HANDSHAKE)
		fit = handshake_fill(link);
	if (fit) {
		link->refused = 0;
	} else if (link->refused != epoch) {
		link->refused = epoch;
		atomic_inc(&link->counters.mismatches);
		dev_err(link->dev, "%s and Linux do not mean the same layout: %#x, and here %#x\n",
			link->peer, theirs, link->checksum);
	}
	return fit;
}

bool session_go_ahead(struct peer_link *link)
{
	volatile struct link_session *s = link->session;
	u32 epoch;

	if (!s || s->seen[link->end])
		return false;
	epoch = s->epoch[!link->end];
	rmb(); /* the peer has let go in the life that we answer */
	if (!epoch || !session_peer_let_go(link))
		return false;
	rmb(); /* its table after its offer */
	if (!layouts_fit(link, epoch))
		return false;
	/* A peer that has laid out its table anew has cleared these. */
	if (link->live)
		link->live->gfeatures = link->features;
	session_set_status(link, link->status);
	wmb(); /* rings, table and status come first */
	s->seen[link->end] = epoch;
	wmb();
	return true;
}

bool session_peer_left(const struct peer_link *link)
{
	const volatile struct link_session *s = link->session;

	return s && s->seen[link->end] && s->seen[link->end] != s->epoch[!link->end];
}

const char *session_state(const struct peer_link *link)
{
	const volatile struct link_session *s = link->session;

	if (!(link->status & VIRTIO_CONFIG_S_DRIVER_OK))
		return "down";
	if (!s)
		return link->used ? "used" : "started";
	if (link->refused && link->refused == s->epoch[!link->end])
		return "mismatch";
	return s->seen[link->end] && s->seen[link->end] == s->epoch[!link->end] &&
			       s->seen[!link->end] == s->epoch[link->end] ?
		       "up" :
		       "waiting";
}
