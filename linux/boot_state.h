/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The loader's boot state (docs/slots.md), wherever it is kept: in flash or on a card that is this
 * system's to write, or by the board's monitor. The boot record says where.
 */
#ifndef PEERBOOT_BOOT_STATE_H
#define PEERBOOT_BOOT_STATE_H

#include <linux/types.h>

struct boot_state {
	unsigned int booted; /* slot, 0 is A */
	bool confirmed;	     /* that slot is */
	u32 minimum;
	bool update; /* the next boot begins with writing the other slot */
};

/*
 * One call at a time. 0 or a negative errno: -ENODATA: nobody knows what was booted; -ENODEV: the
 * card is not there (yet); -EIO: the medium; -EPERM: the monitor lets others do this; -EBUSY: it
 * has been busy for seconds; -EOPNOTSUPP: there is no place for updates; -EACCES: the other slot is
 * the only one that is confirmed.
 */
struct boot_state_keeper {
	int (*read)(struct boot_state *s);
	int (*confirm)(void);
	int (*update)(void); /* what is in the place for updates is wanted; NULL: it can't be */
	umode_t mode; /* of what anybody may be allowed of this: read by root alone, or by all */
};

/*
 * ERR_PTR(-ENODEV): it is not kept there, or this system was booted from no slot, so that what is
 * there is not of this boot. -EBUSY: the flash is somebody else's. -ENOMEM.
 */
const struct boot_state_keeper *boot_state_find_flash(void);
const struct boot_state_keeper *boot_state_find_monitor(void);

/* Also if none was found. */
void boot_state_release_flash(void);

#endif
