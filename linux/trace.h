/* SPDX-License-Identifier: GPL-2.0-only */
/* What a peer prints: text in the buffers that its table's TRACE entries name. */
#ifndef PEERBOOT_TRACE_H
#define PEERBOOT_TRACE_H

#include <linux/types.h>

struct peer_link;

#define LINK_TRACES 4

struct link_trace {
	const char *text; /* the peer's memory, write-combined: not to be trusted to end */
	size_t size;
};

struct link_traces {
	struct link_trace trace[LINK_TRACES];
	unsigned int count;
};

/*
 * Map the trace buffers of @link's table, for as long as its device is bound. An entry that lies
 * outside the memory that was reserved without a mapping is left out, with a warning. A link
 * without a table has none.
 */
int trace_map(struct peer_link *link);

#endif
