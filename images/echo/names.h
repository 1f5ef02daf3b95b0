/* SPDX-License-Identifier: BSD-2-Clause */
/* Load for the other end's name service. */
#ifndef IMAGES_ECHO_NAMES_H
#define IMAGES_ECHO_NAMES_H

#include "rpmsg/rpmsg.h"

struct names {
	uint32_t flood; /* announcements still to be sent */
	uint32_t churn; /* channels still to be created and destroyed */
	bool there;	/* the channel of churn */
	struct rpmsg_ept ept;
};

struct echo_link;

/* true: there is more to do at once. */
bool names_poll(struct echo_link *l);

#endif
