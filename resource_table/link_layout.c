/* SPDX-License-Identifier: BSD-2-Clause */
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
		l->vring[i].size = vring_bytes(ring->num, ring->align);
		l->buffer_count[sends] = link->buffer_count[i];
		if (ring->da == RESOURCE_ANY ||
		    !align_up_checked(l->vring[i].size, PLACE_PAGE, &l->vring[i].size))
			return false;
	}
	l->buffer_len = link->buffer_len;
	return range_make(&l->buffers, link->buffer_base, link->buffer_size) && counts_fit(l);
}

bool link_layout_static(struct link_layout *l, const struct link_static *s)
{
	struct range taken[4] = { { s->memory.base, PLACE_PAGE } };
	uint64_t size[3], bytes, pool = PLACE_PAGE;

	size[0] = size[1] = vring_bytes(s->num, s->align);
	if (!size[0] || !range_contains(s->memory, taken[0]))
		return false;
	for (unsigned i = 0; i < 2; i++) {
		l->num[i] = s->num;
		l->align[i] = s->align;
		l->buffer_count[i] = s->buffer_count[i] ? s->buffer_count[i] : s->num;
	}
	l->buffer_len = s->buffer_len;
	bytes = ((uint64_t)l->buffer_count[0] + l->buffer_count[1]) * s->buffer_len;
	while (pool < bytes && pool <= s->memory.size)
		pool *= 2;
	size[2] = pool;
	for (unsigned i = 0; i < 3; i++)
		if (!place_find(s->memory, size[i], i < 2 ? s->align : PLACE_PAGE, taken, i + 1,
				&taken[i + 1]))
			return false;
	l->vring[0] = taken[1];
	l->vring[1] = taken[2];
	l->buffers = taken[3];
	return counts_fit(l);
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
