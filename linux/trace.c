// SPDX-License-Identifier: GPL-2.0-only
/* The trace buffers of a peer. See trace.h. */
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/of.h>
#include <linux/of_address.h>

#include "link.h"
#include "trace.h"

#define TRACE_SIZE_MAX (1024 * 1024)

/* The peer chose the address: it must not make us show Linux's own memory. */
static bool is_reserved(struct resource *range)
{
	struct device_node *parent = of_find_node_by_path("/reserved-memory");
	struct device_node *node;
	bool found = false;

	for_each_available_child_of_node(parent, node) {
		struct resource region;

		if (found || !of_property_read_bool(node, "no-map") ||
		    of_address_to_resource(node, 0, &region))
			continue;
		found = resource_contains(&region, range);
	}
	of_node_put(parent);
	return found;
}

static int map_one(struct peer_link *link, const struct resource_trace *entry)
{
	struct link_traces *traces = &link->traces;
	struct resource range = DEFINE_RES_MEM(entry->da, entry->len);
	void *text;

	if (!entry->len || entry->len > TRACE_SIZE_MAX || range.end < range.start ||
	    !is_reserved(&range) || traces->count == LINK_TRACES) {
		dev_warn(link->dev, "trace buffer at %#x, %u bytes, left out\n", entry->da,
			 entry->len);
		return 0;
	}
	text = devm_memremap(link->dev, range.start, resource_size(&range), MEMREMAP_WC);
	if (IS_ERR(text))
		return PTR_ERR(text);
	traces->trace[traces->count].text = text;
	traces->trace[traces->count++].size = entry->len;
	return 0;
}

int trace_map(struct peer_link *link)
{
	const struct resource_trace *entry;
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && (entry = table_find(&link->table.table, RESOURCE_TRACE, i)); i++)
		ret = map_one(link, entry);
	return ret;
}
