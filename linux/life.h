/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contexts that Linux may stop and start, a /sys/class/remoteproc/remoteprocN each: where there is
 * a monitor (docs/monitor.md) by that, by the loader's node "peerboot,monitor"
 * (peerboot,monitor.yaml); else by their cores' resets, by its node "peerboot,resets"
 * (peerboot,resets.yaml). It is about life alone: links to them are devices of their own, and go
 * down and up by their own rules.
 *	name	the context's
 *	state	"attached": it runs; "detached": it does not. Whoever stops or starts it, this
 *		follows within a second. Write "stop", and "start": made anew from the images that
 *		the loader has verified, so there is no firmware file
 * What runs goes on when the module leaves.
 */
#ifndef PEERBOOT_LIFE_H
#define PEERBOOT_LIFE_H

/* The drivers of these nodes. 0 or a negative errno. */
int life_register(void);
void life_unregister(void);

#endif
