// SPDX-License-Identifier: GPL-2.0-only
/* The loader's boot record as text. Its format is in base/record_format.h. */
#include <linux/debugfs.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/seq_file.h>
#include <linux/time64.h>

#include "base/error.h"
#include "base/record_format.h"

#include "debugfs.h"
#include "record.h"

static struct resource record_region;

static const char *const stages[] = {
#define X(name, text) [STAGE_##name] = text,
	STAGES_ALL(X)
#undef X
};

static const char *result_name(s32 result)
{
	switch (result) {
	case 0:
		return "OK";
#define X(number, name, text) \
	case -(number):       \
		return #name;
		ERROR_CODES_ALL(X)
#undef X
	default:
		return "?";
	}
}

static void show_entry(struct seq_file *s, const struct record_entry *e, u32 frequency)
{
	/* Not mul_u64_u64_div_u64(): ticks of a boot times a million fit by far. */
	u64 us = frequency ? div_u64(e->ticks * USEC_PER_SEC, frequency) : 0;

	seq_printf(s, "%llu us ticks %llu core %x %s %s address %#llx size %#llx %.*s\n", us,
		   e->ticks, e->core, e->stage < ARRAY_SIZE(stages) ? stages[e->stage] : "?",
		   result_name(e->result), e->address, e->size, (int)sizeof(e->what), e->what);
}

static bool is_known(const struct record_header *head, size_t room)
{
	return room >= sizeof(*head) && head->magic == RECORD_MAGIC &&
	       head->version == RECORD_VERSION && head->entry_size == sizeof(struct record_entry);
}

/* The entries behind @head that are there. */
static u32 count_entries(const struct record_header *head, size_t room)
{
	return min_t(size_t, head->count, (room - sizeof(*head)) / sizeof(struct record_entry));
}

static int record_show(struct seq_file *s, void *unused)
{
	size_t room = resource_size(&record_region);
	const struct record_header *head;
	const struct record_entry *entry;
	u32 count, i;

	head = memremap(record_region.start, room, MEMREMAP_WC);
	if (!head)
		return -ENOMEM;
	if (!is_known(head, room)) {
		seq_puts(s, "no boot record of a known version\n");
		goto out;
	}
	entry = (const void *)(head + 1);
	count = count_entries(head, room);
	for (i = 0; i < count; i++)
		show_entry(s, &entry[i], head->frequency);
	seq_printf(s, "entries %u dropped %u\n", count, head->dropped);
out:
	memunmap((void *)head);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(record);

bool record_find(const char *what, u64 *address, u64 *size)
{
	size_t room = resource_size(&record_region);
	const struct record_header *head;
	const struct record_entry *entry;
	bool found = false;
	u32 count, i;

	head = record_region.start ? memremap(record_region.start, room, MEMREMAP_WC) : NULL;
	if (!head)
		return false;
	entry = (const void *)(head + 1);
	count = is_known(head, room) ? count_entries(head, room) : 0;
	for (i = 0; i < count && !found; i++) {
		found = !entry[i].result && !strncmp(entry[i].what, what, sizeof(entry[i].what));
		*address = entry[i].address;
		*size = entry[i].size;
	}
	memunmap((void *)head);
	return found;
}

void record_create(struct dentry *parent)
{
	struct device_node *node = of_find_compatible_node(NULL, NULL, "peerboot,boot-record");

	if (node && !of_address_to_resource(node, 0, &record_region))
		debugfs_create_file("boot-record", 0400, parent, NULL, &record_fops);
	of_node_put(node);
}
