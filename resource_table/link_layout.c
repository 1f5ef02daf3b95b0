/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/error.h"
#include "resource_table/link_layout.h"
#include "resource_table/place.h"
#include "resource_table/vring.h"

#define HEADER	      16   /* bytes: RPMsg's, in every buffer */
#define STOCK_BUFFERS 256u /* half of MAX_RPMSG_NUM_BUFS */
#define STOCK_LEN     512u /* MAX_RPMSG_BUF_SIZE */

static bool len_fits(const struct link_layout *l)
{
	return l->buffer_len > HEADER && l->buffer_len % 4 == 0;
}

static bool counts_fit(const struct link_layout *l)
{
	uint64_t size = ((uint64_t)l->buffer_count[0] + l->buffer_count[1]) * l->buffer_len;

	for (unsigned i = 0; i < 2; i++)
		if (!vring_bytes(l->num[i], l->align[i]) || !l->buffer_count[i] ||
		    l->buffer_count[i] > l->num[i])
			return false;
	return len_fits(l) && size <= l->buffers.size;
}

/* Whole pages, unless one starts within a page or that would be a page of the other. */
static void size_vrings(struct link_layout *l)
{
	bool pages = !((l->vring[0].base | l->vring[1].base) % PLACE_PAGE);

	for (int i = 0; i < 2; i++)
		l->vring[i].size = place_size(vring_bytes(l->num[i], l->align[i]));
	if (pages && !range_overlaps(&l->vring[0], &l->vring[1]))
		return;
	for (int i = 0; i < 2; i++)
		l->vring[i].size = vring_bytes(l->num[i], l->align[i]);
}

bool link_layout_in_pages(const struct link_layout *l)
{
	return !((l->vring[0].base | l->vring[0].size | l->vring[1].base | l->vring[1].size |
		  l->buffers.base) %
		 PLACE_PAGE);
}

bool link_layout_read(struct link_layout *l, const struct resource_vdev *vdev,
		      const struct link_resource *link)
{
	if (vdev->num_of_vrings != 2 || link->role[LINK_OWNER] > LINK_MASTER)
		return false;
	for (unsigned i = 0; i < 2; i++) {
		const struct resource_vring *ring = &vdev->vring[i];
		unsigned sends = link_transmit_vring((enum link_role)link->role[i], i);

		l->num[i] = ring->num;
		l->align[i] = ring->align;
		l->vring[i].base = ring->da;
		l->buffer_count[sends] = link->buffer_count[i];
		if (ring->da == RESOURCE_ANY)
			return false;
	}
	size_vrings(l);
	l->buffer_len = link->buffer_len;
	return range_make(&l->buffers, link->buffer_base, link->buffer_size) && counts_fit(l);
}

int link_layout_measure(struct link_layout *l, struct link_part part[LINK_PLACES], struct error *e)
{
	uint32_t size, pool = PLACE_PAGE;

	for (unsigned i = 0; i < 2; i++) {
		uint32_t bytes = vring_bytes(l->num[i], l->align[i]);

		if (!l->buffer_count[i])
			l->buffer_count[i] = l->num[i];
		if (!bytes || l->buffer_count[i] > l->num[i] || !len_fits(l))
			return error_set(e, bytes ? E_TABLE_NO_ROOM : E_TABLE_BROKEN,
					 "vring%u, %u buffers of %u: num %u, align 0x%x", i,
					 (unsigned)l->buffer_count[i], (unsigned)l->buffer_len,
					 (unsigned)l->num[i], (unsigned)l->align[i]);
		part[i] = (struct link_part){ RESOURCE_ANY, bytes };
	}
	/* What is too much for 32 bits has no room. */
	if (__builtin_mul_overflow(l->buffer_count[0] + l->buffer_count[1], l->buffer_len, &size))
		size = UINT32_MAX;
	while (pool < size)
		pool = pool < (uint32_t)1 << 31 ? 2 * pool : UINT32_MAX;
	part[LINK_BUFFERS] = (struct link_part){ RESOURCE_ANY, pool };
	return 0;
}

const char link_part_names[LINK_PLACES][7] = { "vring0", "vring1", "buffer" };

struct range link_part_range(const struct link_part *part)
{
	return (struct range){ part->base, part->size };
}

/* The part that @r meets, of those that are somewhere; NULL: none. */
static const struct link_part *find_met(const struct link_part *part, unsigned count,
					const struct link_part *r)
{
	for (const struct link_part *end = part + count; part < end; part++)
		if (part->base != RESOURCE_ANY && part != r && place_overlaps(part, r))
			return part;
	return NULL;
}

/* @arg: all parts. */
static bool meets(const void *arg, const struct link_part *place, uint32_t *last)
{
	const struct link_part *met = find_met(arg, LINK_PLACES, place);

	if (met)
		*last = met->base + met->size - 1;
	return met;
}

/* What brings its address: is it aligned, below 4 GiB, and apart from what comes before it? */
static int check_fixed(const struct link_layout *l, const struct link_part part[LINK_PLACES],
		       unsigned k, struct error *e)
{
	const struct link_part *met = find_met(part, k, &part[k]);
	const char *fault = "not at a multiple of", *other = "";
	uint32_t number = 8; /* descriptors have 64-bit words */

	if (k < LINK_BUFFERS && l->align[k] > number)
		number = l->align[k];
	if (met) {
		fault = "overlaps ";
		other = link_part_names[met - part];
		number = met->base;
	} else if (place_wraps(&part[k])) {
		fault = "ends past";
		number = UINT32_MAX;
	} else if (!(part[k].base & (number - 1))) {
		return 0;
	}
	return error_set(e, E_TABLE_BROKEN, "%s at 0x%x, 0x%x bytes: %s%s 0x%x", link_part_names[k],
			 (unsigned)part[k].base, (unsigned)part[k].size, fault, other,
			 (unsigned)number);
}

int link_layout_place(struct link_layout *l, struct link_part part[LINK_PLACES],
		      const struct range *memory, struct error *e)
{
	uint64_t all = 0;

	for (unsigned k = 0; k < LINK_PLACES; k++)
		if (part[k].base == RESOURCE_ANY)
			all += place_size(part[k].size);
		else if (check_fixed(l, part, k, e))
			return e->code;
	for (unsigned k = 0; k < LINK_PLACES; k++) {
		struct link_part found;

		if (part[k].base != RESOURCE_ANY)
			continue;
		if (!place_find(memory, part[k].size, k < LINK_BUFFERS ? l->align[k] : PLACE_PAGE,
				meets, part, &found))
			return error_set(e, E_TABLE_NO_ROOM,
					 "no room for %s, 0x%x bytes: all take 0x%llx, 0x%llx "
					 "has 0x%llx",
					 link_part_names[k], (unsigned)part[k].size,
					 (unsigned long long)all, (unsigned long long)memory->base,
					 (unsigned long long)memory->size);
		part[k] = found;
	}
	l->vring[0].base = part[LINK_VRING0].base;
	l->vring[1].base = part[LINK_VRING1].base;
	size_vrings(l);
	l->buffers = link_part_range(&part[LINK_BUFFERS]);
	return 0;
}

int link_layout_be_stock(struct link_layout *l, bool exact, struct error *e)
{
	uint32_t count = l->num[0] < STOCK_BUFFERS ? l->num[0] : STOCK_BUFFERS;
	uint32_t *asked = l->buffer_count;

	if (!l->num[0] || l->num[0] & (l->num[0] - 1)) /* is wrong, whoever is the master */
		return 0;
	for (unsigned i = 0; i < 2; i++)
		if (!asked[i])
			asked[i] = count;
	if (l->num[0] != l->num[1] || l->buffer_len != STOCK_LEN || asked[0] > count ||
	    asked[1] > count || (exact && (asked[0] != count || asked[1] != count)))
		return error_set(e, E_LINK_LIMITS,
				 "stock Linux has %u buffers of 512 each way in equal vrings: "
				 "not %u and %u of %u in %u and %u",
				 (unsigned)count, (unsigned)asked[0], (unsigned)asked[1],
				 (unsigned)l->buffer_len, (unsigned)l->num[0], (unsigned)l->num[1]);
	asked[0] = asked[1] = count;
	return 0;
}

int link_layout_static(struct link_layout *l, struct link_part part[LINK_PLACES],
		       const struct link_static *s, bool stock, struct error *e)
{
	const struct range session = { s->memory.base, PLACE_PAGE };
	struct range rest = { range_end(session), 0 };

	for (unsigned i = 0; i < 2; i++) {
		l->num[i] = s->num;
		l->align[i] = s->align;
		l->buffer_count[i] = s->buffer_count[i];
	}
	l->buffer_len = s->buffer_len;
	if (range_contains(&s->memory, &session))
		rest.size = s->memory.size - PLACE_PAGE;
	if (link_layout_measure(l, part, e) || (stock && link_layout_be_stock(l, true, e)))
		return e->code;
	return link_layout_place(l, part, &rest, e);
}

static uint32_t crc_word(uint32_t crc, uint32_t word)
{
	crc ^= word; /* a little-endian word's bytes, one after the other, are its bits from 0 up */
	for (unsigned i = 0; i < 32; i++)
		crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
	return crc;
}

static uint32_t crc_range(uint32_t crc, struct range r)
{
	crc = crc_word(crc_word(crc, (uint32_t)r.base), (uint32_t)(r.base >> 32));
	return crc_word(crc_word(crc, (uint32_t)r.size), (uint32_t)(r.size >> 32));
}

uint32_t link_layout_checksum(const struct link_layout *l)
{
	uint32_t crc = ~0u;

	crc = crc_range(crc_range(crc, l->vring[0]), l->vring[1]);
	crc = crc_word(crc_word(crc, l->num[0]), l->num[1]);
	crc = crc_word(crc_word(crc, l->align[0]), l->align[1]);
	crc = crc_word(crc_range(crc, l->buffers), l->buffer_len);
	crc = ~crc_word(crc_word(crc, l->buffer_count[0]), l->buffer_count[1]);
	return crc ? crc : 1;
}
