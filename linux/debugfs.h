/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What people and tests look at, below /sys/kernel/debug/peerboot. A link to b is called b, further
 * ones b-1 and so on.
 *	boot-record		what the loader did, one line an entry
 *	<link>/state		"key: value" lines
 *	<link>/counters		"name value" lines
 *	<link>/table		the resource table as it is now
 *	<link>/trace0 …		what the peer has printed
 * Reading changes nothing and trusts nothing that a peer wrote.
 */
#ifndef PEERBOOT_DEBUGFS_H
#define PEERBOOT_DEBUGFS_H

struct dentry;
struct of_device_id;
struct peer_link;

/*
 * The folder, the boot record, and for every node of @match that the loader has marked as failed a
 * <link>/state that says so: such a node never becomes a device.
 */
void debugfs_create(const struct of_device_id *match);
void debugfs_destroy(void);

/* The folder of @link, until its device is unbound. 0 or a negative errno. */
int debugfs_add_link(struct peer_link *link);

/* boot-record, if the device tree has one. record.c */
void record_create(struct dentry *parent);

#endif
