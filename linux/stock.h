/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What stock drivers do not see to when a channel goes under them, for all channels of our links,
 * whichever bus they are on. In 6.1
 *	rpmsg_char, rpmsg_tty	free what a callback uses before the endpoint that calls it
 *	rpmsg_tty		writes to the endpoint of a channel that has gone, until its hangup
 *	rpmsg_ctrl		an open file's ioctl() uses a channel that has gone
 * So when such a driver is about to be unbound, its endpoint calls it no more; endpoint and channel
 * stay in memory until its device files are closed, and a control file's channel makes nothing new.
 */
#ifndef PEERBOOT_STOCK_H
#define PEERBOOT_STOCK_H

struct bus_type;

/* From now on, for devices on @rpmsg; until the last link is unbound. 0 or a negative errno. */
int stock_watch(const struct bus_type *rpmsg);
void stock_unwatch(void);

#endif
