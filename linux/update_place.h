/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where a boot image waits for the loader, which alone writes it to a slot: flash that this system
 * may write, as the boot record says. /sys/firmware/peerboot/image is what is written to it.
 */
#ifndef PEERBOOT_UPDATE_PLACE_H
#define PEERBOOT_UPDATE_PLACE_H

#include <linux/sysfs.h>

/* Its file. ERR_PTR(-ENODEV): there is no such place. -EBUSY: it is somebody else's. -ENOMEM. */
struct bin_attribute *update_place_find(void);

/* Also if none was found. */
void update_place_release(void);

#endif
