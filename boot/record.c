/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>

#include "arch/arch.h"
#include "boot/board.h"
#include "boot/console.h"
#include "boot/record.h"
#include "driver/clock.h"

_Static_assert(sizeof(struct record_header) == 32, "as docs/boot-record.md says");
_Static_assert(sizeof(struct record_entry) == 64, "as docs/boot-record.md says");

/* Others read it without our caches: whatever is changed is written back. */
static struct record_header *header(void)
{
	return arch_pointer(board.record.base);
}

void record_start(void)
{
	struct record_header *h = header();

	*h = (struct record_header){
		.magic = RECORD_MAGIC,
		.version = RECORD_VERSION,
		.entry_size = sizeof(struct record_entry),
		.capacity = RECORD_CAPACITY,
		.frequency = clock_frequency(),
	};
	arch_clean(h, sizeof(*h));
}

void record_continue(void)
{
	const struct record_header *h = header();

	if (h->magic != RECORD_MAGIC || h->version != RECORD_VERSION ||
	    h->entry_size != sizeof(struct record_entry) || h->capacity != RECORD_CAPACITY ||
	    h->count > h->capacity)
		record_start();
}

uint32_t record_count(void)
{
	return header()->count;
}

void record_drop_behind(uint32_t count)
{
	struct record_header *h = header();

	h->dropped += h->count - count;
	h->count = count;
	arch_clean(h, sizeof(*h));
}

void record_make_room(uint32_t entries)
{
	struct record_header *h = header();

	if (h->capacity - h->count >= entries)
		return;
	h->dropped += h->count;
	h->count = 0;
	arch_clean(h, sizeof(*h));
}

void record(enum stage stage, int result, phys_addr_t address, size_t size, const char *what, ...)
{
	static struct record_entry dropped;
	struct record_header *h = header();
	bool full = h->magic != RECORD_MAGIC || h->count >= h->capacity; /* or not started */
	struct record_entry *to = full ? &dropped : (struct record_entry *)(h + 1) + h->count;
	va_list args;

	*to = (struct record_entry){
		.ticks = clock_ticks(),
		.core = (uint32_t)arch_core(),
		.stage = stage,
		.address = address,
		.size = size,
		.result = result,
	};
	va_start(args, what);
	vsnprintf(to->what, sizeof(to->what), what, args);
	va_end(args);
	arch_clean(to, sizeof(*to)); /* before the count says that it is there */
	h->dropped += full;
	h->count += !full;
	arch_clean(h, sizeof(*h));
	console_put_line("[%8llu] %x %-8s %-14s %-27s 0x%08llx 0x%zx",
			 (unsigned long long)to->ticks, (unsigned)to->core, stage_name(stage),
			 error_name(result), to->what, (unsigned long long)address, size);
}
