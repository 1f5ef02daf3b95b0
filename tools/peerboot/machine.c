/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#include "arch/arch.h"
#include "boot/console.h"
#include "boot/core.h"
#include "boot/record.h"
#include "boot/stage/stage.h"
#include "boot/storage.h"
#include "boot/verify.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/loader.h"
#include "tools/peerboot/machine.h"
#include "tools/peerboot/signature.h"
#include "tools/peerboot/window.h"

#define ERASED 0xff

static struct machine_console console;

/*
 * --- arch/arch.h; the rest of it is in window.c ------------------------------------------------
 */

core_id_t arch_core(void)
{
	return 0;
}

void arch_clean(const void *from, size_t size)
{
	(void)from, (void)size;
}

/* --- boot/core.h, doorbell/core.h, and the stage that would leave ------------------- */

/* Nothing runs here. What only a real core can refuse is not found. */
void doorbell_let_through(void)
{
}

int core_start(const struct board_cluster *cluster, core_id_t core, phys_addr_t entry, bool thumb,
	       phys_addr_t argument, struct error *e)
{
	(void)cluster, (void)core, (void)entry, (void)thumb, (void)argument;
	return e->code;
}

bool core_is_off(const struct board_cluster *cluster, core_id_t core)
{
	(void)cluster, (void)core;
	return true;
}

int stage_enter(struct boot *boot, struct error *e)
{
	(void)boot;
	return e->code;
}

/* --- boot/console.h, boot/record.h, boot/plan/show.c ------------------------------------------ */

static void put_line(FILE *to, const char *format, va_list args)
{
	char text[CONSOLE_TEXT];

	vsnprintf(text, sizeof(text), format, args);
	file_put_text(to, text);
	fputc('\n', to);
}

void console_put_line(const char *format, ...)
{
	va_list args;

	fputs("peerboot: ", stderr);
	va_start(args, format);
	put_line(stderr, format, args);
	va_end(args);
}

__attribute__((format(printf, 1, 2))) static void plan_line(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line(console.plan, format, args);
	va_end(args);
}

void plan_show(const struct plan *plan)
{
	if (console.plan)
		plan_print(plan, plan_line);
}

/* Nobody waits for this console. */
void record_in_full(void)
{
}

void record_let_out(void)
{
}

void record_show_some(void)
{
}

void record_unshown(enum stage stage, phys_addr_t address, size_t size, const char *what, ...)
{
	(void)stage, (void)address, (void)size, (void)what;
}

void record(enum stage stage, int result, phys_addr_t address, size_t size, const char *what, ...)
{
	char text[28], line[CONSOLE_TEXT];
	va_list args;

	if (!console.record)
		return;
	if (address >> 32) /* a copy that the loader would have in its own memory */
		address = 0;
	va_start(args, what);
	vsnprintf(text, sizeof(text), what, args);
	va_end(args);
	snprintf(line, sizeof(line), "%-8s %-14s %-27s 0x%08llx 0x%zx\n", stage_name(stage),
		 error_name(result), text, (unsigned long long)address, size);
	file_put_text(console.record, line);
}

/* There is one core. */
void record_for(const struct record_who *who)
{
	(void)who;
}

/* --- memory ----------------------------------------------------------------------------------- */

/* As on the board: what its maps do not name, or forbid, is an exception. */
static void fault(phys_addr_t address)
{
	struct error e = { 0 };

	error_set(&e, E_EXCEPTION, "the loader may not touch 0x%08llx so",
		  (unsigned long long)address);
	boot_report(&e);
	_Exit(STATUS_REFUSED);
}

static bool is_flash(const struct board_map *map)
{
	return map->kind == MAP_ROM;
}

/*
 * Flash is erased, RAM is zero, and all of it can be written until seal_flash(). True if @file is
 * all of the board's flash, and in it.
 */
static bool make_memory(const struct board *board, const char *file)
{
	bool put = false;

	window_open(fault);
	for (unsigned i = 0; i < board->map_count; i++) {
		const struct board_map *map = &board->maps[i];
		bool all = map->range.base == board->flash.base &&
			   map->range.size == board->flash.size;

		if (map->kind == MAP_DEVICE)
			continue;
		window_make_writable(map->range);
		if (is_flash(map) && all && window_put_file(map->range, file))
			put = true;
		else if (is_flash(map))
			memset(arch_pointer(map->range.base), ERASED, (size_t)map->range.size);
	}
	return put;
}

static void seal_flash(const struct board *board)
{
	for (unsigned i = 0; i < board->map_count; i++)
		if (is_flash(&board->maps[i]))
			window_make_read_only(board->maps[i].range);
}

/* Storage that is not memory-mapped: erased, but for the file. */
static struct bytes stored;
static uint64_t stored_at;

static int read_stored(const struct storage *s, uint64_t offset, void *to, size_t size,
		       struct error *e)
{
	uint8_t *out = to;

	(void)s;
	for (size_t i = 0; i < size; i++) {
		uint64_t at = offset + i - stored_at; /* huge if it lies in front */

		out[i] = at < stored.size ? stored.data[at] : ERASED;
	}
	return e->code;
}

static void put_into_storage(const struct board *board, struct range to, struct bytes data)
{
	static const struct storage storage = { .name = "file", .read = read_stored };

	stored = data;
	stored_at = to.base - board->flash.base;
	storage_open(&storage,
		     (struct bytes){ arch_pointer(board->flash.base), (size_t)board->flash.size });
}

static bool is_mapped(const struct board *board, const struct range *r)
{
	for (unsigned i = 0; i < board->map_count; i++)
		if (range_contains(&board->maps[i].range, r))
			return true;
	return false;
}

static void refuse_other(const struct options *o, const uint8_t *flash)
{
	const struct board *board = o->board;

	loader_refuse_other(o, (struct bytes){ flash, board->slot[0].base - board->flash.base });
}

/* A file of just the flash's size is all of it, anything else a boot image for slot A. */
static void put_image(const struct options *o)
{
	const struct board *board = o->board;
	struct bytes data = file_read(o->file, board->flash.size);
	struct range to = data.size == board->flash.size ? board->flash : board->slot[0];

	if (data.size > to.size) {
		fprintf(stderr, "peerboot: %s: larger than a slot of %s, which has 0x%llx bytes\n",
			o->file, board->name, (unsigned long long)to.size);
		exit(STATUS_REFUSED);
	}
	if (to.base == board->flash.base)
		refuse_other(o, data.data);
	if (is_mapped(board, &to))
		memcpy(arch_pointer(to.base), data.data, data.size);
	else
		put_into_storage(board, to, data);
}

static void put_tree(const struct options *o)
{
	struct range to = o->board->fdt_source;
	struct bytes data;

	if (!o->fdt)
		return;
	if (!to.size)
		die("%s: %s has no device tree of its own: the boot image brings one (fdt in the manifest)",
		    o->fdt, o->board->name);
	data = file_read(o->fdt, to.size);
	if (data.size > to.size)
		die("%s: larger than the own device tree of %s may be, 0x%llx bytes", o->fdt,
		    o->board->name, (unsigned long long)to.size);
	if (data.size < sizeof(fdt32_t) || fdt_magic(data.data) != FDT_MAGIC)
		die("%s: no device tree", o->fdt);
	memcpy(arch_pointer(to.base), data.data, data.size);
}

/*
 * The board hashes images while it loads them; what is wrong with a damaged one it has found in
 * what the damage makes of it.
 */
static void note_damage(const struct fit *fit)
{
	int node;

	fdt_for_each_subnode(node, fit->tree.data, fit->images) {
		const char *name = fdt_get_name(fit->tree.data, node, NULL);
		struct fit_image image = { 0 };
		struct error e = { 0 };

		if (!fit_image(&image, fit, name, true, &e) && verify_image(&image, &e))
			note("%s: is the file whole?", e.text);
	}
}

enum status machine_boot(const struct options *o, const struct machine_console *to,
			 struct boot *boot, struct error *e)
{
	console = *to;
	signature_trust(o);
	if (make_memory(o->board, o->file))
		refuse_other(o, arch_pointer(o->board->flash.base));
	else
		put_image(o);
	put_tree(o);
	seal_flash(o->board);

	boot->in.board = o->board;
	boot->in.compatible = o->compatible;
	if (!boot_run(boot, e))
		return STATUS_OK;
	boot_report(e);
	if (e->stage == STAGE_PLAN && e->code != E_HASH_WRONG && !stored.size)
		note_damage(&boot->in.fit);
	if (e->code != E_FDT_MISSING || o->fdt || !o->board->fdt_source.size)
		return STATUS_REFUSED;
	/* Not the image's fault: the board would have brought one. */
	fprintf(stderr,
		"peerboot: %s brings its own device tree: give it by --fdt; peerboot-dumpfdt --board %s "
		"-o FILE writes it\n",
		o->board->name, o->board->name);
	return STATUS_USAGE;
}
