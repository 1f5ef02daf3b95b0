/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * debugfs peerboot/clock: ticks of the cores' own counter (Arm's generic timer), in which the boot
 * record and peers' traces count: "loaded N", when this module was, and "now N". Reading it is
 * EOPNOTSUPP where the kernel keeps time by another clock.
 */
#ifndef PEERBOOT_CLOCK_H
#define PEERBOOT_CLOCK_H

struct dentry;

void clock_create(struct dentry *root);

#endif
