/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Linux as the end that answers: to each peer that can be told by its control channel to measure
 * (peerboot-ctl, see images/echo), an endpoint is announced as "rpmsg-raw" that sends every message
 * back. A driver like any other on the rpmsg bus, in whichever role Linux plays.
 */
#ifndef PEERBOOT_CLIENT_H
#define PEERBOOT_CLIENT_H

struct bus_type;

int client_register(void);
void client_unregister(void);

/* Of rpmsg devices, while that is registered. */
const struct bus_type *client_bus(void);

#endif
