/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/error.h"
#include "resource_table/link_layout.h"
#include "resource_table/place.h"
#include "resource_table/vring.h"

#define HEADER 16 /* bytes: RPMsg's, in every buffer */

static bool counts_fit(const struct link_layout *l)
{
	uint64_t size = ((uint64_t)l->buffer_count[0] + l->buffer_count[1]) * l->buffer_len;

	for (unsigned i = 0; i < 2; i++)
		if (!vring_bytes(l->num[i], l->align[i]) || !l->buffer_count[i] ||
		    l->buffer_count[i] > l->num[i])
			return false;
	return l->buffer_len > HEADER && l->buffer_len % 4 == 0 && size <= l->buffers.size;
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
		l->vring[i].size = place_size(vring_bytes(ring->num, ring->align));
		l->buffer_count[sends] = link->buffer_count[i];
		if (ring->da == RESOURCE_ANY)
			return false;
	}
	l->buffer_len = link->buffer_len;
	return range_make(&l->buffers, link->buffer_base, link->buffer_size) && counts_fit(l);
}

/* The vrings that bring their address (@fixed) stand there, the others find room. */
static int place_vrings(struct link_layout *l, const struct range *memory, bool fixed)
{
	for (unsigned i = 0; i < 2; i++) {
		struct range *ring = &l->vring[i];
		uint32_t size = vring_bytes(l->num[i], l->align[i]);
		const struct range here = { ring->base, place_size(size) };

		if ((ring->base != RESOURCE_ANY) == fixed &&
		    !place_find(fixed ? &here : memory, size, l->align[i], l->vring, 2, ring))
			return fixed ? E_TABLE_BROKEN : E_TABLE_NO_ROOM;
	}
	return 0;
}

int link_layout_place(struct link_layout *l, const struct range *memory)
{
	uint32_t size, pool = PLACE_PAGE;
	int rc;

	for (unsigned i = 0; i < 2; i++) {
		l->vring[i].size = 0; /* in nobody's way yet */
		if (!l->buffer_count[i])
			l->buffer_count[i] = l->num[i];
		if (l->buffer_count[i] > l->num[i])
			return E_TABLE_NO_ROOM;
	}
	/* At most 2^16 buffers of at most 2^16 bytes: what is too much for 32 bits has no room. */
	if (__builtin_mul_overflow(l->buffer_count[0] + l->buffer_count[1], l->buffer_len, &size) ||
	    size > (uint32_t)1 << 31)
		return E_TABLE_NO_ROOM;
	while (pool < size)
		pool *= 2;
	rc = place_vrings(l, memory, true);
	if (!rc)
		rc = place_vrings(l, memory, false);
	if (!rc && !place_find(memory, pool, PLACE_PAGE, l->vring, 2, &l->buffers))
		rc = E_TABLE_NO_ROOM;
	return rc;
}

bool link_layout_static(struct link_layout *l, const struct link_static *s)
{
	const struct range session = { s->memory.base, PLACE_PAGE };
	const struct range rest = { range_end(session), s->memory.size - PLACE_PAGE };

	for (unsigned i = 0; i < 2; i++) {
		l->vring[i].base = RESOURCE_ANY;
		l->num[i] = s->num;
		l->align[i] = s->align;
		l->buffer_count[i] = s->buffer_count[i];
	}
	l->buffer_len = s->buffer_len;
	return vring_bytes(s->num, s->align) && range_contains(&s->memory, &session) &&
	       !link_layout_place(l, &rest) && counts_fit(l);
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
