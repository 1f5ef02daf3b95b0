/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The virtio device of a link whose Linux end is the master: what the stock virtio_rpmsg_bus
 * drives. Status and features are backed by the resource table, as under remoteproc.
 */
#ifndef PEERBOOT_VDEV_H
#define PEERBOOT_VDEV_H

struct peer_link;
struct seq_file;

/* Register @link's virtio device, until its platform device is unbound. 0 or a negative errno. */
int vdev_register(struct peer_link *link);

/* The peer has rung: was it for anything? May sleep, as what the messages set off may. */
bool vdev_interrupt(struct peer_link *link);

/* For debugfs: one word, and "name value" lines. */
const char *vdev_state(struct peer_link *link);
void vdev_show_counters(struct peer_link *link, struct seq_file *s);

#endif
