// SPDX-License-Identifier: GPL-2.0-only
/* A resource table as text: one line an entry, one more a vring. */
#include <linux/seq_file.h>

#include "show_table.h"
#include "table.h"

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
			l->doorbell[end].type, l->doorbell[end].number, l->doorbell[end].target);
}

static void show_entry(struct seq_file *s, const void *entry, size_t left)
{
	u32 type = *(const u32 *)entry;

	if (type == RESOURCE_CARVEOUT || type == RESOURCE_DEVMEM)
		show_area(s, entry);
	else if (type == RESOURCE_TRACE)
		show_trace(s, entry);
	else if (type == RESOURCE_VDEV)
		show_vdev(s, entry);
	else if (table_is_link(entry, left))
		show_link(s, entry);
	else
		seq_printf(s, "type %u\n", type);
}

void show_table(struct seq_file *s, const void *data, size_t size)
{
	const char *reason = table_check(data, size);
	const void *entry;
	unsigned int i;

	if (reason) {
		seq_printf(s, "broken: %s\n", reason);
		return;
	}
	for (i = 0; (entry = table_entry(data, i)); i++)
		show_entry(s, entry, data + size - entry);
}
