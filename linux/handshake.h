/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The handshake way (docs/protocol.md): a table's owner lays the link out in it, unfilled; the
 * leading end fills it in, and the other end reads it. Where the link may lie was settled by the
 * loader and stands in the device tree (link->layout): nothing that a peer writes moves it
 * elsewhere.
 */
#ifndef PEERBOOT_HANDSHAKE_H
#define PEERBOOT_HANDSHAKE_H

#include <linux/types.h>

struct peer_link;

/* The owner: addresses back to ANY, no buffers, status 0. */
void handshake_lay_out(struct peer_link *link);

/* The leading end. false: the table is not of the shape that it had when the link was mapped. */
bool handshake_fill(struct peer_link *link);

/* The other end: take over what it says into link->layout. false: it makes no sense here. */
bool handshake_read(struct peer_link *link);

#endif
