/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "fdt/check.h"

#define FDT_VERSION 17 /* the first that says how long its structure block is */

struct checking {
	struct bytes structure;
	struct bytes strings;
	const char *what;
	struct error *e;
};

static int broken(const struct checking *c, const char *why, uint32_t value)
{
	return error_set(c->e, E_FDT_BROKEN, "%s: %s (0x%x)", c->what, why, (unsigned)value);
}

static bool read_be32(struct bytes all, uint64_t offset, uint32_t *value)
{
	fdt32_t raw;

	if (!bytes_read(all, offset, &raw, sizeof(raw)))
		return false;
	*value = fdt32_to_cpu(raw);
	return true;
}

/* The list of reserved memory has no length; it ends with an entry of size 0. */
static bool reservations_end(struct bytes tree, uint64_t offset)
{
	struct fdt_reserve_entry entry;

	for (; bytes_read(tree, offset, &entry, sizeof(entry)); offset += sizeof(entry))
		if (!entry.size)
			return true;
	return false;
}

enum { /* words of the header */
	MAGIC,
	TOTAL_SIZE,
	OFF_STRUCTURE,
	OFF_STRINGS,
	OFF_RESERVATIONS,
	VERSION,
	LAST_COMPATIBLE,
	BOOT_CPU,
	SIZE_STRINGS,
	SIZE_STRUCTURE,
	WORDS
};
#define HEADER_SIZE (4 * WORDS)

/* Cut the blocks out of @tree; later steps look only at these. */
static int check_header(struct checking *c, struct bytes tree)
{
	uint32_t h[WORDS];

	if ((uintptr_t)tree.data % 8)
		return broken(c, "not at a multiple of 8", (uint32_t)(uintptr_t)tree.data);
	for (unsigned i = 0; i < WORDS; i++)
		if (!read_be32(tree, 4 * i, &h[i]))
			return broken(c, "no header", (uint32_t)tree.size);
	if (h[MAGIC] != FDT_MAGIC)
		return broken(c, "magic", h[MAGIC]);
	if (h[VERSION] < FDT_VERSION || h[LAST_COMPATIBLE] > FDT_VERSION)
		return broken(c, "version", h[VERSION]);
	if (h[TOTAL_SIZE] >= INT32_MAX || !bytes_slice(tree, 0, h[TOTAL_SIZE], &tree))
		return broken(c, "cut off, wanted bytes", h[TOTAL_SIZE]);
	if (h[OFF_RESERVATIONS] < HEADER_SIZE || h[OFF_STRUCTURE] < HEADER_SIZE ||
	    h[OFF_STRINGS] < HEADER_SIZE || h[OFF_RESERVATIONS] % 8 || h[OFF_STRUCTURE] % 4 ||
	    !bytes_slice(tree, h[OFF_STRUCTURE], h[SIZE_STRUCTURE], &c->structure) ||
	    !bytes_slice(tree, h[OFF_STRINGS], h[SIZE_STRINGS], &c->strings) ||
	    !reservations_end(tree, h[OFF_RESERVATIONS]))
		return broken(c, "blocks not in their places, bytes", h[TOTAL_SIZE]);
	/* With this every offset into the block is a string that ends in it. */
	if (c->strings.size && c->strings.data[c->strings.size - 1])
		return broken(c, "strings without an end", h[OFF_STRINGS]);
	return 0;
}

/* A property behind its tag at @offset: length, name, value. */
static bool property_size(const struct checking *c, uint32_t offset, uint32_t *size)
{
	struct bytes value;
	uint32_t len, name;

	if (!read_be32(c->structure, offset, &len) ||
	    !read_be32(c->structure, (uint64_t)offset + 4, &name) ||
	    !bytes_slice(c->structure, (uint64_t)offset + 8, len, &value))
		return false;
	*size = 8 + len;
	return name < c->strings.size && c->strings.data[name];
}

/* A node's name behind its tag at @offset: it ends in the block; the root's is empty, no other. */
static bool name_size(const struct checking *c, uint32_t offset, bool root, uint32_t *size)
{
	const char *name = (const char *)c->structure.data + offset;
	size_t room = c->structure.size - offset;
	size_t len = strnlen(name, room);

	*size = (uint32_t)len + 1;
	return len < room && root == !len && !memchr(name, '/', len);
}

static int check_structure(const struct checking *c)
{
	bool properties = false; /* may stand here: they come before a node's sub-nodes */
	bool root = true;	 /* is still to come */
	bool good = true;
	unsigned depth = 0;
	uint32_t offset = 0, tag, size;

	for (; good && read_be32(c->structure, offset, &tag); offset += (size + 3) & ~3u) {
		offset += FDT_TAGSIZE;
		size = 0;
		switch (tag) {
		case FDT_NOP:
			break;
		case FDT_BEGIN_NODE:
			good = name_size(c, offset, !depth, &size) && (root || depth) &&
			       depth < FDT_DEPTH_MAX;
			depth++;
			root = false;
			properties = true;
			break;
		case FDT_PROP:
			good = properties && property_size(c, offset, &size);
			break;
		case FDT_END_NODE:
			good = depth;
			depth--;
			properties = false;
			break;
		case FDT_END:
			if (!root && !depth)
				return 0;
			/* fall through */
		default:
			good = false;
		}
	}
	return broken(c, "structure at", offset);
}

int fdt_check_tree(struct bytes tree, const char *what, struct error *e)
{
	struct checking c = { .what = what, .e = e };

	if (check_header(&c, tree))
		return e->code;
	return check_structure(&c);
}
