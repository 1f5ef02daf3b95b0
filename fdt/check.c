/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "base/explain.h"
#include "fdt/check.h"

#define FDT_VERSION 17 /* the first that says how long its structure block is */

struct checking {
	struct bytes structure;
	struct bytes strings;
	struct error *e;
};

static int broken(const struct checking *c, const char *why, uint32_t value)
{
	return error_set(c->e, E_FDT_BROKEN, "%s (0x%x)", why, (unsigned)value);
}

/* The list of reserved memory has no length; it ends with an entry of size 0. */
static bool reservations_end(struct bytes list)
{
	const struct fdt_reserve_entry *entry = (const void *)list.data;

	for (; list.size >= sizeof(*entry); list.size -= sizeof(*entry), entry++)
		if (!entry->size)
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

static bool cut_block(struct bytes tree, uint32_t offset, uint32_t size, struct bytes *block)
{
	return offset >= HEADER_SIZE && bytes_slice(&tree, offset, size, block);
}

/* Cut the blocks out of @tree; later steps look only at these. */
static int check_header(struct checking *c, struct bytes tree)
{
	struct bytes reservations;
	uint32_t h[WORDS];

	if ((uintptr_t)tree.data % 8)
		return broken(c, "not at a multiple of 8", (uint32_t)(uintptr_t)tree.data);
	if (!bytes_read(&tree, 0, h, sizeof(h)))
		return broken(c, "no header", (uint32_t)tree.size);
	for (unsigned i = 0; i < WORDS; i++)
		h[i] = fdt32_to_cpu(h[i]);
	if (h[MAGIC] != FDT_MAGIC)
		return broken(c, "magic", h[MAGIC]);
	if (h[VERSION] < FDT_VERSION || h[LAST_COMPATIBLE] > FDT_VERSION)
		return broken(c, EXPLAIN("version", " other than 17, which dtc writes,"),
			      !explains() || h[VERSION] < FDT_VERSION ? h[VERSION] :
									h[LAST_COMPATIBLE]);
	if (h[TOTAL_SIZE] >= INT32_MAX || !bytes_slice(&tree, 0, h[TOTAL_SIZE], &tree))
		return broken(c, "cut off, wanted bytes", h[TOTAL_SIZE]);
	if (!cut_block(tree, h[OFF_STRUCTURE], h[SIZE_STRUCTURE], &c->structure) ||
	    !cut_block(tree, h[OFF_STRINGS], h[SIZE_STRINGS], &c->strings) ||
	    !cut_block(tree, h[OFF_RESERVATIONS], h[TOTAL_SIZE] - h[OFF_RESERVATIONS],
		       &reservations) ||
	    h[OFF_STRUCTURE] % 4 || h[OFF_RESERVATIONS] % 8 || !reservations_end(reservations))
		return broken(c, "blocks not in their places, bytes", h[TOTAL_SIZE]);
	/* With this every offset into the block is a string that ends in it. */
	if (c->strings.size && c->strings.data[c->strings.size - 1])
		return broken(c, "strings without an end", h[OFF_STRINGS]);
	return 0;
}

/* Whole words of the structure that are still to be checked. */
struct words {
	const fdt32_t *next, *end;
};

/* A property behind its tag: length, name, value. */
static bool check_property(struct words *w, struct bytes strings)
{
	uint32_t size, name;

	if (w->end - w->next < 2)
		return false;
	size = fdt32_to_cpu(*w->next++);
	name = fdt32_to_cpu(*w->next++);
	size = size / 4 + (size % 4 != 0);
	if (size > (size_t)(w->end - w->next))
		return false;
	w->next += size;
	return name < strings.size && strings.data[name];
}

/* A node's name behind its tag: it ends in the block; the root's is empty, no other. */
static bool check_name(struct words *w, bool root)
{
	const char *name = (const char *)w->next, *at = name, *end = (const char *)w->end;

	while (at < end && *at && *at != '/')
		at++;
	if (at == end || *at)
		return false;
	w->next += (at - name) / 4 + 1;
	return root == (at == name);
}

static int check_structure(struct checking *c)
{
	const fdt32_t *start = (const void *)c->structure.data;
	struct words w = { start, start + c->structure.size / 4 };
	bool properties = false; /* may stand here: they come before a node's sub-nodes */
	bool root = true;	 /* is still to come */
	bool good = true;
	unsigned depth = 0;

	while (good && w.next < w.end) {
		switch (fdt32_to_cpu(*w.next++)) {
		case FDT_NOP:
			break;
		case FDT_BEGIN_NODE:
			good = check_name(&w, !depth) && (root || depth) && depth < FDT_DEPTH_MAX;
			depth++;
			root = false;
			properties = true;
			break;
		case FDT_PROP:
			good = properties && check_property(&w, c->strings);
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
	return broken(c, "structure at", (uint32_t)((w.next - start) * 4));
}

int fdt_check_tree(struct bytes tree, const char *what, struct error *e)
{
	struct checking c = { .e = e };

	error_about(e, "", what);
	if (check_header(&c, tree))
		return e->code;
	return check_structure(&c);
}
