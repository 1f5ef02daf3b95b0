/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of the RPMsg layer; its users include rpmsg.h. */
#ifndef IMAGES_LIB_RPMSG_INTERNAL_H
#define IMAGES_LIB_RPMSG_INTERNAL_H

#include "images/lib/rpmsg.h"

/* As rpmsg_link_up(), and a look at whether our rings are still the ones we wrote. */
bool rpmsg_link_check(struct rpmsg_link *l);

/* What came from @q cannot be: end the session, unless the peer has just ended it itself. */
void rpmsg_link_broken(struct rpmsg_link *l, const struct virtqueue *q);

struct rpmsg_endpoint *rpmsg_endpoint_find(struct rpmsg_link *l, uint32_t addr);
int rpmsg_send_from(struct rpmsg_link *l, uint32_t src, uint32_t dst, const void *data,
		    uint32_t len);

/* Announce (or withdraw) one channel; all that are pending; take in what the peer announces. */
int rpmsg_name_send(struct rpmsg_endpoint *e, uint32_t flags);
void rpmsg_name_announce(struct rpmsg_link *l);
void rpmsg_name_receive(struct rpmsg_link *l, const struct rpmsg_message *m);

#endif
