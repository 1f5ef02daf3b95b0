/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What people and tests look at, below /sys/kernel/debug/peerboot:
 *	boot-record		what the loader did, one line an entry
 *	<peer>/state		"key: value" lines
 *	<peer>/counters		"name value" lines
 *	<peer>/table		the resource table as it is now
 *	<peer>/trace0 …		what the peer has printed
 * Reading changes nothing and trusts nothing that a peer wrote.
 */
#ifndef PEERBOOT_DEBUGFS_H
#define PEERBOOT_DEBUGFS_H

struct dentry;
struct of_device_id;
struct peer_link;

/*
 * The folder, the boot record, and for every node of @match that the loader has marked as failed a
 * <peer>/state that says so: such a node never becomes a device.
 */
void debugfs_create(const struct of_device_id *match);
void debugfs_destroy(void);

/* The folder of @link, until its device is unbound. 0 or a negative errno. */
int debugfs_add_link(struct peer_link *link);

/* boot-record, if the device tree has one. record.c */
void record_create(struct dentry *parent);

#endif
