/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From an image's resource table, as the loader has filled it in, to an RPMsg link. What the table
 * says is checked: nothing outside the board's shared memory is ever touched because of it.
 */
#ifndef IMAGES_LIB_LINK_H
#define IMAGES_LIB_LINK_H

#include "images/lib/rpmsg.h"
#include "images/lib/table.h"

struct image_link {
	struct rpmsg_link rpmsg;
	uint16_t shadow[2 * IMAGE_VRING_NUM];
	struct link_doorbell bell; /* wakes the peer */
	char own_name[32];
	char peer_name[32];
};

/*
 * Prepare the link of @table, which we own. Then rpmsg_link_start().
 * RPMSG_E_CONFIG: nobody has filled it in, or it makes no sense.
 */
int image_link_open(struct image_link *l, volatile struct image_table *table);

#endif
