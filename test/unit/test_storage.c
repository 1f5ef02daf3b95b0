/* SPDX-License-Identifier: BSD-2-Clause */
/* Boot images in storage that isn't memory-mapped: whoever looks at them past the window faults. */
#include <sys/mman.h>
#undef MAP_SHARED /* boot/board.h has another */

#include "boot/image/known.h"
#include "boot/storage.h"
#include "test/unit/features.h"
#include "test/unit/plan_scene.h"

#define OFFSET 0x1000u /* of the boot image in the storage */

static struct {
	struct bytes image;
	struct bytes window;
	unsigned reads, fail_at; /* that one; 0: none */
	bool missing;
} card;

static int card_read(const struct storage *s, uint64_t offset, void *to, size_t size,
		     struct error *e)
{
	assert_string_equal(s->name, "card");
	card.reads++;
	if (card.missing)
		return error_set(e, E_STORAGE_MISSING, "card: nobody there");
	if (card.reads == card.fail_at)
		return error_set(e, E_STORAGE_READ, "card: 0x%llx", (unsigned long long)offset);
	assert_in_range(offset, OFFSET, OFFSET + card.image.size - size);
	memcpy(to, card.image.data + offset - OFFSET, size);
	return 0;
}

static const struct storage storage = { "card", card_read, NULL };

static struct bytes put_on_card(struct bytes fit)
{
	struct bytes slot;

	card.image = fit;
	card.reads = 0;
	storage_open(&storage, card.window);
	assert_true(bytes_slice(&card.window, OFFSET, fit.size, &slot));
	return slot;
}

static int set_up(void **state)
{
	void *nothing =
		mmap(NULL, OFFSET + MAKE_SLOT, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)state;
	memset(&card, 0, sizeof(card));
	if (nothing == MAP_FAILED)
		return -1;
	card.window = (struct bytes){ nothing, OFFSET + MAKE_SLOT };
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bytes_window = NULL;
	return munmap((void *)(uintptr_t)card.window.data, card.window.size);
}

static struct scene *scene_on_card(void)
{
	struct scene *s = scene_new();

	s->place = put_on_card;
	return s;
}

/* All that is planned but staging, which has the boot image's tree and more. */
static void assert_same_plan(const struct scene *a, const struct scene *b)
{
	unsigned n = 0;

	for (unsigned i = 0; i < a->plan->claims.count; i++) {
		const struct claim *c = &a->plan->claims.claim[i], *d;

		if (!strcmp(c->what, "staging"))
			continue;
		d = &b->plan->claims.claim[n++];
		if (!strcmp(d->what, "staging"))
			d = &b->plan->claims.claim[n++];
		assert_string_equal(c->owner, d->owner);
		assert_string_equal(c->what, d->what);
		assert_memory_equal(&c->range, &d->range, sizeof(c->range));
	}
	for (unsigned i = 0; i < a->contexts; i++) {
		const struct plan_context *c = &a->plan->context[i], *d = &b->plan->context[i];

		assert_int_equal(c->failed, d->failed);
		assert_int_equal(c->table_home.size, d->table_home.size);
		if (c->table_home.size)
			assert_memory_equal(c->table_data, d->table_data, c->table.size);
	}
}

static bool is_staged(const struct scene *s, struct bytes data)
{
	return data.data >= s->staging.data && data.data < s->staging.data + s->staging.used;
}

static void plan_is_the_same(void **state)
{
	struct scene *mapped = scene_good(scene_new()), *s = scene_good(scene_on_card());

	(void)state;
	assert_same_plan(mapped, s);
	assert_true(is_staged(s, s->in.fit.tree));
	/* Images move when they are loaded, and not before. */
	for (unsigned i = 0; i < s->contexts; i++)
		assert_true(bytes_are_in_window(&s->plan->context[i].image[PLAN_MAIN].fit.data));
	assert_range(scene_claim(s, "loader staging")->range, STAGING, s->staging.used);
	scene_free(s);
	scene_free(mapped);
}

/* What is compressed lies at the end of staging only as long as it is unpacked. */
static void compressed_images_and_trees(void **state)
{
	struct scene *mapped = scene_new(), *s = scene_on_card();

	(void)state;
	for (unsigned i = 0; i < 5; i++)
		s->image[i].gzip = mapped->image[i].gzip = true;
	s->context[LINUX].fdt = mapped->context[LINUX].fdt = "tree";
	s->context[LINUX].overlay = mapped->context[LINUX].overlay = "overlay";
	s->fit_tree = mapped->fit_tree = true;
	scene_good(mapped);
	scene_good(s);
	assert_same_plan(mapped, s);
	assert_true(is_staged(s, s->plan->fdt_source));
	for (unsigned i = 0; i < s->contexts; i++)
		assert_true(is_staged(s, s->plan->context[i].image[PLAN_MAIN].fit.data));
	scene_free(s);
	scene_free(mapped);
}

/* A card may answer otherwise the second time. What is covered is no question here. */
static void what_is_signed_is_read_once(void **state)
{
	struct scene *s = scene_good(scene_on_card());

	(void)state;
	test_features.signature = NULL;
	s->in.fit.verified = true;
	assert_int_equal(plan_make(s->plan, &s->in, &s->staging, &s->e), 0);
	for (unsigned i = 0; i < s->contexts; i++)
		assert_true(is_staged(s, s->plan->context[i].image[PLAN_MAIN].fit.data));
	for (unsigned i = 0; i < s->contexts; i++)
		for (unsigned k = 0; k < s->plan->context[i].image[PLAN_MAIN].image.segments; k++)
			assert_true(is_staged(
				s, s->plan->context[i].image[PLAN_MAIN].image.segment[k].from));
	scene_free(s);
}

/* It is planned once more from the tree of the boot image, which is still there. */
static void plan_in_two_rounds(void **state)
{
	struct scene *mapped = scene_new(), *s = scene_on_card();

	(void)state;
	s->context[C].optional = mapped->context[C].optional = true;
	s->elf[C].entry = mapped->elf[C].entry = 4096;
	scene_good(mapped);
	scene_good(s);
	assert_true(s->plan->context[C].failed);
	assert_same_plan(mapped, s);
	scene_free(s);
	scene_free(mapped);
}

static unsigned count_reads(void)
{
	struct scene *s = scene_good(scene_on_card());
	unsigned reads = card.reads;

	scene_free(s);
	return reads;
}

/*
 * Whatever a parser makes of bytes that it does not get, a good plan never comes of it, and what is
 * reported is the read.
 */
static void each_read_may_fail(void **state)
{
	unsigned reads = count_reads();

	(void)state;
	assert_in_range(reads, 20, 2000);
	for (unsigned i = 1; i <= reads; i++) {
		struct scene *s = scene_on_card();

		card.fail_at = i;
		scene_plan(s);
		assert_int_equal(storage_failed(&s->e), E_STORAGE_READ);
		assert_non_null(strstr(s->e.text, "card: 0x"));
		assert_int_equal(card.reads, i); /* nobody has gone on */
		scene_free(s);
	}
}

/* Reads of an optional context's image fail that one alone. */
static void optional_contexts_fail_alone(void **state)
{
	unsigned reads = count_reads(), alone = 0;

	(void)state;
	for (unsigned i = 1; i <= reads; i++) {
		struct scene *s = scene_on_card();

		s->context[C].optional = true;
		card.fail_at = i;
		if (!scene_plan(s) && !storage_failed(&s->e)) {
			const struct plan_context *c = &s->plan->context[C];

			assert_true(c->failed);
			assert_int_equal(c->error.code, E_STORAGE_READ);
			alone++;
		}
		scene_free(s);
	}
	assert_in_range(alone, 5, reads - 5);
}

static void nobody_there(void **state)
{
	struct scene *s = scene_on_card();

	(void)state;
	card.missing = true;
	scene_plan(s);
	assert_int_equal(storage_failed(&s->e), E_STORAGE_MISSING);
	assert_int_equal(card.reads, 1);
	/* It is no error of what is read next. */
	assert_int_equal(storage_failed(&(struct error){ 0 }), 0);
	scene_free(s);
}

static void trees_that_do_not_fit(void **state)
{
	struct scene *s = scene_on_card();

	(void)state;
	s->board.staging.size = 0x100;
	assert_int_equal(scene_plan(s), 1);
	assert_int_equal(s->e.code, E_STAGING_FULL);
	scene_free(s);
}

/* Each read may cost a block. */
static void a_beginning_is_read_at_once(void **state)
{
	static const char text[] = "setenv bootargs console=ttyAMA0; bootm 0x42000000";
	const struct bytes image = { (const uint8_t *)text, sizeof(text) };

	(void)state;
	assert_string_equal(known_find(put_on_card(image))->name, "text");
	assert_int_equal(card.reads, 2); /* its magic, then its characters */
}

/* The functions for bytes do in the window what they do in memory. */
static void bytes_in_the_window(void **state)
{
	static const uint8_t data[] = { 0, 0, 0, 1, 2, 3 };
	struct bytes all = put_on_card((struct bytes){ data, sizeof(data) }), part;
	uint8_t copy[sizeof(data)];
	uint32_t word;

	(void)state;
	assert_true(bytes_are_in_window(&all));
	assert_false(bytes_are_in_window(&(struct bytes){ data, sizeof(data) }));
	assert_true(bytes_read(&all, 0, copy, sizeof(copy)));
	assert_memory_equal(copy, data, sizeof(data));
	assert_false(bytes_read(&all, 1, copy, sizeof(copy)));
	assert_true(bytes_read_le32(&all, 2, &word));
	assert_int_equal(word, 0x03020100);
	assert_true(bytes_slice(&all, 0, 3, &part));
	assert_true(bytes_are(part, 0));
	assert_false(bytes_are(all, 0));
	card.missing = true;
	assert_false(bytes_read(&all, 0, copy, 1));
	assert_int_equal(storage_failed(&(struct error){ 0 }), E_STORAGE_MISSING);
}

/* What is looked at byte by byte is not read so: a card takes a command for each piece. */
static void erased_by_blocks(void **state)
{
	static uint8_t data[3 * STORAGE_BLOCK + 1];
	struct bytes all = put_on_card((struct bytes){ data, sizeof(data) });

	(void)state;
	memset(data, 0xff, sizeof(data));
	assert_true(bytes_are(all, 0xff));
	assert_in_range(card.reads, 1, 4);
	card.fail_at = card.reads + 2;
	assert_false(bytes_are(all, 0xff));
	assert_int_equal(storage_failed(&(struct error){ 0 }), E_STORAGE_READ);
	data[sizeof(data) - 1] = 0xfe;
	assert_false(bytes_are(all, 0xff));
	data[0] = 0;
	card.reads = 0;
	assert_false(bytes_are(all, 0xff));
	assert_int_equal(card.reads, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(plan_is_the_same, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_beginning_is_read_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(compressed_images_and_trees, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_signed_is_read_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(plan_in_two_rounds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_read_may_fail, set_up, tear_down),
		cmocka_unit_test_setup_teardown(optional_contexts_fail_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_there, set_up, tear_down),
		cmocka_unit_test_setup_teardown(trees_that_do_not_fit, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bytes_in_the_window, set_up, tear_down),
		cmocka_unit_test_setup_teardown(erased_by_blocks, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
