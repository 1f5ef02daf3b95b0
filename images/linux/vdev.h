/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The virtio device of a link whose Linux end is the master: what the stock virtio_rpmsg_bus
 * drives. Status and features are backed by the resource table, as under remoteproc.
 */
#ifndef PEERBOOT_VDEV_H
#define PEERBOOT_VDEV_H

struct peer_link;

/* Register @link's virtio device, until its platform device is unbound. 0 or a negative errno. */
int vdev_register(struct peer_link *link);

/* The peer has rung. May sleep, as what the messages set off may. */
void vdev_interrupt(struct peer_link *link);

/* For debugfs. */
const char *vdev_state(struct peer_link *link);

#endif
