/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The rpmsg bus of a link on which Linux is not the master: remote, or one of two alike. Rings,
 * messages, sessions and the name service are images/lib's, the same files that bare-metal ends
 * are made of; above them is what any Linux rpmsg bus has (drivers/rpmsg/virtio_rpmsg_bus.c is
 * the model), so stock rpmsg_char, rpmsg_ctrl and rpmsg_tty sit on it.
 *
 * All that has been received is worked on in one place, the interrupt's thread (bus_interrupt()):
 * a message is held, the lock dropped, the endpoint's callback called, the message released. So
 * callbacks may send, and channels come and go in the order in which the peer said so.
 */
#ifndef PEERBOOT_BUS_H
#define PEERBOOT_BUS_H

#include <linux/types.h>

struct peer_link;
struct seq_file;

/* Start the bus of @link, until its platform device is unbound. 0 or a negative errno. */
int bus_start(struct peer_link *link);

/* The peer has rung: was it for anything? May sleep, as callbacks and probing do. */
bool bus_interrupt(struct peer_link *link);

/* For debugfs: one word, and "name value" lines. */
const char *bus_state(struct peer_link *link);
void bus_show_counters(struct peer_link *link, struct seq_file *s);

#endif
