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

static int broken(const struct checking *c, const char *why, uint32_t value, uint32_t limit)
{
	return error_set(c->e, E_FDT_BROKEN, "%s: %s (0x%x, limit 0x%x)", c->what, why,
			 (unsigned)value, (unsigned)limit);
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
static int check_reservations(const struct checking *c, struct bytes tree, uint32_t offset)
{
	struct fdt_reserve_entry entry;

	for (uint64_t at = offset; bytes_read(tree, at, &entry, sizeof(entry)); at += sizeof(entry))
		if (!entry.size)
			return 0;
	return broken(c, "memory reservations without an end", offset, (uint32_t)tree.size);
}

/* Cut the blocks out of @tree; later steps look only at these. */
static int check_header(struct checking *c, struct bytes tree)
{
	struct fdt_header h;
	uint32_t size, version;

	if ((uintptr_t)tree.data % 8)
		return broken(c, "not at a multiple of 8", (uintptr_t)tree.data & 7, 0);
	if (!bytes_read(tree, 0, &h, sizeof(h)))
		return broken(c, "shorter than a header", (uint32_t)tree.size, sizeof(h));
	if (fdt32_to_cpu(h.magic) != FDT_MAGIC)
		return broken(c, "magic", fdt32_to_cpu(h.magic), FDT_MAGIC);
	version = fdt32_to_cpu(h.version);
	if (version < FDT_VERSION || fdt32_to_cpu(h.last_comp_version) > FDT_VERSION)
		return broken(c, "version", version, FDT_VERSION);
	size = fdt32_to_cpu(h.totalsize);
	if (size >= INT32_MAX || !bytes_slice(tree, 0, size, &tree))
		return broken(c, "cut off", size, (uint32_t)tree.size);
	if (fdt32_to_cpu(h.off_mem_rsvmap) < sizeof(h) || fdt32_to_cpu(h.off_mem_rsvmap) % 8)
		return broken(c, "memory reservations misplaced", fdt32_to_cpu(h.off_mem_rsvmap),
			      8);
	if (fdt32_to_cpu(h.off_dt_struct) < sizeof(h) || fdt32_to_cpu(h.off_dt_struct) % 4 ||
	    !bytes_slice(tree, fdt32_to_cpu(h.off_dt_struct), fdt32_to_cpu(h.size_dt_struct),
			 &c->structure))
		return broken(c, "structure block outside the tree", fdt32_to_cpu(h.off_dt_struct),
			      size);
	if (fdt32_to_cpu(h.off_dt_strings) < sizeof(h) ||
	    !bytes_slice(tree, fdt32_to_cpu(h.off_dt_strings), fdt32_to_cpu(h.size_dt_strings),
			 &c->strings))
		return broken(c, "strings block outside the tree", fdt32_to_cpu(h.off_dt_strings),
			      size);
	/* With this every offset into the block is a string that ends in it. */
	if (c->strings.size && c->strings.data[c->strings.size - 1])
		return broken(c, "strings block does not end with a NUL",
			      fdt32_to_cpu(h.size_dt_strings), size);
	return check_reservations(c, tree, fdt32_to_cpu(h.off_mem_rsvmap));
}

/* A property at @offset: past its tag and header, value inside, name inside. */
static int check_property(const struct checking *c, uint32_t offset, uint32_t *size)
{
	struct bytes value;
	uint32_t len, name;

	if (!read_be32(c->structure, offset, &len) ||
	    !read_be32(c->structure, (uint64_t)offset + 4, &name) ||
	    !bytes_slice(c->structure, (uint64_t)offset + 8, len, &value))
		return broken(c, "property cut off", offset, (uint32_t)c->structure.size);
	if (name >= c->strings.size || !c->strings.data[name])
		return broken(c, "property without a name", name, (uint32_t)c->strings.size);
	*size = 8 + len;
	return 0;
}

/* A node's name at @offset: ends in the block; empty for the root, and only for it. */
static int check_name(const struct checking *c, uint32_t offset, unsigned depth, uint32_t *size)
{
	const char *name = (const char *)c->structure.data + offset;
	size_t room = c->structure.size - offset;
	size_t len = strnlen(name, room);

	if (len == room)
		return broken(c, "node name cut off", offset, (uint32_t)c->structure.size);
	if (!depth != !len || memchr(name, '/', len))
		return broken(c, "node name empty, with a slash, or a root with a name", offset,
			      depth);
	*size = (uint32_t)len + 1;
	return 0;
}

static int check_structure(const struct checking *c)
{
	bool properties = false; /* may stand here: they come before a node's sub-nodes */
	bool root = false;
	unsigned depth = 0;
	uint32_t offset = 0, tag, size;

	for (; read_be32(c->structure, offset, &tag); offset += (size + 3) & ~3u) {
		offset += FDT_TAGSIZE;
		size = 0;
		switch (tag) {
		case FDT_NOP:
			break;
		case FDT_BEGIN_NODE:
			if (check_name(c, offset, depth, &size))
				return c->e->code;
			if ((root && !depth) || ++depth > FDT_DEPTH_MAX)
				return broken(c, "a second root, or nested too deep", depth,
					      FDT_DEPTH_MAX);
			root = properties = true;
			break;
		case FDT_PROP:
			if (!properties)
				return broken(c, "property outside its node", offset, depth);
			if (check_property(c, offset, &size))
				return c->e->code;
			break;
		case FDT_END_NODE:
			if (!depth)
				return broken(c, "end of no node", offset, depth);
			depth--;
			properties = false;
			break;
		case FDT_END:
			if (root && !depth)
				return 0;
			return broken(c, "ends inside a node", offset, depth);
		default:
			return broken(c, "unknown tag", tag, offset);
		}
	}
	return broken(c, "structure block cut off", offset, (uint32_t)c->structure.size);
}

int fdt_check_tree(struct bytes tree, const char *what, struct error *e)
{
	struct checking c = { .what = what, .e = e };

	if (check_header(&c, tree))
		return e->code;
	return check_structure(&c);
}
