/* SPDX-License-Identifier: BSD-2-Clause */
/* LZ4's frames: doc/lz4_Frame_format.md of LZ4. */
#include <stdbool.h>

#define XXH_INLINE_ALL
#define XXH_NO_LONG_LONG
#include <xxhash.h>

#include "boot/feature/decompression/formats.h"
#include "boot/feature/decompression/lz4_block.h"

#define MAGIC	   0x184d2204u
#define DICTIONARY 0x10000u /* bytes that a block may refer back */
#define RATIO_MAX  255u	    /* bytes of 255 that a match's length has: LZ4 makes no more of one */
#define PLAIN	   0x80000000u /* in a block's size: it is not compressed */

/* The first byte of a frame's descriptor, FLG … */
#define HAS_DICTIONARY	  0x01
#define RESERVED	  0x02
#define CONTENT_CHECKSUM  0x04
#define CONTENT_SIZE	  0x08
#define BLOCK_CHECKSUM	  0x10
#define BLOCK_INDEPENDENT 0x20
#define VERSION		  0xc0
#define VERSION_1	  0x40
/* … and the second, BD */
#define BLOCK_RESERVED 0x8f
#define BLOCK_SHIFT    4
#define BLOCK_SMALLEST 4 /* 64 KiB; each next one is 4 times as large */

struct frame {
	struct bytes from;
	size_t at; /* what of it is read */
	uint8_t flags;
	bool sized; /* the frame says what it makes, and that is `room` */
	uint32_t block_max;
	uint8_t *to;
	size_t room, made;
	struct error *e;
};

static int broken(struct frame *f, const char *what)
{
	return error_set(f->e, E_COMPRESSED_BROKEN, "LZ4, 0x%zx of 0x%zx bytes: %s", f->at,
			 f->from.size, what);
}

static int full(struct frame *f, uint64_t wanted)
{
	return error_set(f->e, E_STAGING_FULL,
			 "LZ4 makes 0x%llx bytes or more, there is room for 0x%zx",
			 (unsigned long long)wanted, f->room);
}

static bool word(struct frame *f, uint32_t *value)
{
	if (!bytes_read_le32(&f->from, f->at, value))
		return false;
	f->at += 4;
	return true;
}

/* The next word is the checksum of this data, or it is an error. */
static int checksum(struct frame *f, const void *data, size_t size, const char *otherwise)
{
	uint32_t value;

	if (!word(f, &value))
		return broken(f, "cut off");
	return value == XXH32(data, size, 0) ? 0 : broken(f, otherwise);
}

static int read_content_size(struct frame *f)
{
	uint32_t low, high;
	uint64_t size;

	if (!word(f, &low) || !word(f, &high))
		return broken(f, "cut off");
	size = (uint64_t)high << 32 | low;
	if (size > f->room)
		return full(f, size);
	f->room = (size_t)size;
	f->sized = true;
	return 0;
}

static int read_descriptor(struct frame *f)
{
	uint8_t head[2], sum;
	uint32_t magic;
	size_t start;

	if (!word(f, &magic) || magic != MAGIC)
		return broken(f, "no frame");
	start = f->at;
	if (!bytes_read(&f->from, start, head, sizeof(head)))
		return broken(f, "cut off");
	f->at += sizeof(head);
	f->flags = head[0];
	if ((f->flags & VERSION) != VERSION_1 || f->flags & (HAS_DICTIONARY | RESERVED) ||
	    head[1] & BLOCK_RESERVED || head[1] >> BLOCK_SHIFT < BLOCK_SMALLEST)
		return broken(f, "frame of another version, with a dictionary, or nonsense");
	f->block_max = 1u << (8 + 2 * (head[1] >> BLOCK_SHIFT));
	if (f->flags & CONTENT_SIZE && read_content_size(f))
		return f->e->code;
	if (!bytes_read(&f->from, f->at, &sum, sizeof(sum)))
		return broken(f, "cut off");
	if (sum != (uint8_t)(XXH32(f->from.data + start, f->at - start, 0) >> 8))
		return broken(f, "wrong checksum of the frame's descriptor");
	f->at += sizeof(sum);
	return 0;
}

/* How many bytes of @block there are now at the end of what was made; negative: it does not fit. */
static int unpack(const struct frame *f, struct bytes block, bool plain)
{
	size_t room = f->room - f->made < f->block_max ? f->room - f->made : f->block_max;
	size_t before = f->made < DICTIONARY ? f->made : DICTIONARY;
	char *to = (char *)f->to + f->made;

	if (plain) {
		if (block.size > room)
			return -1;
		memcpy(to, block.data, block.size);
		return (int)block.size;
	}
	if (f->flags & BLOCK_INDEPENDENT)
		before = 0;
	return lz4_block((const char *)block.data, to, (int)block.size, (int)room, (int)before,
			 false);
}

static int read_block(struct frame *f, uint32_t head)
{
	uint32_t size = head & ~PLAIN;
	struct bytes block;
	int made;

	if (size > f->block_max || !bytes_slice(&f->from, f->at, size, &block))
		return broken(f, "cut off, or a block larger than the frame has");
	f->at += size;
	if (f->flags & BLOCK_CHECKSUM &&
	    checksum(f, block.data, block.size, "wrong checksum of a block"))
		return f->e->code;
	made = unpack(f, block, head & PLAIN);
	if (made < 0 && !f->sized && f->room - f->made < f->block_max)
		return full(f, (uint64_t)f->room + 1);
	if (made < 0)
		return broken(f, "a block is broken, or makes more than was announced");
	f->made += (size_t)made;
	return 0;
}

bool lz4_begin(struct bytes from, struct bytes first, uint8_t *to, size_t size, size_t *all)
{
	struct error e = { 0 };
	struct frame f = { .from = first, .room = from.size * RATIO_MAX, .e = &e };
	uint32_t head, block;

	if (from.size > SIZE_MAX / RATIO_MAX || read_descriptor(&f) || !f.sized || !word(&f, &head))
		return false;
	block = head & ~PLAIN;
	if (block > f.block_max)
		return false;
	if (block > first.size - f.at)
		block = (uint32_t)(first.size - f.at);
	*all = f.room;
	if (!(head & PLAIN))
		return lz4_block((const char *)first.data + f.at, (char *)to, (int)block, (int)size,
				 0, true) == (int)size;
	if (block < size)
		return false;
	memcpy(to, first.data + f.at, size);
	return true;
}

int lz4_run(struct bytes from, uint8_t *to, size_t room, size_t *size, struct error *e)
{
	struct frame f = { .from = from, .to = to, .room = room, .e = e };
	uint32_t head;

	if (read_descriptor(&f))
		return e->code;
	for (;;) {
		if (!word(&f, &head))
			return broken(&f, "cut off");
		if (!head)
			break;
		if (read_block(&f, head))
			return e->code;
	}
	if (f.flags & CONTENT_CHECKSUM &&
	    checksum(&f, f.to, f.made, "wrong checksum of what it makes"))
		return e->code;
	if (f.sized && f.made != f.room)
		return error_set(e, E_COMPRESSED_BROKEN,
				 "LZ4 announces 0x%zx bytes and makes 0x%zx", f.room, f.made);
	if (f.at != from.size)
		return broken(&f, "more data follows the frame");
	*size = f.made;
	return 0;
}
