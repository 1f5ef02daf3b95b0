/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Power is cut at every single flash operation of everything that changes the boot state or a slot,
 * and at every one of the boot that follows. The operation in progress has not begun, is done, has
 * done some of its words, whichever, or leaves a mixture. Whatever happened, the state is a whole one
 * that was written, and a whole image boots. The matrix is printed.
 */
#include "boot/feature/slots/policy.h"
#include "boot/feature/slots/update.h"
#ifndef TEST_UNIT_CARD_MODEL_H
#include "test/unit/flash_model.h"
#endif

#define IMAGE_BYTES (IMAGE - 3)	      /* its last word is not a whole one */
#define FILLS	    (2 * RECORDS + 1) /* so many records before: every way of being nearly full */
#define STATES	    16
#define NOTHING	    UINT32_MAX

/* --- images and the loader ------------------------------------------------------------------------ */

static uint8_t image_byte(unsigned id, size_t i)
{
	return (uint8_t)(i ? i * 7 + id * 31 : id);
}

static struct bytes image(unsigned id)
{
	static uint8_t data[IMAGE_BYTES];

	for (size_t i = 0; i < IMAGE_BYTES; i++)
		data[i] = image_byte(id, i);
	return (struct bytes){ data, IMAGE_BYTES };
}

static void put_image(unsigned slot, unsigned id)
{
	memcpy(world.slots.data + slot * IMAGE, image(id).data, IMAGE_BYTES);
}

static void break_image(unsigned slot)
{
	world.slots.data[slot * IMAGE + IMAGE_BYTES / 2] ^= 4;
}

/* The whole image in @slot, or NOTHING. */
static uint32_t image_in(unsigned slot)
{
	const uint8_t *data = world.slots.data + slot * IMAGE;

	for (size_t i = 0; i < IMAGE_BYTES; i++)
		if (data[i] != image_byte(data[0], i))
			return NOTHING;
	return data[0];
}

/* As the loader does it: the image that it boots. An image's number is its version, too. */
static uint32_t boot(void)
{
	struct slots_state s = get();
	unsigned order[SLOTS], count = policy_order(&s, order);

	for (unsigned i = 0; i < count; i++) {
		unsigned slot = order[i];
		uint32_t id = image_in(slot);

		if (policy_boot(&s, slot))
			put(s);
		if (id == NOTHING || id < s.minimum)
			continue;
		if (policy_found(&s, slot, id))
			put(s);
		return id;
	}
	return NOTHING;
}

static void confirm(void)
{
	struct slots_state s = get();

	if (policy_confirm(&s))
		put(s);
}

static void update(unsigned slot, unsigned id)
{
	const struct slots_place place = { &world.slots.flash, slot * IMAGE, IMAGE };

	assert_int_equal(slots_update(&world.state.flash, &place, slot, image(id)), 0);
}

/* --- what is cut off ----------------------------------------------------------------------------- */

enum {
	A,
	B,
	OLD = 1, /* images: that in A, */
	NEW,	 /* that in B, */
	NEWER	 /* and one to come */
};

static void start_fresh(void)
{
}

static void start_new_in_b(void)
{
	struct slots_state s = get();

	s.status[A] = SLOT_CONFIRMED;
	policy_written(&s, B);
	put(s);
}

static void start_booted_b(void)
{
	start_new_in_b();
	assert_int_equal(boot(), NEW);
}

static void start_last_try(void)
{
	start_new_in_b();
	for (unsigned i = 0; i < SLOTS_ATTEMPTS; i++)
		assert_int_equal(boot(), NEW);
}

static void start_a(void)
{
	struct slots_state s;

	assert_int_equal(boot(), OLD);
	confirm();
	s = get();
	s.status[B] = SLOT_CONFIRMED;
	put(s);
}

static void start_a_alone(void)
{
	assert_int_equal(boot(), OLD);
	confirm();
	break_image(B);
}

static void start_a_broken(void)
{
	start_a();
	break_image(A);
}

static void start_cut_update(void)
{
	struct slots_state s;

	start_a();
	s = get();
	assert_true(policy_write(&s, B));
	put(s);
	break_image(B);
}

static void run_boot(void)
{
	assert_int_not_equal(boot(), NOTHING);
}

static void run_update(void)
{
	update(B, NEWER);
}

/* As the loader does it when a core runs already. */
static void run_ended(void)
{
	struct slots_state s;

	assert_int_equal(boot(), OLD);
	s = get();
	if (policy_ended(&s, A))
		put(s);
}

/* As recovery does it when A was refused. */
static void run_recover(void)
{
	struct slots_state s = get();

	if (policy_release(&s, A, true))
		put(s);
	update(A, NEWER);
}

static void run_all(void)
{
	update(B, NEWER);
	assert_int_equal(boot(), NEWER);
	confirm();
}

static const struct operation {
	const char *name;
	void (*start)(void);
	void (*run)(void);
	uint32_t before, after; /* the image that boots */
} operations[] = {
	{ "first boot, no state yet", start_fresh, run_boot, OLD, OLD },
	{ "boot a new image", start_new_in_b, run_boot, NEW, NEW },
	{ "boot the old one, tries used up", start_last_try, run_boot, OLD, OLD },
	{ "boot the other, image broken", start_a_broken, run_boot, NEW, NEW },
	{ "confirm, raise the minimum", start_booted_b, confirm, NEW, NEW },
	{ "update the other slot", start_a, run_update, OLD, NEWER },
	{ "update, the other slot broken", start_a_alone, run_update, OLD, NEWER },
	{ "update once more after a cut", start_cut_update, run_update, OLD, NEWER },
	{ "update, boot and confirm", start_a, run_all, OLD, NEWER },
	{ "boot that ends, a core running", start_a, run_ended, OLD, NEW },
	{ "recover a slot that is confirmed", start_a_broken, run_recover, NEW, NEWER },
};

struct tally {
	unsigned operations, cuts, before, between, after, lost, old, new, none;
};

/* States that an uncut run has written, by the sequence numbers from first on. */
static struct {
	uint32_t first, count;
	struct slots_state state[STATES];
} written;

static void note_state(void)
{
	struct slots_state s = get();
	uint32_t i = s.sequence - written.first;

	assert_true(i < STATES);
	written.state[i] = s;
	if (i >= written.count)
		written.count = i + 1;
}

static struct world begun; /* as it was before the cut */

static void start(const struct operation *o, unsigned fill)
{
	new_world();
	put_image(A, OLD);
	put_image(B, NEW);
	for (unsigned i = 0; i < fill; i++)
		put(get());
	o->start();
	power.count = 0;
	begun = world;
}

/* Let @o run until the cut; true if it came to that. */
static bool run_cut(const struct operation *o, unsigned after, unsigned how, uint32_t random)
{
	power.left = after;
	power.tear = how;
	power.random = random;
	if (setjmp(power.end))
		return true;
	o->run();
	power.left = 0;
	return false;
}

/* The state after a cut: one that was written, not older than that before. */
static void check_state(struct tally *t)
{
	struct slots_state s;
	uint32_t i;

	slots_state_read(&world.state.flash, &s);
	i = s.sequence - written.first;
	if (i >= written.count || memcmp(&s, &written.state[i], sizeof(s)))
		t->lost++;
	else if (!i)
		t->before++;
	else
		*(i + 1 == written.count ? &t->after : &t->between) += 1;
}

/* Whoever believed half an image: it must not even be looked at. */
static void check_slots(void)
{
	struct slots_state s = get();
	unsigned order[SLOTS], count = policy_order(&s, order);

	for (unsigned i = 0; i < count; i++) {
		size_t offset = order[i] * IMAGE;

		if (memcmp(world.slots.data + offset, begun.slots.data + offset, IMAGE))
			assert_int_not_equal(image_in(order[i]), NOTHING);
	}
}

static void check_boot(const struct operation *o, struct tally *t)
{
	uint32_t id = boot();

	if (id == o->before)
		t->old++;
	else if (id == o->after)
		t->new ++;
	else
		t->none++;
}

/* A second cut, at every operation of the boot after the first. */
static void cut_the_boot(const struct operation *o, struct tally *t)
{
	static const struct operation again = { .run = run_boot };
	const struct world kept = world;

	for (unsigned at = 1; run_cut(&again, at, TEARS - 1, at); at++) {
		t->cuts++;
		check_boot(o, t);
		world = kept;
	}
	world = kept;
}

static void cut(const struct operation *o, unsigned fill, struct tally *t)
{
	unsigned total;

	start(o, fill);
	written.count = 0;
	written.first = get().sequence;
	note_state();
	/* Cut behind every operation to see every state, then let it run to its end. */
	for (unsigned at = 1;; at++) {
		start(o, fill);
		if (!run_cut(o, at, DONE, 0))
			break;
		note_state();
	}
	total = power.count;
	t->operations = total > t->operations ? total : t->operations;
	for (unsigned at = 1; at <= total; at++) {
		unsigned words = 0;

		for (unsigned how = NOT_BEGUN; how < TEARS; how++) {
			if (how < DONE && how >> words)
				continue; /* not so many in this operation */
			start(o, fill);
			assert_true(run_cut(o, at, how, at * 977 + how));
			words = how == NOT_BEGUN ? power.words : words;
			t->cuts++;
			check_state(t);
			check_slots();
			cut_the_boot(o, t);
			check_boot(o, t);
		}
	}
}

static void test_power_cuts(void **state)
{
	unsigned failed = 0;

	(void)state;
	printf("%-33s %5s %6s | %6s %7s %6s %4s | %6s %6s %4s\n", "operation", "flash", "cuts",
	       "before", "between", "after", "lost", "old", "new", "none");
	for (size_t i = 0; i < COUNT(operations); i++) {
		struct tally t = { 0 };

		for (unsigned fill = 0; fill < FILLS; fill++)
			cut(&operations[i], fill, &t);
		printf("%-33s %5u %6u | %6u %7u %6u %4u | %6u %6u %4u\n", operations[i].name,
		       t.operations, t.cuts, t.before, t.between, t.after, t.lost, t.old, t.new,
		       t.none);
		assert_true(t.cuts);
		failed += t.lost + t.none;
	}
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_power_cuts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
