/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage table: what the plan filled in goes to its home, a twin to where nobody changes it. */
#include <string.h>

#include "boot/arch.h"
#include "boot/record.h"
#include "boot/stage.h"

static void write(phys_addr_t to, const void *data, size_t size)
{
	memcpy(arch_pointer(to), data, size);
	arch_clean(arch_pointer(to), size);
}

static void clear(struct range r)
{
	memset(arch_pointer(r.base), 0, (size_t)r.size);
	arch_clean(arch_pointer(r.base), (size_t)r.size);
}

/*
 * RAM may hold what an earlier boot left, and the ends of a link start in any order. What is
 * cleared is what is claimed: the rest of a fixed vring's last page may be somebody else's.
 */
static void clear_links(const struct plan *plan)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];

		if (link->failed)
			continue;
		clear(link->session);
		clear(link_part_range(&link->part[LINK_VRING0]));
		clear(link_part_range(&link->part[LINK_VRING1]));
	}
}

/*
 * By this Linux's xlnx_r5 driver finds a table: at the start of the core's first memory-region
 * (drivers/remoteproc/xlnx_r5_remoteproc.c, struct rsc_tbl_data). Its uintptr_t has 64 bits; where
 * it has 32 they are the first.
 */
struct xamp_header {
	int32_t version;
	uint32_t magic;
	uint32_t complement;
	uint32_t table_size;
	uint64_t table;
};
#define XAMP_MAGIC 0x78616d70u /* "xamp", the first letter highest */
_Static_assert(sizeof(struct xamp_header) == PLAN_XAMP_SIZE, "as it is claimed");

static void write_xamp(const struct plan_context *c)
{
	const struct xamp_header header = {
		.version = 1,
		.magic = XAMP_MAGIC,
		.complement = ~XAMP_MAGIC,
		.table_size = (uint32_t)c->table_home.size,
		.table = c->table_home.base,
	};

	write(c->manifest->xamp.base, &header, sizeof(header));
}

static int place_table(struct plan *plan, struct plan_context *c, struct error *e)
{
	const struct image *image = &c->image[plan_table_image(c)].image;

	(void)plan, (void)e;
	if (!c->table_home.size)
		return 0;
	write(c->table_home.base, c->table.data, c->table.size);
	/* Start-up code is to copy what is filled in. */
	if (image->table_address != c->table_home.base)
		write(image->table_address, c->table.data, c->table.size);
	if (c->table_pristine.size)
		write(c->table_pristine.base, c->table.data, c->table.size);
	if (c->manifest->xamp.size)
		write_xamp(c);
	record(STAGE_TABLE, 0, c->table_home.base, c->table.size, "%s table", c->manifest->name);
	return 0;
}

int stage_table_early(struct plan *plan, struct error *e)
{
	clear_links(plan);
	return stage_each(plan, TABLE_EARLY, place_table, e);
}

int stage_table(struct plan *plan, struct error *e)
{
	return stage_each(plan, TABLE_LATE, place_table, e);
}
