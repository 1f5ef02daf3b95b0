/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/manifest_node.h"

enum {
	CPUS,
	MEMORY,
	TABLE,
	OPTIONAL,
	UNHASHED,
	IMAGE,
	EARLY,
	DEVICES,
	XAMP,
	K3_CARVEOUT,
	KERNEL,
	FDT,
	OVERLAYS,
	RAMDISK,
	TABLE_IMAGE,
	BOOTARGS,
	FIELDS
};
#define BIT(field)     (1u << (field))
#define WITHOUT_KERNEL (BIT(IMAGE) | BIT(EARLY) | BIT(DEVICES) | BIT(XAMP) | BIT(K3_CARVEOUT))
#define WITH_KERNEL \
	(BIT(KERNEL) | BIT(FDT) | BIT(OVERLAYS) | BIT(RAMDISK) | BIT(TABLE_IMAGE) | BIT(BOOTARGS))

#define FIELD(name, kind, member, count)                                     \
	{                                                                    \
		name, kind, count, offsetof(struct manifest_context, member) \
	}
static const struct field fields[FIELDS] = {
	[CPUS] = FIELD("cpus", FIELD_CELLS, cores, 1),
	[MEMORY] = FIELD("memory", FIELD_RANGES, memory, MANIFEST_MEMORIES),
	[TABLE] = FIELD("resource-table", FIELD_RANGE, table, 1),
	[OPTIONAL] = FIELD("optional", FIELD_FLAG, optional, 0),
	[UNHASHED] = FIELD("allow-unhashed", FIELD_FLAG, allow_unhashed, 0),
	[IMAGE] = FIELD("image", FIELD_NAME, image, 1),
	[EARLY] = FIELD("early", FIELD_FLAG, early, 0),
	[DEVICES] = FIELD("devices", FIELD_PATHS, device, MANIFEST_DEVICES),
	[XAMP] = FIELD("xamp", FIELD_RANGE, xamp, 1),
	[K3_CARVEOUT] = FIELD("k3-carveout", FIELD_RANGE, k3_carveout, 1),
	[KERNEL] = FIELD("kernel", FIELD_NAME, kernel, 1),
	[FDT] = FIELD("fdt", FIELD_NAME, fdt, 1),
	[OVERLAYS] = FIELD("overlays", FIELD_STRINGS, overlay, MANIFEST_OVERLAYS),
	[RAMDISK] = FIELD("ramdisk", FIELD_NAME, ramdisk, 1),
	[TABLE_IMAGE] = FIELD("table-image", FIELD_NAME, table_image, 1),
	[BOOTARGS] = FIELD("bootargs", FIELD_STRING, bootargs, 1),
};

/* Lists are followed by how many there are. */
#define COUNTED(list, count)                                                            \
	_Static_assert(offsetof(struct manifest_context, count) ==                      \
			       offsetof(struct manifest_context, list) +                \
				       sizeof(((struct manifest_context *)NULL)->list), \
		       "where manifest_node_read() writes it")
COUNTED(memory, memories);
COUNTED(device, devices);
COUNTED(overlay, overlays);

static int check_others(const struct manifest_reading *r, const struct manifest_context *c)
{
	for (const struct manifest_context *other = r->m->context; other < c; other++) {
		if (!strcmp(other->name, c->name) || (c->kernel[0] && other->kernel[0]))
			return manifest_error(r, E_MANIFEST_BROKEN, c->name,
					      "second of its name, or a second kernel");
		if (other->cores & c->cores)
			return error_set(r->e, E_CORE_TWICE,
					 "manifest: %s has cores 0x%x, but 0x%x are %s's", c->name,
					 (unsigned)c->cores, (unsigned)(other->cores & c->cores),
					 other->name);
	}
	return 0;
}

int manifest_context_read(const struct manifest_reading *r, int node, void *context)
{
	struct manifest_context *c = context;
	unsigned memories;
	uint32_t seen;

	if (manifest_node_read(r, node, fields, FIELDS, context, &seen))
		return r->e->code;
	if (!c->cores || !(seen & (BIT(IMAGE) | BIT(KERNEL))) ||
	    (seen & WITHOUT_KERNEL && seen & WITH_KERNEL))
		return manifest_error(r, E_MANIFEST_BROKEN, c->name,
				      "no cpus, or not what goes with either image or kernel");
	memories = c->memories;
	c->memories = 0;
	for (unsigned i = 0; i < memories; i++)
		range_list_add(c->memory, &c->memories, MANIFEST_MEMORIES, c->memory[i]);
	return check_others(r, c);
}
