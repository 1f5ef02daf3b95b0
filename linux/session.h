/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words by which a master and its peer come together and part (docs/protocol.md, "Sessions"),
 * for the end that stock virtio_rpmsg_bus plays; the other roles have rpmsg/rpmsg_session.c.
 * With them goes the vdev's status, where there is a table. A peer without a link resource has no
 * words: then everything is as it would be under remoteproc.
 */
#ifndef PEERBOOT_SESSION_H
#define PEERBOOT_SESSION_H

#include <linux/types.h>

struct peer_link;

/* The status byte as the peer sees it; 0, and nothing is written, without a table. */
u8 session_status(const struct peer_link *link);
void session_set_status(struct peer_link *link, u8 status);

/* Lives of an end on this link, from 1; 0: none yet, or no words. @own: ours. */
u32 session_epoch(const struct peer_link *link, bool own);

/* Let go: the session is over, a new life of ours begins. */
void session_let_go(struct peer_link *link);

/* Has the peer let go, too, or was it never there? */
bool session_peer_let_go(const struct peer_link *link);

/*
 * With the rings prepared: once the peer has let go, tell it how the link is laid out, and go
 * ahead. true if that is news, so that the peer is to be kicked. Not from two places at once.
 */
bool session_go_ahead(struct peer_link *link);

/* Has the peer begun a new life since we went ahead? */
bool session_peer_left(const struct peer_link *link);

/*
 * down, waiting, up or mismatch. Of a peer without words nothing is known but what it does:
 * started, and used as soon as it has used the rings since.
 */
const char *session_state(const struct peer_link *link);

#endif
