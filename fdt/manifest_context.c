/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/manifest_node.h"

struct source {
	struct manifest_context c;
	struct bytes memory, devices;
};

#define FIELD(name, kind, member)                           \
	{                                                   \
		name, kind, offsetof(struct source, member) \
	}
static const struct field fields[] = {
	FIELD("cpus", FIELD_CELL, c.cores),
	FIELD("memory", FIELD_RAW, memory),
	FIELD("image", FIELD_NAME, c.image),
	FIELD("kernel", FIELD_NAME, c.kernel),
	FIELD("fdt", FIELD_NAME, c.fdt),
	FIELD("ramdisk", FIELD_NAME, c.ramdisk),
	FIELD("bootargs", FIELD_STRING, c.bootargs),
	FIELD("devices", FIELD_RAW, devices),
	FIELD("resource-table", FIELD_RANGE, c.table),
	FIELD("early", FIELD_FLAG, c.early),
	FIELD("optional", FIELD_FLAG, c.optional),
	FIELD("allow-unhashed", FIELD_FLAG, c.allow_unhashed),
};

static int read_memory(const struct manifest_reading *r, struct source *s)
{
	struct manifest_context *c = &s->c;
	size_t step = 4 * (r->cells.address + r->cells.size);

	if (s->memory.size > MANIFEST_MEMORIES * step)
		return manifest_error(r, E_TOO_MANY, c->name, "more than 4 ranges of memory");
	for (; c->memories * step < s->memory.size; c->memories++)
		if (!range_get(s->memory, r->cells, c->memories, &c->memory[c->memories]) ||
		    !c->memory[c->memories].size)
			return manifest_error(r, E_MANIFEST_BROKEN, c->name,
					      "memory: a range is cut off, empty or wraps");
	return 0;
}

static int read_devices(const struct manifest_reading *r, struct source *s)
{
	struct manifest_context *c = &s->c;
	unsigned count = 0;

	for (size_t i = 0; i < s->devices.size; i++)
		count += !s->devices.data[i];
	if (count > MANIFEST_DEVICES)
		return manifest_error(r, E_TOO_MANY, c->name, "more than 8 devices");
	if (s->devices.data && (!count || !strings_get(s->devices, c->device, count)))
		return manifest_error(r, E_MANIFEST_BROKEN, c->name,
				      "devices: not a list of strings");
	for (; c->devices < count; c->devices++)
		if (c->device[c->devices][0] != '/')
			return manifest_error(r, E_MANIFEST_BROKEN, c->name, "devices: not a path");
	return 0;
}

static int check_context(const struct manifest_reading *r, const struct manifest_context *c)
{
	bool kernel = c->kernel[0];
	const char *why = NULL;

	if (!c->cores)
		why = "no cpus";
	else if (kernel == !!c->image[0])
		why = "wanted: an image or a kernel";
	else if (!kernel && (c->fdt[0] || c->ramdisk[0] || c->bootargs))
		why = "fdt, ramdisk and bootargs go with a kernel";
	else if (kernel && (c->early || c->devices))
		why = "early and devices do not go with a kernel";
	if (why)
		return manifest_error(r, E_MANIFEST_BROKEN, c->name, why);

	for (unsigned i = 0; i < r->m->contexts; i++) {
		const struct manifest_context *other = &r->m->context[i];

		if (!strcmp(other->name, c->name))
			return manifest_error(r, E_MANIFEST_BROKEN, c->name, "context named twice");
		if (kernel && other->kernel[0])
			return manifest_error(r, E_MANIFEST_BROKEN, c->name, "a second kernel");
		if (other->cores & c->cores)
			return error_set(r->e, E_CORE_TWICE,
					 "manifest: cores 0x%x are in %s (0x%x) and in %s (0x%x)",
					 (unsigned)(other->cores & c->cores), other->name,
					 (unsigned)other->cores, c->name, (unsigned)c->cores);
	}
	return 0;
}

int manifest_contexts_read(const struct manifest_reading *r, int parent)
{
	struct manifest *m = r->m;
	int node;

	fdt_for_each_subnode(node, r->fdt, parent) {
		struct source s = { 0 };
		int len;
		const char *name = fdt_get_name(r->fdt, node, &len);

		if (len >= MANIFEST_NAME)
			return manifest_error(r, E_MANIFEST_BROKEN, name, "name too long");
		memcpy(s.c.name, name, (size_t)len);
		if (m->contexts == MANIFEST_CONTEXTS)
			return manifest_error(r, E_TOO_MANY, name, "more than 8 contexts");
		if (manifest_node_read(r, node, fields, sizeof(fields) / sizeof(fields[0]), &s) ||
		    read_memory(r, &s) || read_devices(r, &s) || check_context(r, &s.c))
			return r->e->code;
		if (fdt_first_subnode(r->fdt, node) >= 0)
			return manifest_error(r, E_MANIFEST_BROKEN, name, "has a sub-node");
		m->context[m->contexts++] = s.c;
	}
	return m->contexts ? 0 : manifest_error(r, E_MANIFEST_BROKEN, "contexts", "none");
}
