/* SPDX-License-Identifier: BSD-2-Clause */
/* peerboot map: a plan, even one that does not hold, becomes boxes. */
#include <string.h>

#include "arch/arch.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/machine.h"
#include "tools/peerboot/map.h"
#include "tools/peerboot/plan_view.h"

static const struct map_owner nobody = { { -1, -1 } };

static struct map_region *add_region(struct map *map, struct range range, const char *title)
{
	struct map_region *region = &map->region[map->regions++];

	region->range = range;
	region->title = title;
	return region;
}

/* NULL if there is no room: a picture of so much says nothing any more. */
static struct map_box *add_box(struct map_region *region, struct range range, const char *name,
			       struct map_owner owner, int parent)
{
	struct map_box *box = &region->box[region->boxes];

	if (region->boxes == MAP_BOXES || !range.size)
		return NULL;
	region->boxes++;
	box->range = range;
	snprintf(box->name, sizeof(box->name), "%s", name);
	box->owner = owner;
	box->parent = parent;
	if (parent >= 0)
		region->box[parent].parts = true;
	return box;
}

/*
 * --- flash: the loader, the slots, and the boot image with what is in it ------------------------
 */

static void add_images(struct map_region *flash, const struct plan *plan, int parent)
{
	for (unsigned i = 0; i < plan->contexts; i++)
		for (unsigned k = 0; k < PLAN_IMAGES; k++) {
			const struct plan_image *image = &plan->context[i].image[k];
			struct range range = { arch_address(image->fit.data.data),
					       image->fit.data.size };

			if (image->present && range_contains(&flash->range, &range))
				add_box(flash, range, image->image.name,
					(struct map_owner){ { (int)i, -1 } }, parent);
		}
}

static void add_flash(struct map *map)
{
	const struct board *board = map->plan->in->board;
	struct map_region *flash = add_region(map, board->flash, "flash");
	struct range first = { board->flash.base, board->slot[0].base - board->flash.base };
	struct range fit = { board->slot[0].base, map->plan->in->fit.size };

	add_box(flash, first, "loader", nobody, -1);
	add_box(flash, board->slot[0], "slot A", nobody, -1);
	if (fit.size) {
		add_box(flash, fit, "boot image", nobody, (int)flash->boxes - 1);
		add_images(flash, map->plan, (int)flash->boxes - 1);
	}
	add_box(flash, board->slot[1], "slot B", nobody, -1);
}

/*
 * --- RAM: the claims ----------------------------------------------------------------------------
 */

static struct map_owner owner_of(const struct plan *plan, const struct claim *c)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct manifest_link *m = plan->link[i].manifest;

		if (c->owner == m->name)
			return (struct map_owner){ { (int)m->end[0], (int)m->end[1] } };
	}
	return (struct map_owner){ { c->context, -1 } };
}

/* What there is to know of a claim besides its size. */
static void write_note(struct map_box *box, const struct plan *plan, const struct claim *c)
{
	const struct plan_context *context = c->context < 0 ? NULL : &plan->context[c->context];
	bool own = context && c->owner == context->manifest->name && !c->holds;

	if (c->phases == CLAIM_LOADING)
		snprintf(box->note, sizeof(box->note), ", while loading");
	else if (c->phases == CLAIM_RUNNING)
		snprintf(box->note, sizeof(box->note), ", at start");
	else if (own && context->image[PLAN_MAIN].image.segments &&
		 range_contains(&c->range,
				&(struct range){ context->image[PLAN_MAIN].image.entry, 1 }))
		snprintf(box->note, sizeof(box->note), ", core %lx enters", context->id);
	else if (own && context->table_home.size && range_contains(&c->range, &context->table_home))
		snprintf(box->note, sizeof(box->note), ", resource table");
}

static void add_claim(struct map_region *region, const struct plan *plan, unsigned n,
		      int box_of[CLAIMS_MAX])
{
	const struct claim *c = &plan->claims.claim[n];
	char name[64];
	struct map_box *box;

	claim_name(c, name, sizeof(name));
	box = add_box(region, c->range, name, owner_of(plan, c),
		      c->parent < 0 ? -1 : box_of[c->parent]);
	if (!box)
		return;
	box_of[n] = (int)(box - region->box);
	write_note(box, plan, c);
	box->bad = plan_claim_is_bad(plan, n);
}

/*
 * A claim goes to the region that holds all of it, else to the last, which is for what is outside.
 */
static unsigned region_of(const struct plan *plan, struct range range)
{
	unsigned i = 0;

	while (i < plan->ram_count && !range_contains(&plan->ram[i], &range))
		i++;
	return i;
}

/* What the tree keeps outside RAM is not drawn. */
static bool is_drawn(const struct plan *plan, const struct claim *c)
{
	return !c->foreign || region_of(plan, c->range) < plan->ram_count;
}

/* Where claims are that are not in RAM: all of them, from the first to the last. */
static struct range outside_ram(const struct plan *plan)
{
	struct range all = { 0, 0 };

	for (unsigned i = 0; i < plan->claims.count; i++) {
		struct range r = plan->claims.claim[i].range;
		phys_addr_t end = range_end(all);

		if (region_of(plan, r) < plan->ram_count || !is_drawn(plan, &plan->claims.claim[i]))
			continue;
		if (!all.size) {
			all = r;
			continue;
		}
		if (range_end(r) > end)
			end = range_end(r);
		if (r.base < all.base)
			all.base = r.base;
		all.size = end - all.base;
	}
	return all;
}

const char *map_gap_use(const struct plan *plan, struct range gap)
{
	const struct manifest_context *m;

	if (plan->linux_context < 0 || plan->context[plan->linux_context].failed)
		return "unused";
	m = plan->context[plan->linux_context].manifest;
	/* Linux has what it is given, or all RAM. */
	if (range_in_any(m->memory, m->memories, &gap))
		return "free for Linux";
	return m->memories || region_of(plan, gap) == plan->ram_count ? "unused" : "free for Linux";
}

static void add_ram(struct map *map)
{
	const struct plan *plan = map->plan;
	struct map_region *ram[PLAN_RAM + 1];
	struct range outside = outside_ram(plan);
	int box_of[CLAIMS_MAX];

	for (unsigned i = 0; i < plan->ram_count; i++)
		ram[i] = add_region(map, plan->ram[i], "RAM");
	if (outside.size) {
		ram[plan->ram_count] = add_region(map, outside, "outside RAM");
		ram[plan->ram_count]->bad = true;
	}
	for (unsigned i = 0; i < plan->claims.count; i++)
		if (is_drawn(plan, &plan->claims.claim[i]))
			add_claim(ram[region_of(plan, plan->claims.claim[i].range)], plan, i,
				  box_of);
}

static struct range common(struct range a, struct range b)
{
	phys_addr_t start = a.base > b.base ? a.base : b.base;
	phys_addr_t end = range_end(a) < range_end(b) ? range_end(a) : range_end(b);

	return (struct range){ start, end - start };
}

static const struct map_box *find_box(const struct map *map, const struct claim *c,
				      const struct map_region **region)
{
	char name[64];

	claim_name(c, name, sizeof(name));
	for (unsigned i = 1; i < map->regions; i++)
		for (unsigned k = 0; k < map->region[i].boxes; k++) {
			const struct map_box *box = &map->region[i].box[k];

			if (box->range.base != c->range.base || strcmp(box->name, name))
				continue;
			*region = &map->region[i];
			return box;
		}
	return NULL;
}

/* Two that may not meet, and it is not what they lie in that does not already. */
static bool clash_of_its_own(const struct claims *claims, unsigned i, unsigned j)
{
	int parent_i = claims->claim[i].parent, parent_j = claims->claim[j].parent;

	if (claims_compatible(claims, i, j))
		return false;
	if (parent_i >= 0 && parent_i != (int)j &&
	    !claims_compatible(claims, (unsigned)parent_i, j))
		return false;
	return parent_j < 0 || parent_j == (int)i ||
	       claims_compatible(claims, i < (unsigned)parent_j ? i : (unsigned)parent_j,
				 i < (unsigned)parent_j ? (unsigned)parent_j : i);
}

static void add_clashes(struct map *map)
{
	const struct claims *claims = &map->plan->claims;

	for (unsigned j = 0; j < claims->count; j++)
		for (unsigned i = 0; i < j; i++) {
			const struct map_region *region[2] = { NULL, NULL };
			struct map_clash *clash = &map->clash[map->clashes];

			if (!clash_of_its_own(claims, i, j) || map->clashes == MAP_CLASHES)
				continue;
			clash->box[0] = find_box(map, &claims->claim[i], &region[0]);
			clash->box[1] = find_box(map, &claims->claim[j], &region[1]);
			clash->range = common(claims->claim[i].range, claims->claim[j].range);
			clash->region = region[0];
			/* one in RAM, the other partly outside: the error says it */
			if (clash->box[0] && clash->box[1] && region[0] == region[1])
				map->clashes++;
		}
}

static void add_verdict(struct map *map, const char *file, const struct error *e)
{
	const struct plan *plan = map->plan;
	const char *slash = strrchr(file, '/');
	size_t used;

	snprintf(map->title, sizeof(map->title), "%s on %s", slash ? slash + 1 : file,
		 plan->in->board->name);
	map->refused = e->code;
	if (e->code) {
		snprintf(map->verdict, sizeof(map->verdict), "refused: %s (%d) in %s: %s",
			 error_name(e->code), e->code, stage_name(e->stage), e->text);
		return;
	}
	snprintf(map->verdict, sizeof(map->verdict), "accepted: the board boots it");
	for (unsigned i = 0; i < plan->contexts; i++) {
		used = strlen(map->verdict);
		if (plan->context[i].failed)
			snprintf(map->verdict + used, sizeof(map->verdict) - used, ", without %s",
				 plan->context[i].manifest->name);
	}
}

/* Lines for what clusters see: each that a context is in, if the board has several. */
static void add_views(struct map *map)
{
	const struct board *board = map->plan->in->board;

	for (unsigned i = 0; board->clusters > 1 && i < board->clusters; i++)
		map->views += map_cluster_is_used(map->plan, &board->cluster[i]);
}

static enum status map(const struct options *o)
{
	static struct boot boot;
	static struct error e;
	static struct map map;
	const struct machine_console console = { 0 };
	enum status status = machine_boot(o, &console, &boot, &e);
	FILE *to;

	if (status == STATUS_USAGE)
		return status;
	if (!boot.plan.claims.count) {
		fprintf(stderr, "peerboot: %s: nothing is planned yet, so there is no map\n",
			o->file);
		return status;
	}
	map.plan = &boot.plan;
	add_verdict(&map, o->file, &e);
	add_flash(&map);
	add_ram(&map);
	add_clashes(&map);
	add_views(&map);
	map_layout(&map);
	to = file_create(o->output);
	map_write_svg(to, &map);
	file_close(to, o->output);
	return status;
}

const struct command map_command = {
	.name = "map",
	.operand = "IMAGE",
	.letters = "bcfkLmow",
	.summary = "Draw the memory map as SVG, with what overlaps marked",
	.run = map,
};
