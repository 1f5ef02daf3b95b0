/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/explain.h"
#include "base/features.h"
#include "fdt/manifest_node.h"

#define PAGE 4096u

enum {
	CPUS,
	CLUSTER,
	MEMORY,
	TABLE,
	OPTIONAL,
	UNHASHED,
	IMAGE,
	EARLY,
	DEVICES,
	XAMP,
	K3_CARVEOUT,
	RESERVED,
	KERNEL,
	FDT,
	OVERLAYS,
	RAMDISK,
	TABLE_IMAGE,
	BOOTARGS,
	SECURE,
	CONTROLS,
	POWER,
	SLOTS,
	WATCHDOG,
	FIELDS
};
#define BIT(field) (1u << (field))
#define WITHOUT_KERNEL                                                                           \
	(BIT(IMAGE) | BIT(EARLY) | BIT(DEVICES) | BIT(XAMP) | BIT(K3_CARVEOUT) | BIT(RESERVED) | \
	 BIT(SECURE))
#define WITH_KERNEL \
	(BIT(KERNEL) | BIT(FDT) | BIT(OVERLAYS) | BIT(RAMDISK) | BIT(TABLE_IMAGE) | BIT(BOOTARGS))

#define BY_MONITOR (BIT(SECURE) | BIT(POWER) | BIT(SLOTS))

#define AT(member) offsetof(struct manifest_context, member)
#define FIELD(name, kind, member, count)                \
	{                                               \
		name, kind, count, count, AT(member), 0 \
	}
#define ONE(name, kind, member) FIELD(name, kind, member, 1)
#define FLAG(name, member)                            \
	{                                             \
		name, FIELD_FLAG, 0, 0, AT(member), 0 \
	}
#define LIST(name, kind, max, member, counted)              \
	{                                                   \
		name, kind, 1, max, AT(member), AT(counted) \
	}
static const struct field fields[FIELDS] = {
	[CPUS] = ONE("cpus", FIELD_CELLS, cores),
	[CLUSTER] = ONE("cluster", FIELD_NAME, cluster),
	[MEMORY] = LIST("memory", FIELD_RANGES, MANIFEST_MEMORIES, memory, memories),
	[TABLE] = ONE("resource-table", FIELD_RANGES, table),
	[OPTIONAL] = FLAG("optional", optional),
	[UNHASHED] = FLAG("allow-unhashed", allow_unhashed),
	[IMAGE] = ONE("image", FIELD_NAME, image),
	[EARLY] = FLAG("early", early),
	[SECURE] = FLAG("secure", secure),
	[CONTROLS] = LIST("controls", FIELD_STRINGS, MANIFEST_CONTEXTS, control, controls),
	[POWER] = FLAG("controls-power", powers),
	[SLOTS] = FLAG("controls-slots", slots),
	[WATCHDOG] = FIELD("watchdog", FIELD_CELLS, watchdog, 3),
	[DEVICES] = LIST("devices", FIELD_PATHS, MANIFEST_DEVICES, device, devices),
	[XAMP] = ONE("xamp", FIELD_RANGES, xamp),
	[K3_CARVEOUT] = ONE("k3-carveout", FIELD_RANGES, k3_carveout),
	[RESERVED] = LIST("reserved-memory", FIELD_STRINGS, MANIFEST_REGIONS, region, regions),
	[KERNEL] = ONE("kernel", FIELD_NAME, kernel),
	[FDT] = ONE("fdt", FIELD_NAME, fdt),
	[OVERLAYS] = LIST("overlays", FIELD_STRINGS, MANIFEST_OVERLAYS, overlay, overlays),
	[RAMDISK] = ONE("ramdisk", FIELD_NAME, ramdisk),
	[TABLE_IMAGE] = ONE("table-image", FIELD_NAME, table_image),
	[BOOTARGS] = ONE("bootargs", FIELD_STRINGS, bootargs),
};

static int check_others(const struct manifest_reading *r, const struct manifest_context *c)
{
	for (const struct manifest_context *other = r->m->context; other < c; other++) {
		if (!strcmp(other->name, c->name) || (c->kernel[0] && other->kernel[0]))
			return error_set(r->e, E_MANIFEST_BROKEN,
					 "second of its name or kernel, beside %s", other->name);
		/* Whether different names are different clusters, only the board knows. */
		if (features->clusters && strcmp(other->cluster, c->cluster))
			continue;
		if (other->cores & c->cores)
			return error_set(r->e, E_CORE_TWICE, "cores 0x%x, of which 0x%x are %s's",
					 (unsigned)c->cores, (unsigned)(other->cores & c->cores),
					 other->name);
	}
	return 0;
}

/* Properties for features that this loader lacks. */
static uint32_t not_in_loader(void)
{
	return (features->attach ? 0 : BIT(XAMP) | BIT(K3_CARVEOUT)) |
	       (features->monitor ? 0 : BY_MONITOR) |
	       (features->monitor || features->resets ? 0 : BIT(CONTROLS) | BIT(WATCHDOG)) |
	       (features->clusters ? 0 : BIT(CLUSTER)) | (features->regions ? 0 : BIT(RESERVED));
}

/* Of a board without a monitor no loader has what takes one. */
FEATURE_INLINE const char *kind_of(uint32_t properties)
{
	return features->resets && properties & BY_MONITOR ? "monitor's property" : "property";
}

/* What goes with the other kind of context, or with another loader. */
static int check_kind(const struct manifest_reading *r, uint32_t seen)
{
	bool kernel = seen & BIT(KERNEL);
	uint32_t wrong = seen & (kernel ? WITHOUT_KERNEL : WITH_KERNEL);

	if (!(seen & (BIT(IMAGE) | BIT(KERNEL))))
		return error_set(r->e, E_MANIFEST_BROKEN, "neither image nor kernel");
	if (wrong)
		return error_set(r->e, E_MANIFEST_BROKEN, "%s does not go with %s",
				 fields[__builtin_ctz(wrong)].name, kernel ? "kernel" : "image");
	wrong = seen & not_in_loader();
	if (wrong)
		return error_set(r->e, E_MANIFEST_BROKEN, ERROR_NOT_IN_LOADER, kind_of(wrong),
				 fields[__builtin_ctz(wrong)].name);
	return 0;
}

/* Ranges that touch are one. Of a page that is not wholly given to it, Linux takes nothing. */
static int join_memory(const struct manifest_reading *r, struct manifest_context *c)
{
	unsigned memories = c->memories;

	c->memories = 0;
	for (unsigned i = 0; i < memories; i++) {
		const struct range *m = &c->memory[i];

		if (c->kernel[0] && (m->base | m->size) % PAGE)
			return error_set(r->e, E_MANIFEST_BROKEN,
					 "memory %u not in pages of 0x1000", i);
		range_list_add(c->memory, &c->memories, MANIFEST_MEMORIES, *m);
	}
	return 0;
}

int manifest_context_read(const struct manifest_reading *r, int node, void *context)
{
	struct manifest_context *c = context;
	uint32_t seen;

	if (manifest_node_read(r, node, fields, FIELDS, context, &seen) || check_kind(r, seen) ||
	    join_memory(r, c))
		return r->e->code;
	if (seen & BIT(WATCHDOG) && !c->watchdog[0])
		return error_set(r->e, E_MANIFEST_BROKEN, "watchdog of 0 ms");
	if (!c->cores)
		return error_set_explained(r->e, E_MANIFEST_BROKEN, "no cpus",
					   ", the mask of its cores");
	return check_others(r, c);
}
