/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the RPMsg layer; its users include rpmsg.h. */
#ifndef RPMSG_RPMSG_INTERNAL_H
#define RPMSG_RPMSG_INTERNAL_H

#include "rpmsg/rpmsg.h"

/* virtio 1.2, 2.1: device status */
#define STATUS_ACKNOWLEDGE 0x01u
#define STATUS_DRIVER	   0x02u
#define STATUS_DRIVER_OK   0x04u
#define STATUS_NEEDS_RESET 0x40u
#define STATUS_FAILED	   0x80u /* Linux's, of a driver that gives up */
#define STATUS_SESSION	   (STATUS_DRIVER_OK | STATUS_NEEDS_RESET | STATUS_FAILED)

#define RPMSG_OPEN_AGAIN 3 /* times, before a table is taken for one that makes no sense */

#define RPMSG_NO_STATUS 0x100u /* no byte has this value */

/* Of a buffer of @len bytes; the header's field has 16 bits. */
static inline uint32_t payload_room(uint32_t len)
{
	uint32_t room = len - (uint32_t)sizeof(struct rpmsg_header);

	return room > UINT16_MAX ? UINT16_MAX : room;
}

/* Nothing has changed since the session began or was last looked at; rpmsg_link_up() if it has. */
static inline bool link_up(struct rpmsg_link *l)
{
	return (*l->status == l->status_seen && l->peer->epoch == l->seen) || rpmsg_link_up(l);
}

/*
 * A master without session words may have been reset and come back between two looks; it has then
 * zeroed the indices that we wrote. true: it has, and there is no session any more.
 */
bool rpmsg_link_rings_zeroed(struct rpmsg_link *l);

/* What a ring says cannot be: end the session, unless the peer has just ended it itself. */
void rpmsg_link_broken(struct rpmsg_link *l);

/* Announce (or withdraw) one channel; all that are pending; take in what the peer announces. */
int rpmsg_name_send(struct rpmsg_ept *e, uint32_t flags);
void rpmsg_name_announce(struct rpmsg_link *l);
void rpmsg_name_receive(struct rpmsg_link *l, const struct rpmsg_message *m);

#endif
