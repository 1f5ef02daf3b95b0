/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the monitor does, and what it refuses, behind the loader's entries in the boot record. That
 * lies where everybody may write: what is there is not believed, how many there are is known here.
 */
#include <string.h>

#include "base/error.h"
#include "base/record_format.h"
#include "monitor/monitor.h"
#include "monitor/platform.h"

static size_t add(char *text, size_t size, size_t used, const char *more)
{
	while (used < size - 1 && *more)
		text[used++] = *more++;
	text[used] = '\0';
	return used;
}

void monitor_record_open(struct monitor *m)
{
	const struct record_header *h;

	if (!m->config->record)
		return;
	h = platform_memory(m->config->record);
	m->records = h->count < RECORD_CAPACITY ? h->count : RECORD_CAPACITY;
	m->dropped = h->dropped;
}

void monitor_record_at(struct monitor *m, unsigned core, int result, const char *what,
		       const char *whom, uint64_t address, uint64_t size)
{
	struct record_header *h;
	struct record_entry entry = {
		.ticks = platform_ticks(),
		.core = (uint32_t)m->config->core[core],
		.stage = STAGE_MONITOR,
		.address = address,
		.size = size,
		.result = result,
	};
	size_t used;

	if (!m->is_open || !m->config->record)
		return;
	h = platform_memory(m->config->record);
	used = add(entry.what, sizeof(entry.what), 0,
		   m->config->context[monitor_context_of(m->config, core)].name);
	used = add(entry.what, sizeof(entry.what), used, what);
	add(entry.what, sizeof(entry.what), used, whom);
	if (m->records == RECORD_CAPACITY) {
		h->dropped = ++m->dropped;
		return;
	}
	memcpy((struct record_entry *)(h + 1) + m->records, &entry, sizeof(entry));
	platform_barrier();
	h->count = ++m->records;
}

void monitor_record(struct monitor *m, unsigned core, int result, const char *what,
		    const char *whom, uint32_t value)
{
	monitor_record_at(m, core, result, what, whom, value, 0);
}
