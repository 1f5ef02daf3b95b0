/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes as manifest, board's device tree and boot image: whatever plan comes of them, all that
 * will be written must be in RAM, apart, and known to Linux. Looked at here without the claims.
 */
#include <libfdt.h>

#include "boot/feature/attach.h"
#include "boot/plan/plan.h"
#include "test/fuzz/fuzz.h"
#include "test/unit/image_model.h"
#include "test/unit/open_fit.h"
#include "test/unit/tree.h"

#define WRITES_MAX 256
#define STAGED	   0x40000

const unsigned fuzz_parts = 2;

enum {
	NOBODY = -1
};

/* What is written before Linux and others run; @what tells apart what one context writes. */
struct write {
	struct range range;
	int context; /* whose it is */
	enum {
		SEGMENT,
		TABLE_IMAGE, /* a segment of it: Linux's, but shared */
		TABLE,
		XAMP,
		RECORD,
		PRISTINE,
		RING,
		TREE
	} what;
};

struct writes {
	struct write write[WRITES_MAX];
	unsigned count;
};

static void add(struct writes *w, struct range range, int context, unsigned what)
{
	if (!range.size)
		return;
	assert_true(w->count < WRITES_MAX);
	w->write[w->count].range = range;
	w->write[w->count].context = context;
	w->write[w->count++].what = what;
}

static void collect(struct writes *w, const struct plan *plan)
{
	add(w, plan->in->board->record, NOBODY, RECORD);
	add(w, plan->fdt, plan->linux_context, TREE);
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];

		if (c->failed)
			continue;
		for (unsigned k = 0; k < PLAN_IMAGES; k++)
			for (unsigned s = 0; c->image[k].present && s < c->image[k].image.segments;
			     s++)
				add(w, c->image[k].image.segment[s].to, (int)i,
				    k == PLAN_TABLE ? TABLE_IMAGE : SEGMENT);
		add(w, c->table_home, (int)i, TABLE);
		if (c->manifest->xamp.size)
			add(w,
			    (struct range){ c->manifest->xamp.base, sizeof(struct attach_header) },
			    (int)i, XAMP);
		if (c->table_home.size)
			add(w, c->table_pristine, NOBODY, PRISTINE);
	}
	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *l = &plan->link[i];
		int owner = (int)l->manifest->end[l->manifest->table_end];

		if (l->failed)
			continue;
		add(w, l->page, owner, RING);
		add(w, l->layout.vring[0], owner, RING);
		add(w, l->layout.vring[1], owner, RING);
		add(w, l->layout.buffers, owner, RING);
	}
}

/* A table is part of a segment of its own image, pristine ones of the record's area. */
static bool may_hold(const struct write *outer, const struct write *inner)
{
	bool pair =
		((outer->what == SEGMENT || outer->what == TABLE_IMAGE) && inner->what == TABLE) ||
		(outer->what == RECORD && inner->what == PRISTINE);

	return pair && outer->context == inner->context && fuzz_holds(outer->range, inner->range);
}

static void check_apart(const struct writes *w)
{
	for (unsigned i = 0; i < w->count; i++)
		for (unsigned k = 0; k < i; k++) {
			const struct write *a = &w->write[i], *b = &w->write[k];

			if (!may_hold(a, b) && !may_hold(b, a))
				assert_false(fuzz_meet(a->range, b->range));
		}
}

static bool in_one_of(struct range r, const struct range *list, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (fuzz_holds(list[i], r))
			return true;
	return false;
}

/* The loader refuses images for 64-bit cores behind the plan; without one, all has to be below 4 GiB. */
static phys_addr_t address_end(const struct plan *plan)
{
	for (unsigned i = 0; i < plan->contexts; i++)
		for (unsigned k = 0; k < PLAN_IMAGES; k++)
			if (plan->context[i].image[k].present &&
			    plan->context[i].image[k].image.bits == 64)
				return 0x1000000000000;
	return 0x100000000;
}

static void check_in_ram(const struct plan *plan, const struct writes *w)
{
	for (unsigned i = 0; i < w->count; i++) {
		const struct range r = w->write[i].range;

		assert_true(in_one_of(r, plan->ram, plan->ram_count));
		assert_true(fuzz_holds((struct range){ 0, address_end(plan) }, r));
		for (unsigned k = 0; k < plan->in->board->claim_count; k++)
			assert_false(fuzz_meet(r, plan->in->board->claims[k].range));
		assert_false(fuzz_meet(r, (struct range){ plan->in->board->staging.base,
							  plan->staging->used }));
	}
}

/* What the manifest gives to one is written for no other. */
static void check_homes(const struct plan *plan, const struct writes *w)
{
	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct manifest_context *m = plan->context[i].manifest;

		if (plan->context[i].failed || plan->context[i].runs_linux)
			continue;
		for (unsigned n = 0; n < w->count; n++)
			for (unsigned k = 0; k < m->memories && w->write[n].context != (int)i; k++)
				assert_false(fuzz_meet(w->write[n].range, m->memory[k]));
	}
}

static bool reserved(const struct plan *plan, struct range r)
{
	while (r.size) {
		const struct range *holds = NULL;
		uint64_t step;

		for (unsigned i = 0; i < plan->tree.reserved_count; i++)
			if (fuzz_holds(plan->reserved[i].range, (struct range){ r.base, 1 }))
				holds = &plan->reserved[i].range;
		if (!holds)
			return false;
		step = range_end(*holds) - r.base;
		if (step > r.size)
			step = r.size;
		r.base += step;
		r.size -= step;
	}
	return true;
}

/* Linux is told of what is another's, and of nothing that is its own. */
static void check_linux(const struct plan *plan, const struct writes *w)
{
	const struct range room = plan->context[plan->linux_context].image[PLAN_MAIN].image.room;

	for (unsigned i = 0; i < w->count; i++) {
		const struct write *write = &w->write[i];
		bool own = write->context == plan->linux_context &&
			   (write->what == SEGMENT || write->what == TREE);

		assert_false(fuzz_meet(write->range, room));
		if (!own)
			assert_true(reserved(plan, write->range));
		for (unsigned k = 0; own && k < plan->tree.reserved_count; k++)
			assert_false(fuzz_meet(write->range, plan->reserved[k].range));
	}
	for (unsigned k = 0; k < plan->tree.reserved_count; k++)
		for (unsigned i = 0; i < k; i++)
			assert_false(fuzz_meet(plan->reserved[i].range, plan->reserved[k].range));
}

/* The tree that was planned gets written, and is a tree. */
static void check_tree(const struct plan *plan)
{
	size_t size = (size_t)plan->fdt.size;
	uint8_t *to = malloc(size + !size);
	struct error e = { 0 };

	assert_non_null(to);
	fuzz_check_good(linux_tree_write(to, size, plan->fdt_source, &plan->tree, &e), &e);
	/* Less than planned once a context has failed later. */
	assert_in_range(fdt_totalsize(to), 1, size);
	size = fdt_totalsize(to);
	fuzz_check_good(linux_tree_verify((struct bytes){ to, size }, &plan->tree, &e), &e);
	assert_int_equal(tree_check_full((struct bytes){ to, size }), 0);
	free(to);
}

static void check_contexts(const struct plan *plan)
{
	uint32_t cores = 0;

	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];

		assert_true(!c->failed == !c->error.code);
		assert_true(!c->failed || c->manifest->optional);
		if (c->failed)
			continue;
		assert_false(cores & c->cores);
		cores |= c->cores;
		assert_int_equal(c->cores & ~(plan->in->board->core.mask), 0);
		assert_true(c->cores >> c->core & 1);
		assert_true(!c->runs_linux || !c->core);
		assert_image_sound(&c->image[PLAN_MAIN].image);
	}
}

__attribute__((format(printf, 1, 2))) static void check_line(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	assert_in_range(vsnprintf(NULL, 0, format, args), 0, 255);
	va_end(args);
}

static bool linux_runs(const struct plan *plan)
{
	return plan->linux_context >= 0 && !plan->context[plan->linux_context].failed;
}

static void check_plan(const struct plan *plan)
{
	struct writes w = { .count = 0 };

	collect(&w, plan);
	check_contexts(plan);
	check_in_ram(plan, &w);
	check_apart(&w);
	check_homes(plan, &w);
	if (linux_runs(plan)) {
		check_linux(plan, &w);
		check_tree(plan);
	} else {
		assert_int_equal(plan->fdt.size, 0);
	}
	plan_print(plan, check_line);
}

/* Later one optional context after the other turns out to be broken, in its hash say. */
static void fail_all(struct plan *plan)
{
	const struct error why = { .code = E_HASH_WRONG, .text = "it" };

	for (unsigned i = 0; i < plan->contexts; i++) {
		const struct plan_context *c = &plan->context[i];
		struct range before = plan->fdt;
		struct error e = { 0 };

		if (c->failed || !c->manifest->optional)
			continue;
		fuzz_check_good(plan_fail_context(plan, &plan->context[i], &why, &e), &e);
		assert_true(plan->fdt.size <= before.size); /* its claim is as it was */
		check_plan(plan);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, part = fuzz_part(&input), manifest, tree, slot;
	struct plan *plan = calloc(1, sizeof(*plan));
	struct plan_input in = { .board = &board };
	struct staging staging = { malloc(STAGED), STAGED, 0, 0 };
	struct error e = { 0 };

	assert_non_null(plan);
	assert_non_null(staging.data);
	manifest = bytes_copy(part.data, part.size);
	part = fuzz_part(&input);
	in.board_fdt = tree = bytes_copy(part.data, part.size);
	slot = bytes_copy(input.data, input.size);
	if (!open_fit(&in.fit, slot, &e) && !manifest_read(&in.manifest, manifest, &e)) {
		fuzz_check_error(plan_make(plan, &in, &staging, &e), &e);
		if (!e.code) {
			check_plan(plan);
			fail_all(plan);
		}
	}
	fuzz_check_taken(e.code, &e);
	bytes_free(manifest);
	bytes_free(tree);
	bytes_free(slot);
	free(staging.data);
	free(plan);
	return 0;
}
