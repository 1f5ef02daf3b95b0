/* SPDX-License-Identifier: GPL-2.0-only */
/* How a link is laid out, from its table or its node in the device tree, by the link's method. */
#ifndef PEERBOOT_LAYOUT_H
#define PEERBOOT_LAYOUT_H

struct peer_link;

/*
 * Fill in @link's layout, once its regions and its table are known, and check one against the
 * other. 0 or a negative errno; the reason is in the log.
 */
int layout_find(struct peer_link *link);

#endif
