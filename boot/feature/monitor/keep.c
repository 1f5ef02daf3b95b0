/* SPDX-License-Identifier: BSD-2-Clause */
/* What contexts are made anew from. */
#include <string.h>

#include "arch/arch.h"
#include "boot/feature/monitor/config.h"
#include "boot/feature/monitor/plan.h"
#include "boot/hash.h"

#define ALIGN 8u

/* First it is only counted, then made: the same walk finds the same. */
struct keeping {
	const struct fit *fit;
	struct monitor_config *config; /* NULL: only count */
	struct monitor_context *context;
	const struct range *flash; /* of the Secure world alone, memory-mapped */
	phys_addr_t next;
	unsigned segments;
};

static bool stays(const struct keeping *k, struct bytes data)
{
	const struct range r = { arch_address(data.data), data.size };

	return !bytes_are_in_window(&data) && range_contains(k->flash, &r);
}

static void set_hash(struct monitor_image *image, struct bytes from, const struct fit_image *fit)
{
	const struct hash_algorithm *sha256 = hash_find("sha256");
	struct hash_state h = { .algorithm = sha256 };

	/* What the loader has verified, if it was not compressed; not what lies there by now. */
	for (unsigned i = 0; fit && i < fit->hashes; i++)
		if (fit->hash[i].algorithm == sha256 && fit->data.data == from.data) {
			memcpy(image->hash, fit->hash[i].value, sizeof(image->hash));
			return;
		}
	sha256->start(&h);
	sha256->add(&h, image->data, image->size);
	sha256->finish(&h, image->hash);
}

/* @fit: what it is of the boot image; NULL: something that the loader made. */
static struct monitor_image *keep_image(struct keeping *k, struct bytes data,
					const struct fit_image *fit)
{
	const phys_addr_t copy = k->next;
	struct monitor_image *image;
	const bool in_place = fit && stays(k, data);

	if (!in_place)
		k->next += (data.size + ALIGN - 1) & ~(phys_addr_t)(ALIGN - 1);
	if (!k->config)
		return NULL;
	image = &k->context->image[k->context->images++];
	image->data = data.data;
	image->size = data.size;
	image->first = k->segments;
	if (!in_place) {
		bytes_copy_all(&data, arch_pointer(copy));
		arch_clean(arch_pointer(copy), data.size);
		image->data = arch_pointer(copy);
	}
	set_hash(image, data, fit);
	return image;
}

static void keep_segment(struct keeping *k, struct monitor_image *image, struct range to,
			 size_t offset, size_t size)
{
	if (image) {
		k->config->segment[k->segments] =
			(struct monitor_segment){ to, image->data + offset, size };
		image->segments++;
	}
	k->segments++;
}

/* All of it, to one place. */
static void keep_bytes(struct keeping *k, phys_addr_t to, struct bytes data)
{
	keep_segment(k, keep_image(k, data, NULL), (struct range){ to, data.size }, 0, data.size);
}

/* What of @s is before and behind @table, of which others have words: keep_table() has the rest. */
static void keep_around(struct keeping *k, struct monitor_image *kept, const struct segment *s,
			size_t offset, const struct range *table)
{
	const phys_addr_t base = s->to.base, end = range_end(s->to), behind = range_end(*table);
	const size_t size = s->from.size;
	size_t skip;

	if (!range_overlaps(&s->to, table)) {
		keep_segment(k, kept, s->to, offset, size);
		return;
	}
	if (base < table->base) {
		const struct range to = { base, table->base - base };

		keep_segment(k, kept, to, offset, size < to.size ? size : (size_t)to.size);
	}
	if (end > behind) {
		const struct range to = { behind, end - behind };

		skip = (size_t)(behind - base);
		keep_segment(k, kept, to, offset + (skip < size ? skip : 0),
			     skip < size ? size - skip : 0);
	}
}

/*
 * One that is compressed in the flash, and is of one piece all of which is used, is unpacked from
 * there by the monitor itself; it knows LZ4 alone.
 */
static bool keep_packed(struct keeping *k, const struct plan_image *from, const struct range *table)
{
	const struct segment *s = &from->image.segment[0];
	struct fit_image packed;
	struct monitor_image *kept;
	struct error e = { 0 };

	if (!fit_word_is(from->fit.compression, "lz4") || from->image.segments != 1 ||
	    s->from.data != from->image.data.data || s->from.size != from->image.data.size ||
	    range_overlaps(&s->to, table) || fit_image(&packed, k->fit, from->fit.name, true, &e) ||
	    !stays(k, packed.data))
		return false;
	kept = keep_image(k, packed.data, &packed);
	if (kept)
		kept->unpacked = s->from.size;
	keep_segment(k, kept, s->to, 0, s->from.size);
	return true;
}

static void keep_program(struct keeping *k, const struct plan_image *from,
			 const struct range *table)
{
	const struct image *image = &from->image;
	struct monitor_image *kept;

	if (keep_packed(k, from, table))
		return;
	kept = keep_image(k, image->data, &from->fit);
	for (unsigned i = 0; i < image->segments; i++) {
		const struct segment *s = &image->segment[i];

		keep_around(k, kept, s, (size_t)(s->from.data - image->data.data), table);
	}
}

/*
 * The words of a table that belong to all who take part in a link, and stay as they are: the next
 * ones from @from on. Size 0: there are none.
 */
static struct range shared_words(const struct table *t, size_t from)
{
	struct range first = { t->size, 0 };

	for (unsigned i = 0; i < t->count; i++) {
		const struct table_entry entry = table_entry(t, i);
		const size_t vdev = entry.offset + offsetof(struct resource_vdev, gfeatures);
		const size_t status = entry.offset + offsetof(struct resource_vdev, status);
		const size_t session = entry.offset + offsetof(struct link_resource, session);

		if (entry.type == RESOURCE_VDEV && vdev >= from && vdev < first.base)
			first = (struct range){ vdev, sizeof(uint32_t) };
		if (entry.type == RESOURCE_VDEV && status >= from && status < first.base)
			first = (struct range){ status, sizeof(uint8_t) };
		if (entry.type == RESOURCE_LINK && entry.size > TABLE_OPAQUE && session >= from &&
		    session < first.base)
			first = (struct range){ session, sizeof(struct link_session) };
	}
	return first;
}

/* A table as it was filled in. */
static void keep_table(struct keeping *k, const struct plan_context *c)
{
	const struct bytes table = { c->table.data, c->table.size };
	struct monitor_image *kept = keep_image(k, table, NULL);
	struct range words;

	for (size_t at = 0; at < table.size; at = (size_t)range_end(words)) {
		struct range to = { c->table_home.base + at, 0 };

		words = shared_words(&c->table, at);
		to.size = words.base - at;
		if (to.size)
			keep_segment(k, kept, to, at, (size_t)to.size);
	}
}

/* And where start-up code is to copy it from. */
static void keep_linked_table(struct keeping *k, const struct plan_context *c)
{
	const struct image *image = &c->image[plan_table_image(c)].image;
	const struct bytes table = { c->table.data, c->table.size };

	if (image->table_address != c->table_home.base)
		keep_bytes(k, image->table_address, table);
}

static void keep_all(struct keeping *k, const struct plan *plan)
{
	const struct bytes tree = { arch_pointer(plan->fdt.base), (size_t)plan->fdt.size };

	k->fit = &plan->in->fit;
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];

		if (c->failed)
			continue;
		k->context = k->config ? &k->config->context[i] : NULL;
		for (unsigned n = 0; n < PLAN_IMAGES; n++)
			if (c->image[n].present)
				keep_program(k, &c->image[n], &c->table_home);
		if (c->table_home.size) {
			keep_table(k, c);
			keep_linked_table(k, c);
		}
		if (c->runs_linux)
			keep_bytes(k, plan->fdt.base, tree);
	}
}

int monitor_check_room(const struct plan *plan, struct error *e)
{
	const struct board *board = plan->in->board;
	struct keeping k = { .flash = &board->flash };
	const struct range *room;

	if (!board->secure)
		return 0;
	room = &board->secure->pristine;
	k.next = room->base;
	keep_all(&k, plan);
	if (plan->linux_context >= 0 && plan->tree.memories > MONITOR_MEMORIES)
		return error_set(e, E_TOO_MANY, "%u memories of Linux's, at most %u",
				 plan->tree.memories, MONITOR_MEMORIES);
	if (k.segments > MONITOR_SEGMENTS)
		return error_set(e, E_TOO_MANY, "%u segments, at most %u", k.segments,
				 MONITOR_SEGMENTS);
	if (k.next > range_end(*room))
		return error_set(e, E_STAGING_FULL,
				 "copies to start contexts anew take 0x%llx bytes, 0x%llx fit",
				 (unsigned long long)(k.next - room->base),
				 (unsigned long long)room->size);
	return 0;
}

void monitor_keep(struct monitor_config *config, const struct plan *plan)
{
	struct keeping k = { .config = config,
			     .next = plan->in->board->secure->pristine.base,
			     .flash = &plan->in->board->flash };

	keep_all(&k, plan);
}
