/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tree keeps for somebody is a claim of the board's, in whatever way the tree says it; but not
 * what the manifest gives to a context.
 */
#include "test/unit/plan_scene.h"
#include "test/unit/tree.h"

#define VRING0	(SHARED_B + LINK_MEMORY)
#define BUFFERS (VRING0 + 0x6000)

struct region {
	const char *name; /* NULL: an entry of /memreserve/ */
	struct range range[2];
	bool no_map;
	bool referred; /* has a phandle */
	const char *status;
	int node; /* its offset in the finished source */
};

static void add_ranges(void *fdt, int node, const struct range *range)
{
	for (unsigned i = 0; i < 2 && range[i].size; i++) {
		fdt_appendprop_u64(fdt, node, "reg", range[i].base);
		fdt_appendprop_u64(fdt, node, "reg", range[i].size);
	}
}

/* The board's tree with these regions, the last one first. */
static struct bytes tree_with(const struct scene *s, struct region *region, unsigned count)
{
	struct bytes tree = make_board_tree(s->cores, s->ram);
	void *fdt = malloc(tree.size + TREE_ROOM);
	int parent;

	assert_non_null(fdt);
	assert_int_equal(fdt_open_into(tree.data, fdt, (int)tree.size + TREE_ROOM), 0);
	bytes_free(tree);
	for (unsigned i = 0; i < count; i++)
		if (!region[i].name)
			fdt_add_mem_rsv(fdt, region[i].range[0].base, region[i].range[0].size);
	parent = fdt_add_subnode(fdt, 0, "reserved-memory");
	assert_int_equal(fdt_setprop_u32(fdt, parent, "#address-cells", 2), 0);
	assert_int_equal(fdt_setprop_u32(fdt, parent, "#size-cells", 2), 0);
	assert_int_equal(fdt_setprop(fdt, parent, "ranges", "", 0), 0);
	for (unsigned i = 0; i < count; i++) {
		int node = region[i].name ? fdt_add_subnode(fdt, parent, region[i].name) : 0;

		if (!region[i].name)
			continue;
		assert_true(node > 0);
		add_ranges(fdt, node, region[i].range);
		if (region[i].no_map)
			fdt_setprop(fdt, node, "no-map", "", 0);
		if (region[i].referred)
			fdt_setprop_u32(fdt, node, "phandle", 0x700 + i);
		if (region[i].status)
			fdt_setprop(fdt, node, "status", region[i].status,
				    (int)strlen(region[i].status) + 1);
	}
	tree = tree_close(fdt);
	for (unsigned i = 0; i < count; i++)
		if (region[i].name)
			region[i].node = fdt_subnode_offset(
				tree.data, fdt_path_offset(tree.data, "/reserved-memory"),
				region[i].name);
	free(fdt);
	return tree;
}

static int plan_with(struct scene *s, struct region *region, unsigned count)
{
	s->tree_data = tree_with(s, region, count);
	return scene_plan(s);
}

static void assert_says(const struct scene *s, const char *words)
{
	if (!strstr(s->e.text, words))
		fail_msg("'%s' is not in: %s", words, s->e.text);
}

/* --- claims -------------------------------------------------------------------------------------- */

static const struct {
	const char *owner; /* of what lies there */
	struct range range;
} places[] = {
	{ "linux kernel", { KERNEL, 0x200000 } },
	{ "linux decompressed", { RAM + MIB, 0x1000 } },
	{ "linux ramdisk", { INITRD, 0x1000 } },
	{ "linux device tree", { TREE, 0x1000 } },
	{ "b memory 0", { MEMORY_B, 0x200000 } },
	{ "c memory 0", { MEMORY_B + MIB, 0x400000 } }, /* over b's end, too */
	{ "b memory 1", { SHARED_B, 0x1000 } },
	{ "linux-b memory", { BUFFERS, 0x40000 } },
	{ "loader memory", { LOADER, 0x1000 } },
	{ "loader staging", { STAGING, 0x1000 } },
	{ "loader boot record", { RECORD, 0x10000 } },
};

static struct scene *scene_staged(void)
{
	struct scene *s = scene_new();

	s->image[3].gzip = true; /* so staging is used */
	return s;
}

static void whatever_lies_there(void **state)
{
	(void)state;
	for (unsigned i = 0; i < COUNT(places); i++)
		for (unsigned kind = 0; kind < 4; kind++) {
			char name[40], words[64];
			struct region r = { .range = { places[i].range }, .no_map = kind & 1 };
			struct scene *s = scene_staged();

			snprintf(name, sizeof(name), kind < 2 ? "optee@%llx" : "memreserve@%llx",
				 (unsigned long long)r.range[0].base);
			r.name = kind < 2 ? name : NULL;
			if (kind == 3) { /* one of several ranges */
				r.name = "optee@50000000";
				r.range[1] = r.range[0];
				r.range[0] = (struct range){ 0x50000000, 0x1000 };
			}
			assert_int_equal(plan_with(s, &r, 1), E_OVERLAP);
			snprintf(words, sizeof(words), "board %s 0x%llx..0x%llx",
				 kind == 3 ? r.name : name,
				 (unsigned long long)places[i].range.base,
				 (unsigned long long)range_end(places[i].range));
			assert_says(s, words);
			if (!strstr(s->e.text, places[i].owner))
				assert_says(s, i == 5 ? "b memory 0" : places[i].owner);
			scene_free(s);
		}
}

static void listed_where_nobody_is(void **state)
{
	struct region regions[] = {
		{ .name = "optee@50000000", .range = { { 0x50000000, 0x2000 } } },
		{ .range = { { 0x50100800, 0x1000 } } },
	};
	struct scene *s = scene_new();
	const struct claim *c;

	(void)state;
	if (plan_with(s, regions, COUNT(regions)))
		fail_msg("%s", s->e.text);
	c = scene_claim(s, "board optee@50000000");
	assert_non_null(c);
	assert_range(c->range, 0x50000000, 0x2000);
	assert_int_equal(c->phases, CLAIM_ALWAYS);
	/* Linux is kept from whole pages. */
	c = scene_claim(s, "board memreserve@50100000");
	assert_non_null(c);
	assert_range(c->range, 0x50100000, 0x2000);
	scene_free(s);
}

/* Linux takes no notice, or it is between the tree and Linux. */
static void no_error(void **state)
{
	struct region regions[] = {
		{ .name = "disabled@5c000000",
		  .range = { { MEMORY_B, MIB } },
		  .status = "disabled" },
		{ .name = "nowhere" },
		{ .name = "sram@10000000", .range = { { 0x10000000, 0x1000 } } },
		{ .name = "outer@50000000", .range = { { 0x50000000, 0x4000 } }, .no_map = true },
		{ .name = "inner@50001000", .range = { { 0x50001000, 0x1000 } } },
		{ .range = { { 0x50000000, 0x4000 } } },
		{ .range = { { 0x50003000, 0x4000 } } },
		/* the board's tree, which lies there while loading */
		{ .range = { { RAM, 0x1000 } } },
	};
	struct scene *s = scene_new();

	(void)state;
	if (plan_with(s, regions, COUNT(regions)))
		fail_msg("%s", s->e.text);
	assert_null(scene_claim(s, "board disabled@5c000000"));
	assert_non_null(scene_claim(s, "board sram@10000000"));
	scene_free(s);
}

/* Who may fail does, and the others go on. */
static void an_optional_context_yields(void **state)
{
	struct region r = { .name = "secure@5c000000", .range = { { MEMORY_B, MIB } } };
	struct scene *s = scene_new();

	(void)state;
	s->context[B].optional = true;
	assert_int_equal(plan_with(s, &r, 1), 0);
	assert_true(s->plan->context[B].failed);
	assert_int_equal(s->plan->context[B].error.code, E_OVERLAP);
	assert_false(s->plan->context[C].failed);
	scene_free(s);
}

static void without_linux_too(void **state)
{
	struct region r = { .name = "secure@5c000000", .range = { { MEMORY_B, MIB } } };
	struct scene *s = scene_new();

	(void)state;
	s->context[LINUX] = s->context[B];
	s->elf[LINUX] = s->elf[B];
	s->elf[LINUX].table.vdevs = 0;
	s->contexts = 1;
	s->links = 0;
	assert_int_equal(plan_with(s, &r, 1), E_OVERLAP);
	assert_says(s, "board secure@5c000000");
	assert_says(s, "b memory 0");
	scene_free(s);
}

/* It is the tree that Linux's is made from that counts. */
static void the_boot_images_tree_counts(void **state)
{
	struct region r = { .name = "secure@5c000000", .range = { { MEMORY_B, MIB } } };
	struct scene *s = scene_new();

	(void)state;
	s->context[LINUX].fdt = "tree";
	s->fit_tree = true;
	s->fit_tree_data = tree_with(s, &r, 1);
	assert_int_equal(scene_plan(s), E_OVERLAP);
	assert_says(s, "board secure@5c000000");
	scene_free(s);

	s = scene_new();
	s->context[LINUX].fdt = "tree";
	s->fit_tree = true;
	assert_int_equal(plan_with(s, &r, 1), 0);
	scene_free(s);
}

static void what_an_earlier_boot_left(void **state)
{
	struct region r = { .range = { { MEMORY_B, 0 } } };
	struct scene *s = scene_new();

	(void)state;
	s->tree_data = tree_with(s, &r, 0);
	r.range[0].size = s->tree_data.size + 16; /* with the entry */
	bytes_free(s->tree_data);
	assert_int_equal(plan_with(s, &r, 1), 0);
	assert_int_equal(s->tree.size, r.range[0].size);
	scene_free(s);
}

static void too_many(void **state)
{
	struct region regions[130];
	char names[130][24];
	struct scene *s = scene_new();

	(void)state;
	memset(regions, 0, sizeof(regions));
	for (unsigned i = 0; i < COUNT(regions); i++) {
		snprintf(names[i], sizeof(names[i]), "r@%x", 0x50000000 + i * 0x2000);
		regions[i].name = names[i];
		regions[i].range[0] = (struct range){ 0x50000000 + i * 0x2000, 0x1000 };
	}
	assert_int_equal(plan_with(s, regions, COUNT(regions)), E_TOO_MANY);
	assert_says(s, "128");
	scene_free(s);
}

/* --- a context's --------------------------------------------------------------------------------- */

static void refused_with(struct region *r, const char *name, int code, const char *words)
{
	const struct range c = { MEMORY_C, 2 * MIB };
	struct scene *s = scene_new();

	s->context[B].region = name;
	assert_int_equal(plan_with(s, r, 1), code);
	assert_says(s, words);
	scene_free(s);

	/* What nobody has taken is the tree's, and here in nobody's way, or else in c's. */
	s = scene_new();
	s->context[B].region = name;
	s->context[B].optional = true;
	assert_int_equal(plan_with(s, r, 1), range_overlaps(&r->range[0], &c) ? E_OVERLAP : 0);
	assert_int_equal(s->plan->context[B].error.code, code);
	scene_free(s);
}

static const struct reserved_region *at(const struct scene *s, phys_addr_t base)
{
	const struct plan *p = s->plan;

	for (unsigned i = 0; i < p->tree.reserved_count; i++)
		if (p->reserved[i].range.base == base)
			return &p->reserved[i];
	fail_msg("no region at 0x%llx", (unsigned long long)base);
	return NULL;
}

static struct scene *scene_taken(struct region *r, const char *name)
{
	struct scene *s = scene_new();

	s->context[B].region = name;
	if (plan_with(s, r, 1))
		fail_msg("%s", s->e.text);
	for (unsigned i = 0; i < s->plan->claims.count; i++)
		assert_false(s->plan->claims.claim[i].foreign &&
			     strcmp(s->plan->claims.claim[i].what, "device tree"));
	return s;
}

/* The same range as one of ours: that takes its place, whatever it was called. */
static void the_same_range_is_replaced(void **state)
{
	(void)state;
	for (unsigned no_map = 0; no_map < 2; no_map++) {
		struct region r = { .name = "rpu0vdev0buffer@5d046000",
				    .range = { { BUFFERS, 0x40000 } },
				    .no_map = no_map };
		struct scene *s = scene_taken(&r, r.name);
		const struct reserved_region *ours = at(s, BUFFERS);

		assert_string_equal(ours->name, "vdev0buffer");
		assert_int_equal(ours->kind, RESERVED_POOL);
		assert_int_equal(ours->instead, r.node);
		assert_int_equal(at(s, VRING0)->instead, 0);
		scene_free(s);
	}
}

/* What drivers know by a range of its own stays, and ours go round it. */
static void another_range_stays(void **state)
{
	(void)state;
	for (unsigned no_map = 0; no_map < 2; no_map++) {
		struct region r = { .name = "secure@5c080000",
				    .range = { { MEMORY_B + 0x80000, 0x1800 } },
				    .no_map = no_map,
				    .referred = true };
		struct scene *s = scene_taken(&r, r.name);
		const struct reserved_region *kept = at(s, MEMORY_B + 0x80000);

		/* without no-map Linux would use it: so ours of just that range */
		assert_int_equal(kept->kind, no_map ? RESERVED_KEPT : RESERVED_PLAIN);
		assert_string_equal(kept->name, no_map ? r.name : "b");
		assert_int_equal(kept->instead, r.node);
		assert_range(kept->range, MEMORY_B + 0x80000, 0x2000);
		assert_range(at(s, MEMORY_B)->range, MEMORY_B, 0x80000);
		assert_range(at(s, MEMORY_B + 0x82000)->range, MEMORY_B + 0x82000, 0x17e000);
		scene_free(s);
	}
}

/* Of what nobody refers to, ours take the place, whatever ours there are. */
static void the_unknown_goes(void **state)
{
	static const struct range ranges[] = {
		{ MEMORY_B, 2 * MIB },
		{ MEMORY_B + 0x80000, 0x1800 },
		{ VRING0, 0x4000 }, /* both vrings' */
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(ranges); i++) {
		struct region r = { .name = "rproc@5c000000", .range = { ranges[i] } };
		struct scene *s = scene_taken(&r, r.name);

		assert_range(at(s, MEMORY_B)->range, MEMORY_B, 2 * MIB);
		for (unsigned k = 0; k < s->plan->tree.reserved_count; k++)
			assert_int_not_equal(s->plan->reserved[k].kind, RESERVED_KEPT);
		scene_free(s);
	}
}

/* All of a context's memory, of which drivers know. */
static void all_of_a_memory(void **state)
{
	(void)state;
	for (unsigned no_map = 0; no_map < 2; no_map++) {
		struct region r = { .name = "rproc@5c000000",
				    .range = { { MEMORY_B, 2 * MIB } },
				    .no_map = no_map,
				    .referred = true };
		struct scene *s = scene_taken(&r, r.name);

		assert_range(at(s, MEMORY_B)->range, MEMORY_B, 2 * MIB);
		assert_int_equal(at(s, MEMORY_B)->instead, r.node);
		assert_int_equal(at(s, MEMORY_B)->kind, no_map ? RESERVED_KEPT : RESERVED_PLAIN);
		scene_free(s);
	}
}

/* Two nodes of one range that drivers know can't both be ours. */
static void twice_the_same_range(void **state)
{
	struct region r[2] = {
		{ .name = "one@5d046000", .range = { { BUFFERS, 0x40000 } }, .no_map = true },
		{ .name = "two@5d046000", .range = { { BUFFERS, 0x40000 } }, .no_map = true },
	};

	(void)state;
	for (unsigned referred = 0; referred < 2; referred++) {
		struct scene *s = scene_new();

		r[0].referred = r[1].referred = referred;
		s->context[B].region = r[0].name;
		assert_int_equal(plan_with(s, r, 2), E_OVERLAP); /* two@ is nobody's */
		assert_says(s, "board two@5d046000 0x5d046000");
		scene_free(s);
	}
}

static void an_entry_is_taken(void **state)
{
	struct region r = { .range = { { MEMORY_B, 2 * MIB } } };
	struct scene *s = scene_taken(&r, "memreserve@5c000000");

	(void)state;
	assert_range(at(s, MEMORY_B)->range, MEMORY_B, 2 * MIB);
	assert_int_equal(at(s, MEMORY_B)->instead, 0);
	scene_free(s);
}

/* Linux knows a node by its first range alone, so none of ours can stand for several. */
static void several_ranges_are_taken(void **state)
{
	struct region r = { .name = "two@5d086000",
			    .range = { { BUFFERS + 0x40000, 0x1000 }, { MEMORY_B, 0x1000 } },
			    .no_map = true,
			    .referred = true };
	struct scene *s = scene_taken(&r, r.name);

	(void)state;
	assert_int_equal(at(s, BUFFERS + 0x40000)->kind, RESERVED_KEPT);
	assert_int_equal(at(s, MEMORY_B)->kind, RESERVED_KEPT);
	assert_range(at(s, MEMORY_B + 0x1000)->range, MEMORY_B + 0x1000, 2 * MIB - 0x1000);
	scene_free(s);

	r.range[0] = (struct range){ BUFFERS, 0x40000 };
	s = scene_new();
	s->context[B].region = r.name;
	assert_int_equal(plan_with(s, &r, 1), E_OVERLAP);
	assert_says(s, "two@5d086000 region 0x5d046000");
	assert_says(s, "vdev0buffer region");
	scene_free(s);

	r.no_map = false; /* Linux would use it */
	s = scene_new();
	s->context[B].region = r.name;
	assert_int_equal(plan_with(s, &r, 1), E_OVERLAP);
	assert_says(s, "board two@5d086000 0x5d0");
	assert_says(s, "no-map");
	scene_free(s);
}

/* If its context is out, it is the tree's as before. */
static void given_back_by_who_fails(void **state)
{
	struct region r = { .name = "rpu0vdev0buffer@5d046000", .range = { { BUFFERS, 0x40000 } } };
	const struct error why = { .code = E_HASH_WRONG };
	struct scene *s = scene_new();

	(void)state;
	s->context[B].region = r.name;
	s->context[B].optional = true;
	assert_int_equal(plan_with(s, &r, 1), 0);
	assert_int_equal(plan_fail_context(s->plan, &s->plan->context[B], &why, &s->e), 0);
	for (unsigned i = 0; i < s->plan->tree.reserved_count; i++)
		assert_int_equal(s->plan->reserved[i].instead, 0);
	scene_free(s);
}

/* By its very name and range it is ours, though the manifest does not say so. */
static void known_by_its_very_name(void **state)
{
	static const struct {
		const char *name;
		struct range range;
	} own[] = {
		{ "vdev0buffer@5d046000", { BUFFERS, 0x40000 } },
		{ "vdev0vring0@5d040000", { VRING0, 0x3000 } },
		{ "rsc-table@5d000000", { SHARED_B, 0x1000 } },
		{ "b@5c000000", { MEMORY_B, 2 * MIB } },
		{ "boot-record@5e040000", { RECORD, 0x10000 } },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(own); i++) {
		struct region r = { .name = own[i].name, .range = { own[i].range } };
		struct scene *s = scene_taken(&r, NULL);

		assert_range(at(s, own[i].range.base)->range, own[i].range.base, own[i].range.size);
		scene_free(s);

		/* but not if it is longer */
		r.range[0].size += 0x1000;
		s = scene_new();
		assert_int_equal(plan_with(s, &r, 1), E_OVERLAP);
		assert_says(s, own[i].name);
		scene_free(s);

		/* nor under another's name */
		r.range[0] = own[i].range;
		r.name = "optee@5d046000";
		s = scene_new();
		assert_int_equal(plan_with(s, &r, 1), E_OVERLAP);
		assert_says(s, "board optee@5d046000");
		scene_free(s);
	}
}

/*
 * Of a link that fails later the owner, which goes on, has its memory: what the tree of a running system
 * has there stays, and the rest goes round it.
 */
static void of_a_link_that_fails_later(void **state)
{
	struct region regions[] = {
		{ .name = "vdev0vring0@5d140000",
		  .range = { { SHARED_C + LINK_MEMORY, 0x3000 } },
		  .no_map = true,
		  .referred = true },
		{ .name = "vdev0buffer@5d146000",
		  .range = { { SHARED_C + LINK_MEMORY + 0x6000, 0x40000 } },
		  .no_map = true,
		  .referred = true },
	};
	const struct error why = { .code = E_HASH_WRONG };
	struct scene *s = scene_new();
	uint8_t *to = malloc(MIB);

	(void)state;
	assert_non_null(to);
	s->context[B].optional = true;
	s->links = 1;
	s->link[0] = scene_link("b-c", "c", SHARED_C, 0);
	s->link[0].end[0] = "b";
	memset(s->link[0].doorbell, 0, sizeof(s->link[0].doorbell));
	s->elf[B].table.references = 1;
	if (plan_with(s, regions, COUNT(regions)))
		fail_msg("%s", s->e.text);
	assert_int_equal(at(s, regions[0].range[0].base)->instead, regions[0].node);
	assert_int_equal(plan_fail_context(s->plan, &s->plan->context[B], &why, &s->e), 0);
	for (unsigned i = 0; i < COUNT(regions); i++) {
		const struct reserved_region *kept = at(s, regions[i].range[0].base);

		assert_int_equal(kept->kind, RESERVED_KEPT);
		assert_int_equal(kept->instead, regions[i].node);
	}
	assert_range(at(s, SHARED_C + LINK_MEMORY + 0x3000)->range, SHARED_C + LINK_MEMORY + 0x3000,
		     0x3000);
	if (linux_tree_write(to, MIB, s->plan->fdt_source, &s->plan->tree, &s->e))
		fail_msg("%s", s->e.text);
	free(to);
	scene_free(s);
}

static void refused(void **state)
{
	struct region outside = { .name = "far@50000000", .range = { { 0x50000000, 0x1000 } } };
	struct region leaves = { .name = "long@5c100000",
				 .range = { { MEMORY_B + MIB, 2 * MIB } } };
	struct region others = { .name = "c@5c200000", .range = { { MEMORY_C, 0x1000 } } };
	struct region across = { .name = "rings@5d040000",
				 .range = { { VRING0, 0x4000 } },
				 .no_map = true,
				 .referred = true };

	(void)state;
	refused_with(&outside, "far@50000000", E_OUTSIDE_MEMORY, "board far@50000000 0x50000000");
	refused_with(&outside, "far@50000000", E_OUTSIDE_MEMORY, "memory of b");
	refused_with(&leaves, "long@5c100000", E_OUTSIDE_MEMORY, "board long@5c100000 0x5c100000");
	refused_with(&others, "c@5c200000", E_OUTSIDE_MEMORY, "board c@5c200000");
	refused_with(&across, "rings@5d040000", E_OVERLAP, "vdev0vring0");
	refused_with(&across, "rings@5d040000", E_OVERLAP, "rings@5d040000 region 0x5d040000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_lies_there),
		cmocka_unit_test(listed_where_nobody_is),
		cmocka_unit_test(no_error),
		cmocka_unit_test(an_optional_context_yields),
		cmocka_unit_test(without_linux_too),
		cmocka_unit_test(the_boot_images_tree_counts),
		cmocka_unit_test(what_an_earlier_boot_left),
		cmocka_unit_test(too_many),
		cmocka_unit_test(the_same_range_is_replaced),
		cmocka_unit_test(another_range_stays),
		cmocka_unit_test(the_unknown_goes),
		cmocka_unit_test(all_of_a_memory),
		cmocka_unit_test(twice_the_same_range),
		cmocka_unit_test(an_entry_is_taken),
		cmocka_unit_test(several_ranges_are_taken),
		cmocka_unit_test(given_back_by_who_fails),
		cmocka_unit_test(known_by_its_very_name),
		cmocka_unit_test(of_a_link_that_fails_later),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
