/* SPDX-License-Identifier: BSD-2-Clause */
/* What contexts are made anew from. */
#include <string.h>

#include "arch/arch.h"
#include "base/features.h"
#include "boot/hash.h"
#include "boot/keep.h"

#define ALIGN 8u

/* First it is only counted, then made: the same walk finds the same. */
struct keeping {
	const struct fit *fit;
	const struct keep *what;
	struct kept *kept; /* NULL: only count */
	struct kept_context *context;
	phys_addr_t next;
	unsigned segments;
	bool copies; /* else only where copies are going to be */
};

/* No other than a monitor reads what others can't. */
static bool stays(const struct keeping *k, struct bytes data)
{
	const struct range r = { arch_address(data.data), data.size };

	return features->monitor && !bytes_are_in_window(&data) &&
	       range_contains(&k->what->flash, &r);
}

/* What the loader has verified; not what lies there by now. */
static const uint8_t *verified(const struct fit_image *fit, struct bytes from,
			       const struct hash_algorithm *sha256)
{
	for (unsigned i = 0; fit && i < fit->hashes; i++)
		if (fit->hash[i].algorithm == sha256 && fit->data.data == from.data)
			return fit->hash[i].value;
	return NULL;
}

static void set_hash(struct kept_image *image, struct bytes from, const struct fit_image *fit)
{
	const struct hash_algorithm *sha256 = hash_find("sha256");
	const uint8_t *value = verified(fit, from, sha256);
	struct hash_state h;

	if (value) {
		memcpy(image->hash, value, sizeof(image->hash));
		return;
	}
	h.algorithm = sha256;
	sha256->start(&h);
	sha256->add(&h, image->data, image->size);
	sha256->finish(&h, image->hash);
}

/* @fit: what it is of the boot image; NULL: something that the loader made. */
static struct kept_image *keep_image(struct keeping *k, struct bytes data,
				     const struct fit_image *fit)
{
	const phys_addr_t copy = k->next;
	struct kept_image *image;
	const bool in_place = fit && stays(k, data);

	if (!in_place)
		k->next += (data.size + ALIGN - 1) & ~(phys_addr_t)(ALIGN - 1);
	if (!k->kept)
		return NULL;
	image = &k->context->image[k->context->images++];
	image->data = data.data;
	image->size = data.size;
	image->first = k->segments;
	if (!in_place)
		image->data = arch_pointer(copy);
	image->at = arch_address(image->data);
	if (!k->copies)
		return image;
	if (!in_place) {
		bytes_copy_all(&data, arch_pointer(copy));
		arch_clean(arch_pointer(copy), data.size);
	}
	set_hash(image, data, fit);
	return image;
}

static void keep_segment(struct keeping *k, struct kept_image *image, struct range to,
			 size_t offset, size_t size)
{
	if (image) {
		k->kept->segment[k->segments] =
			(struct kept_segment){ to, image->data + offset, size, image->at + offset };
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
static void keep_around(struct keeping *k, struct kept_image *kept, const struct segment *s,
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
	struct kept_image *kept;
	struct error e = { 0 };

	if (!features->monitor || !fit_word_is(from->fit.compression, "lz4") ||
	    from->image.segments != 1 || s->from.data != from->image.data.data ||
	    s->from.size != from->image.data.size || range_overlaps(&s->to, table) ||
	    fit_image(&packed, k->fit, from->fit.name, true, &e) || !stays(k, packed.data))
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
	struct kept_image *kept;

	const bool packed = !fit_word_is(from->fit.compression, "none");

	if (keep_packed(k, from, table))
		return;
	kept = keep_image(k, image->data, packed ? NULL : &from->fit);
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
	static const struct {
		uint32_t type;
		uint8_t at, size; /* of an entry */
	} words[] = {
		{ RESOURCE_VDEV, offsetof(struct resource_vdev, gfeatures), sizeof(uint32_t) },
		{ RESOURCE_VDEV, offsetof(struct resource_vdev, status), sizeof(uint8_t) },
		{ RESOURCE_LINK, offsetof(struct link_resource, session),
		  sizeof(struct link_session) },
	};
	struct range first = { t->size, 0 };

	for (unsigned i = 0; i < t->count; i++) {
		const struct table_entry entry = table_entry(t, i);

		for (unsigned k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
			const size_t at = entry.offset + words[k].at;

			if (entry.type == words[k].type && entry.size > words[k].at && at >= from &&
			    at < first.base)
				first = (struct range){ at, words[k].size };
		}
	}
	return first;
}

/* A table as it was filled in. */
static void keep_table(struct keeping *k, const struct plan_context *c)
{
	const struct bytes table = { c->table.data, c->table.size };
	struct kept_image *kept = keep_image(k, table, NULL);
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

static void keep_context(struct keeping *k, const struct plan *plan, const struct plan_context *c)
{
	const struct bytes tree = { arch_pointer(plan->fdt.base), (size_t)plan->fdt.size };

	k->context = k->kept ? &k->kept->context[c->index] : NULL;
	for (unsigned n = 0; n < PLAN_IMAGES; n++)
		if (c->image[n].present)
			keep_program(k, &c->image[n], &c->table_home);
	if (c->table_home.size) {
		keep_table(k, c);
		keep_linked_table(k, c);
	}
	if (features->monitor && c->runs_linux)
		keep_bytes(k, plan->fdt.base, tree);
}

static void keep_all(struct keeping *k, const struct plan *plan)
{
	k->fit = &plan->in->fit;
	k->next = k->what->room->base;
	for (unsigned i = 0; i < plan->contexts; i++)
		if (!plan->context[i].failed && k->what->contexts >> i & 1)
			keep_context(k, plan, &plan->context[i]);
	if (k->kept)
		k->kept->segments = k->segments;
}

int keep_check(const struct plan *plan, const struct keep *what, struct range *used,
	       struct error *e)
{
	const struct range *room = what->room;
	struct keeping k = { .what = what };

	keep_all(&k, plan);
	if (k.segments > KEPT_SEGMENTS)
		return error_set(e, E_TOO_MANY, "%u segments, at most %u", k.segments,
				 KEPT_SEGMENTS);
	*used = (struct range){ room->base, k.next - room->base };
	if (used->size > room->size)
		return error_set(e, E_STAGING_FULL,
				 "copies to start contexts anew take 0x%llx bytes, 0x%llx fit",
				 (unsigned long long)used->size, (unsigned long long)room->size);
	return 0;
}

void keep_make(const struct plan *plan, const struct keep *what, bool copies, struct kept *kept)
{
	struct keeping k = { .what = what, .kept = kept, .copies = copies };

	memset(kept, 0, sizeof(*kept));
	keep_all(&k, plan);
}
