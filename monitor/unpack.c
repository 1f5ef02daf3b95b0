/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One LZ4 frame (doc/lz4_Frame_format.md and lz4_Block_format.md of LZ4). The loader's decoder, which
 * checks all that there is to check, has made the same bytes of it: these are known by their hash.
 * So this one is small, and nothing but within its bounds.
 */
#include <string.h>

#include "base/bytes.h"
#include "monitor/monitor.h"

#define HEAD	       7 /* magic, FLG, BD, header's checksum; with a content size 8 more */
#define FLAGS	       4
#define CONTENT_SIZE   0x08
#define BLOCK_CHECKSUM 0x10
#define PLAIN	       0x80000000u /* in a block's size: it is not compressed */
#define LONG	       15	   /* a length of so much goes on in the bytes behind */
#define SHORTEST       4	   /* match */

struct unpacking {
	struct bytes from; /* the frame, without what is read */
	uint8_t *start, *to, *end;
};

static bool take(struct bytes *from, size_t size, const uint8_t **data)
{
	if (size > from->size)
		return false;
	*data = from->data;
	from->data += size;
	from->size -= size;
	return true;
}

static bool take_length(struct bytes *from, size_t *length)
{
	const uint8_t *more;

	if (*length != LONG)
		return true;
	do {
		if (!take(from, 1, &more))
			return false;
		*length += *more;
	} while (*more == UINT8_MAX);
	return true;
}

static bool put(struct unpacking *u, struct bytes *from, size_t size)
{
	const uint8_t *data;

	if (size > (size_t)(u->end - u->to) || !take(from, size, &data))
		return false;
	memcpy(u->to, data, size);
	u->to += size;
	return true;
}

/* What is behind @distance may be made by this itself. */
static bool repeat(struct unpacking *u, size_t distance, size_t size)
{
	if (!distance || distance > (size_t)(u->to - u->start) || size > (size_t)(u->end - u->to))
		return false;
	for (; size; size--, u->to++)
		*u->to = *(u->to - distance);
	return true;
}

/* Sequences of what is new and what is repeated; the last one is new alone. */
static bool unpack_block(struct unpacking *u, struct bytes block)
{
	const uint8_t *token, *distance;
	size_t size;

	for (;;) {
		if (!take(&block, 1, &token))
			return false;
		size = *token >> 4;
		if (!take_length(&block, &size) || !put(u, &block, size))
			return false;
		if (!block.size)
			return true;
		size = *token & LONG;
		if (!take(&block, 2, &distance) || !take_length(&block, &size) ||
		    !repeat(u, distance[0] | (size_t)distance[1] << 8, size + SHORTEST))
			return false;
	}
}

static uint32_t word(const uint8_t *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

bool monitor_unpack(struct bytes frame, uint8_t *to, size_t size)
{
	struct unpacking u = { frame, to, to, to + size };
	const uint8_t *head, *data;
	uint8_t flags;

	if (!take(&u.from, HEAD, &head))
		return false;
	flags = head[FLAGS];
	if (flags & CONTENT_SIZE && !take(&u.from, 8, &data))
		return false;
	for (;;) {
		struct bytes block;
		uint32_t length;

		if (!take(&u.from, 4, &head))
			return false;
		length = word(head);
		if (!length)
			return u.to == u.end;
		block.size = length & ~PLAIN;
		if (!take(&u.from, block.size, &block.data) ||
		    !(length & PLAIN ? put(&u, &block, block.size) : unpack_block(&u, block)) ||
		    (flags & BLOCK_CHECKSUM && !take(&u.from, 4, &data)))
			return false;
	}
}
