/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files that open links; their user includes link.h. */
#ifndef IMAGES_LIB_LINK_INTERNAL_H
#define IMAGES_LIB_LINK_INTERNAL_H

#include "images/lib/link.h"

/* Is all of it in memory that contexts share, and so mapped? */
bool link_in_shared(uint64_t base, uint64_t size);

/*
 * Find in the table at @wanted->table[LINK_OWNER] the link that @wanted is a copy of. Fills in
 * about, vdev and session of @l, and *@vdev, a copy of the vdev with its vrings.
 */
bool link_find(struct image_link *l, const struct link_resource *wanted, struct image_vdev *vdev);

#endif
