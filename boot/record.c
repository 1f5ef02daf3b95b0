/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "arch/arch.h"
#include "base/features.h"
#include "boot/board.h"
#include "boot/console.h"
#include "boot/record.h"
#include "boot/watchdog.h"
#include "driver/clock.h"

_Static_assert(sizeof(struct record_header) == 32, "as docs/boot-record.md says");
_Static_assert(sizeof(struct record_entry) == 64, "as docs/boot-record.md says");

/* What of the record the console has had. */
static struct {
	uint32_t seen; /* entries: shown, or passed over as not brief */
	bool full;     /* all are shown, each at once */
	bool open;     /* nobody waits any more: what is brief is shown as there is room */
} console;

static const struct record_who *others; /* NULL: what is recorded we do, now */

/* Others read it without our caches: whatever is changed is written back. */
static struct record_header *header(void)
{
	return arch_pointer(board.record.base);
}

static const struct record_entry *entry(uint32_t index)
{
	return (const struct record_entry *)(header() + 1) + index;
}

static bool is_started(const struct record_header *h)
{
	return h->magic == RECORD_MAGIC && h->count <= h->capacity;
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
	console.seen = 0;
}

void record_continue(void)
{
	const struct record_header *h = header();

	if (h->magic != RECORD_MAGIC || h->version != RECORD_VERSION ||
	    h->entry_size != sizeof(struct record_entry) || h->capacity != RECORD_CAPACITY ||
	    h->count > h->capacity)
		record_start();
	console.seen = h->count;
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
	if (console.seen > count)
		console.seen = count;
	arch_clean(h, sizeof(*h));
}

void record_make_room(uint32_t entries)
{
	struct record_header *h = header();

	if (h->capacity - h->count >= entries)
		return;
	record_show_all();
	h->dropped += h->count;
	h->count = console.seen = 0;
	arch_clean(h, sizeof(*h));
}

/* What of a good boot is shown: what boots, from where, which cores go where. And all else. */
static bool is_brief(const struct record_entry *e)
{
	static const char boot_image[] = "boot image";

	return e->result || e->stage == STAGE_RESET || e->stage == STAGE_START ||
	       e->stage == STAGE_ENTER || !strncmp(e->what, boot_image, sizeof(boot_image) - 1);
}

static void hold(const struct record_entry *e)
{
	console_show_held(true);
	watchdog_feed();
	console_hold_line(CONSOLE_NAME "[%8llu] %x %-8s %-14s %-27s 0x%08llx 0x%llx" CONSOLE_END,
			  (unsigned long long)e->ticks, (unsigned)e->core,
			  stage_name((enum stage)e->stage), error_name(e->result), e->what,
			  (unsigned long long)e->address, (unsigned long long)e->size);
}

static void show(bool wait)
{
	while (console_show_held(wait) && is_started(header()) && console.seen < record_count()) {
		const struct record_entry *e = entry(console.seen++);

		if (console.full || is_brief(e))
			hold(e);
	}
}

void record_in_full(void)
{
	if (console.full)
		return;
	/* What was passed over. Of a fault with .bss not cleared the number may be any. */
	for (uint32_t i = 0; is_started(header()) && i < console.seen && i < record_count(); i++)
		if (!is_brief(entry(i)))
			hold(entry(i));
	console.full = true;
	show(true);
}

bool record_is_in_full(void)
{
	return console.full;
}

void record_let_out(void)
{
	console.open = true;
	show(false);
}

void record_show_some(void)
{
	if (console.open)
		show(false);
}

void record_show_all(void)
{
	show(true);
}

void record_for(const struct record_who *who)
{
	others = who;
}

static const struct record_entry *add(enum stage stage, int result, phys_addr_t address,
				      size_t size, const char *what, va_list args)
{
	static struct record_entry dropped;
	struct record_header *h = header();
	const struct record_who *who = features->helpers ? others : NULL;
	bool full = !is_started(h) || h->count == h->capacity;
	struct record_entry *to = full ? &dropped : (struct record_entry *)(h + 1) + h->count;

	*to = (struct record_entry){
		.ticks = who ? who->ticks : clock_ticks(),
		.core = (uint32_t)(who ? who->core : arch_core()),
		.stage = stage,
		.address = address,
		.size = size,
		.result = result,
	};
	vsnprintf(to->what, sizeof(to->what), what, args);
	arch_clean(to, sizeof(*to)); /* before the count says that it is there */
	h->dropped += full;
	h->count += !full;
	arch_clean(h, sizeof(*h));
	return full ? to : NULL;
}

void record(enum stage stage, int result, phys_addr_t address, size_t size, const char *what, ...)
{
	const struct record_entry *dropped;
	va_list args;

	va_start(args, what);
	dropped = add(stage, result, address, size, what, args);
	va_end(args);
	if (result || features->console_now)
		record_in_full();
	if (dropped && (console.full || is_brief(dropped))) {
		show(true);
		hold(dropped);
	}
	if (console.full)
		show(true);
	else
		record_show_some();
}

void record_unshown(enum stage stage, phys_addr_t address, size_t size, const char *what, ...)
{
	va_list args;

	va_start(args, what);
	add(stage, 0, address, size, what, args);
	va_end(args);
	if (console.full)
		console.seen = record_count();
}
