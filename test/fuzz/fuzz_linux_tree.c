/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a device tree, patched as for any plan: what the check takes gets written. */
#include "doorbell/kind.h"
#include "fdt/check.h"
#include "fdt/linux_tree.h"
#include "test/fuzz/fuzz.h"
#include "test/unit/tree.h"

const unsigned fuzz_parts = 1;

#define REGIONS 8
#define LINKS	13

struct plan {
	struct linux_tree tree;
	struct range memory[LINUX_MEMORIES];
	struct reserved_region reserved[REGIONS];
	struct linux_link link[LINKS];
	const char *disable[4];
};

static struct range range_of(struct bytes *input)
{
	struct range r;

	r.base = fuzz_number(input, 4) << 4 * fuzz_choice(input, 3);
	r.size = fuzz_number(input, 3) << 12;
	return r;
}

static void choose_links(struct plan *p, struct bytes *input)
{
	static const char *const peers[] = { "b", "c", "a context whose name is as long" };
	static const enum link_role roles[] = { LINK_REMOTE, LINK_SYMMETRIC, LINK_MASTER };

	p->tree.links = p->tree.reserved_count ? fuzz_choice(input, LINKS) : 0;
	for (unsigned i = 0; i < p->tree.links; i++) {
		struct linux_link *l = &p->link[i];
		unsigned region = fuzz_choice(input, p->tree.reserved_count);

		l->peer = peers[fuzz_choice(input, COUNT(peers))];
		l->role = roles[fuzz_choice(input, COUNT(roles))];
		l->vdev = fuzz_choice(input, 4);
		l->table = l->vring[0] = l->vring[1] = l->buffers = region;
		l->interrupt_cells = fuzz_choice(input, 2) ? 3 : 0;
		l->interrupt[1] = fuzz_choice(input, 256);
		l->failed = fuzz_choice(input, 4) == 1;
	}
}

static void choose(struct plan *p, struct bytes *input)
{
	static const char *const names[] = { "boot-record", "rsc-table", "vdev0vring0",
					     "vdev0buffer",
					     "a name of thirty-five characters...." };
	static const char *const paths[] = {
		"/pl061@9030000", "/soc/serial@fe000000", "/cpus",
		"/chosen",	  "/cpus/cpu@0",	  "/cpus/cpu@1"
	};
	static const uint8_t seed[5] = { 1, 2, 3, 4, 5 };
	struct linux_tree *t = &p->tree;
	unsigned has = fuzz_choice(input, 256);

	*t = (struct linux_tree){
		.memory = p->memory, .reserved = p->reserved, .link = p->link, .disable = p->disable
	};
	t->cores = (struct core_set){ tree_numbers, (uint32_t)fuzz_number(input, 1) };
	t->bootargs = has & 1 ? "console=ttyAMA0" : NULL;
	t->seed = has & 2 ? seed : NULL;
	t->seed_size = has & 2 ? sizeof(seed) : 0;
	if (has & 4)
		t->initrd = range_of(input);
	t->memories = fuzz_choice(input, 4);
	for (unsigned i = 0; i < t->memories; i++) {
		p->memory[i] = range_of(input);
		p->memory[i].size += 4096; /* no manifest has an empty one */
		p->memory[i].base = (p->memory[i].base & ~7ull) + i; /* the plan has joined them */
	}
	t->reserved_count = fuzz_choice(input, REGIONS + 1);
	for (unsigned i = 0; i < t->reserved_count; i++) {
		struct reserved_region *r = &p->reserved[i];

		snprintf(r->name, sizeof(r->name), "%s", names[fuzz_choice(input, COUNT(names))]);
		r->range = range_of(input);
		r->range.base = (r->range.base & ~7ull) + i; /* of a name each, as in a plan */
		r->kind = (enum reserved_kind)fuzz_choice(input, 3);
	}
	choose_links(p, input);
	t->disables = fuzz_choice(input, COUNT(p->disable) + 1);
	for (unsigned i = 0; i < t->disables; i++)
		p->disable[i] = paths[fuzz_choice(input, COUNT(paths))];
}

/* Write to a block of exactly @room bytes. */
static struct bytes write_tree(struct bytes source, const struct linux_tree *t, size_t room,
			       struct error *e)
{
	uint8_t *to = malloc(room + !room);

	assert_non_null(to);
	memset(e, 0, sizeof(*e));
	fuzz_check_error(linux_tree_write(to, room, source, t, e), e);
	return (struct bytes){ to, room };
}

/* Written to exactly its room: whole, and all of what was asked for. To less of it: not at all. */
static void check_room(struct bytes source, const struct linux_tree *t, size_t size, size_t less)
{
	struct error e;
	struct bytes written = write_tree(source, t, size, &e);
	uint32_t phandle;

	fuzz_check_good(e.code, &e);
	assert_int_equal(fdt_totalsize(written.data), size);
	fuzz_check_good(linux_tree_verify(written, t, &e), &e);
	assert_int_equal(tree_check_full(written), 0);
	assert_int_equal(fdt_check_tree(written, "it", &e), 0);
	assert_int_equal(fdt_find_max_phandle(written.data, &phandle), 0);
	bytes_free(written);
	bytes_free(write_tree(source, t, less, &e));
	assert_int_equal(e.code, E_FDT_FULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, part = fuzz_part(&input);
	struct bytes source = bytes_copy(part.data, part.size);
	struct error e = { 0 };
	struct plan plan;
	struct bytes written;

	memset(&plan, 0, sizeof(plan));
	choose(&plan, &input);
	if (!fdt_check_tree(source, "it", &e))
		doorbell_find_controller(source.data, &plan.tree.controller);
	e.code = 0;
	written = write_tree(source, &plan.tree, 4 * size + 0x10000, &e);
	fuzz_check_taken(e.code, &e);
	if (!e.code) {
		size_t wanted = fdt_totalsize(written.data);

		check_room(source, &plan.tree, wanted, wanted - 1);
		check_room(source, &plan.tree, wanted, fuzz_number(&input, 2) % wanted);
	}
	bytes_free(written);
	assert_memory_equal(source.data, part.data, part.size);
	bytes_free(source);
	return 0;
}
