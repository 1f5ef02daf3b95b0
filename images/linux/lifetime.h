/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Devices that this module has made are freed by it when the last user lets go of them, which an
 * open file may do long after the link is unbound. The module must not leave before.
 */
#ifndef PEERBOOT_LIFETIME_H
#define PEERBOOT_LIFETIME_H

/* One more that has to end; it has ended, the last thing that its release does. */
void lifetime_begin(void);
void lifetime_end(void);

/* Until all have ended. May sleep. */
void lifetime_wait(void);

#endif
