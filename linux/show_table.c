// SPDX-License-Identifier: GPL-2.0-only
/* A resource table as text: one line an entry, one more a vring. */
#include <linux/seq_file.h>

#include "shared.h"
#include "show_table.h"

static void show_area(struct seq_file *s, const void *entry)
{
	const struct resource_carveout *c = entry;

	seq_printf(s, "%s \"%.*s\" da %#x pa %#x len %#x flags %#x\n",
		   c->type == RESOURCE_CARVEOUT ? "carveout" : "devmem", (int)sizeof(c->name),
		   c->name, c->da, c->pa, c->len, c->flags);
}

static void show_trace(struct seq_file *s, const void *entry)
{
	const struct resource_trace *t = entry;

	seq_printf(s, "trace \"%.*s\" da %#x len %#x\n", (int)sizeof(t->name), t->name, t->da,
		   t->len);
}

static void show_vdev(struct seq_file *s, const void *entry)
{
	const struct resource_vdev *v = entry;
	unsigned int i;

	seq_printf(s, "vdev id %u notifyid %u dfeatures %#x gfeatures %#x status %#x config %u\n",
		   v->id, v->notifyid, v->dfeatures, v->gfeatures, v->status, v->config_len);
	for (i = 0; i < v->num_of_vrings; i++)
		seq_printf(s, "  vring%u da %#x pa %#x num %u align %u notifyid %u\n", i,
			   v->vring[i].da, v->vring[i].pa, v->vring[i].num, v->vring[i].align,
			   v->vring[i].notifyid);
}

static void show_link(struct seq_file *s, const void *entry)
{
	const struct link_resource *l = entry;
	unsigned int end;

	seq_printf(s, "link version %u vdev %u buffers %#llx size %#llx of %u bytes\n", l->version,
		   l->vdev, l->buffer_base, l->buffer_size, l->buffer_len);
	for (end = LINK_OWNER; end <= LINK_PEER; end++)
		seq_printf(
			s,
			"  %s \"%s\" role %u table %#llx buffers %u epoch %u doorbell %u %u %#x\n",
			end == LINK_OWNER ? "owner" : "peer", l->name[end], l->role[end],
			l->table[end], l->buffer_count[end], l->session.epoch[end],
			l->doorbell[end].kind, l->doorbell[end].cell[0], l->doorbell[end].cell[1]);
}

static void show_entry(struct seq_file *s, const struct table *t, unsigned int i)
{
	struct table_entry entry = table_entry(t, i);
	const void *data = t->data + entry.offset;

	if (entry.size == TABLE_OPAQUE)
		seq_printf(s, "type %u\n", entry.type);
	else if (entry.type == RESOURCE_TRACE)
		show_trace(s, data);
	else if (entry.type == RESOURCE_VDEV)
		show_vdev(s, data);
	else if (entry.type == RESOURCE_LINK)
		show_link(s, data);
	else
		show_area(s, data);
}

void show_table(struct seq_file *s, void *data, size_t size, const char *owner)
{
	struct error e = {};
	struct table t;
	unsigned int i;

	if (table_read(&t, data, size, owner, &e))
		seq_printf(s, "broken: %s\n", e.text);
	for (i = 0; i < t.count; i++)
		show_entry(s, &t, i);
}
