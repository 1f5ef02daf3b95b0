// SPDX-License-Identifier: GPL-2.0-only
/* What people and tests look at. See debugfs.h. */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/virtio.h>
#include <linux/virtio_config.h>

#include "clock.h"
#include "debugfs.h"
#include "link.h"
#include "session.h"
#include "show_table.h"

static struct dentry *root;

static const struct {
	u8 bit;
	const char *name;
} status_bits[] = {
	{ VIRTIO_CONFIG_S_ACKNOWLEDGE, "acknowledge" },
	{ VIRTIO_CONFIG_S_DRIVER, "driver" },
	{ VIRTIO_CONFIG_S_DRIVER_OK, "driver-ok" },
	{ VIRTIO_CONFIG_S_FEATURES_OK, "features-ok" },
	{ VIRTIO_CONFIG_S_NEEDS_RESET, "needs-reset" },
	{ VIRTIO_CONFIG_S_FAILED, "failed" },
};

static void show_status(struct seq_file *s, u8 status)
{
	unsigned int i;

	seq_printf(s, "status: %#x", status);
	for (i = 0; i < ARRAY_SIZE(status_bits); i++)
		if (status & status_bits[i].bit)
			seq_printf(s, " %s", status_bits[i].name);
	seq_putc(s, '\n');
}

static void show_session(struct seq_file *s, const struct peer_link *link)
{
	const volatile struct link_session *words = link->session;
	enum link_end own = link->end, peer = !link->end;

	seq_printf(s, "epoch: %u\npeer epoch: %u\n", words->epoch[own], words->epoch[peer]);
	seq_printf(s, "seen: %u\npeer seen: %u\n", words->seen[own], words->seen[peer]);
	seq_printf(s, "layout: %#x\npeer layout: %#x\n", words->layout[own], words->layout[peer]);
}

static int state_show(struct seq_file *s, void *unused)
{
	struct peer_link *link = s->private;
	unsigned int i;

	seq_printf(s, "peer: %s\nrole: %s\nmethod: %s\nend: %s\n", link->peer, link->role->name,
		   link_methods[link->method], link->end == LINK_OWNER ? "owner" : "peer");
	seq_printf(s, "state: %s\n", link->role->state(link));
	if (link->live) {
		seq_printf(s, "table: %pR\nvdev: %u\n", &link->table.region, link->vdev_index);
		show_status(s, session_status(link));
	}
	if (link->session)
		show_session(s, link);
	for (i = 0; i < LINK_VRINGS; i++)
		seq_printf(s, "vring%u: %pR num %u align %u\n", i, &link->vring[i].region,
			   link->layout.num[i], link->layout.align[i]);
	seq_printf(s, "buffers: %pR vring0 %u vring1 %u of %u bytes\n", &link->buffers,
		   link->layout.buffer_count[0], link->layout.buffer_count[1],
		   link->layout.buffer_len);
	if (link->doorbell.irq)
		seq_printf(s, "interrupt: %d\n", link->doorbell.irq);
	else
		seq_printf(s, "interrupt: none, polled every %u ms\n", DOORBELL_POLL_MS);
	if (!link->doorbell.ring)
		seq_puts(s, "send doorbell: none, the peer polls\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(state);

static int counters_show(struct seq_file *s, void *unused)
{
	struct peer_link *link = s->private;
	const struct link_counters *c = &link->counters;

	seq_printf(s, "starts %d\n", atomic_read(&c->starts));
	seq_printf(s, "interrupts %d\n", atomic_read(&c->interrupts));
	link->role->show_counters(link, s);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(counters);

static int table_show(struct seq_file *s, void *unused)
{
	const struct peer_link *link = s->private;
	size_t size = link->table.table.size;
	void *copy = kmemdup(link->table.live, size, GFP_KERNEL);

	if (!copy)
		return -ENOMEM;
	show_table(s, copy, size, link->peer);
	kfree(copy);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(table);

/* Text up to its NUL, if the peer has put one. */
static int trace_show(struct seq_file *s, void *unused)
{
	const struct link_trace *trace = s->private;

	seq_write(s, trace->text, strnlen(trace->text, trace->size));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(trace);

static void remove_link(void *dir)
{
	debugfs_remove(dir);
}

int debugfs_add_link(struct peer_link *link)
{
	struct dentry *dir = debugfs_create_dir(link->name, root);
	char name[] = "trace0";
	unsigned int i;

	debugfs_create_file("state", 0400, dir, link, &state_fops);
	debugfs_create_file("counters", 0400, dir, link, &counters_fops);
	if (link->live)
		debugfs_create_file("table", 0400, dir, link, &table_fops);
	for (i = 0; i < link->traces.count; i++) {
		name[sizeof(name) - 2] = (char)('0' + i);
		debugfs_create_file(name, 0400, dir, &link->traces.trace[i], &trace_fops);
	}
	return devm_add_action_or_reset(link->dev, remove_link, dir);
}

static int failed_show(struct seq_file *s, void *unused)
{
	seq_printf(s, "peer: %s\nstate: failed\n", (const char *)s->private);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(failed);

static void add_failed(const struct device_node *node)
{
	const char *peer, *status;

	if (of_property_read_string(node, "status", &status) || strcmp(status, "fail") ||
	    of_property_read_string(node, "peerboot,peer", &peer))
		return;
	pr_warn("peerboot: %s is not running, the loader says\n", peer);
	/* The tree, and so the name, outlives this module. */
	debugfs_create_file("state", 0400, debugfs_create_dir(link_node_name(node), root),
			    (void *)peer, &failed_fops);
}

void debugfs_create(const struct of_device_id *match)
{
	struct device_node *node;

	root = debugfs_create_dir("peerboot", NULL);
	record_create(root);
	clock_create(root);
	for_each_matching_node(node, match) add_failed(node);
}

void debugfs_destroy(void)
{
	debugfs_remove(root);
}
