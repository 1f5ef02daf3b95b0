/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage table: what the plan filled in goes to its home, a twin to where nobody changes it. */
#include <string.h>

#include "arch/arch.h"
#include "boot/feature/attach.h"
#include "boot/feature/stm32.h"
#include "boot/record.h"
#include "boot/stage/stage.h"

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

static void fill_registers(const struct plan_link *link)
{
	uint32_t *page = arch_pointer(link->page.base);

	features->stm32->fill(page, (uint32_t)link->end[LINK_OWNER]->table_home.base,
			      stm32_loads(link));
	arch_clean(page, (size_t)link->page.size);
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
		clear(link->page);
		clear(link_part_range(&link->part[LINK_VRING0]));
		clear(link_part_range(&link->part[LINK_VRING1]));
		if (stm32_has(link->manifest))
			fill_registers(link);
	}
}

static int place_table(struct boot *boot, struct plan_context *c, struct error *e)
{
	const struct image *image = &c->image[plan_table_image(c)].image;
	const struct range place = attach_header_place(c->manifest);
	struct attach_header header;

	(void)boot, (void)e;
	if (!c->table_home.size)
		return 0;
	write(c->table_home.base, c->table.data, c->table.size);
	/* Start-up code is to copy what is filled in. */
	if (image->table_address != c->table_home.base)
		write(image->table_address, c->table.data, c->table.size);
	if (c->table_pristine.size)
		write(c->table_pristine.base, c->table.data, c->table.size);
	if (features->attach && place.size) {
		attach_fill_header(&header, &c->table_home);
		write(place.base, &header, sizeof(header));
	}
	record(STAGE_TABLE, 0, c->table_home.base, c->table.size, "%s table", c->manifest->name);
	return 0;
}

int stage_table_early(struct boot *boot, struct error *e)
{
	clear_links(&boot->plan);
	return stage_each(boot, TABLE_EARLY, place_table, e);
}

int stage_table(struct boot *boot, struct error *e)
{
	return stage_each(boot, TABLE_LATE, place_table, e);
}
