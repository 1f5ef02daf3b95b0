/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of images, the cores that take them from it, and the way of these in and out. */
#include "arch/arch.h"
#include "arch/seat.h"
#include "boot/core.h"
#include "boot/feature/helpers.h"
#include "boot/feature/helpers/helper.h"
#include "boot/feature/late_unpack.h"
#include "boot/record.h"
#include "boot/stage/load.h"
#include "boot/stage/stage.h"
#include "driver/clock.h"

#define JOBS	(MANIFEST_CONTEXTS * PLAN_IMAGES)
#define WORTH	0x10000u /* bytes of an image for which a core is called */
#define LIMIT_S 5ull	 /* seconds without a sign of life */
#define GONE	(SEAT_LEFT + 1u)

_Static_assert(sizeof(struct record_header) + RECORD_CAPACITY * sizeof(struct record_entry) <=
		       SEATS_OFFSET,
	       "seats are behind the record");

static struct job {
	struct plan_image *image;
	size_t size;
	bool only_ours; /* decoders are for one core at a time */
	bool taken;	/* atomically */
	struct helpers_result result;
} job[JOBS];
static unsigned jobs, large; /* and how many of them are worth a core's coming */
static bool given_up;	     /* a core is, and may come yet: the gate stays closed */
static uint32_t idle;	     /* cores, as a mask of the board's */

static struct helper {
	struct load_hand hand;
	struct record_who who; /* and when it came */
} helper[HELPERS];

static void list(const struct plan *plan, struct plan_context *c)
{
	for (unsigned n = 0; n < PLAN_IMAGES; n++) {
		struct job *j = &job[jobs];

		if (!c->image[n].present || stage_loads_early(plan, c, n))
			continue;
		j->image = &c->image[n];
		j->size = j->image->fit.data.size;
		j->only_ours = is_put_off(&j->image->fit);
		j->taken = false;
		j->result.error.code = 0;
		large += j->size >= WORTH;
		jobs++;
	}
}

/* What is not loaded yet, and which cores wait: of our cluster, without us and early contexts. */
static void list_all(struct boot *boot)
{
	struct plan *plan = &boot->plan;

	jobs = large = 0;
	idle = plan->cores & boot->in.board->cluster->cores & ~1u;
	for (struct plan_context *c = plan->context; c < plan->context + plan->contexts; c++)
		if (c->manifest->early)
			idle &= ~c->cores;
		else if (!c->failed)
			list(plan, c);
}

static const struct helpers_result *result(const struct plan_image *image)
{
	for (unsigned i = 0; i < jobs; i++)
		if (job[i].image == image)
			return &job[i].result;
	return NULL;
}

/* The largest that nobody has; each turn that finds another core faster leaves one less. */
static struct job *take(bool ours)
{
	struct job *largest;

	do {
		largest = NULL;
		for (struct job *j = job; j < job + jobs; j++)
			if (!__atomic_load_n(&j->taken, __ATOMIC_RELAXED) &&
			    (ours || !j->only_ours) && (!largest || j->size > largest->size))
				largest = j;
	} while (largest && __atomic_exchange_n(&largest->taken, true, __ATOMIC_ACQ_REL));
	return largest;
}

static void work(struct load_hand *hand)
{
	for (struct job *j; (j = take(!hand->quiet));) {
		__atomic_store_n(&hand->image, j->image->fit.name, __ATOMIC_RELAXED);
		load_image(j->image, hand, &j->result.error);
		j->result.by = (struct record_who){ arch_core(), clock_ticks() };
	}
}

/* Number 0 has the gate. */
static volatile uint32_t *seat(unsigned n)
{
	return arch_pointer(board.record.base + SEATS_OFFSET + n * SEAT_SIZE);
}

static void set(unsigned n, uint32_t value)
{
	*seat(n) = value;
	arch_clean((const void *)seat(n), sizeof(uint32_t));
}

static uint32_t look(unsigned n)
{
	arch_clean((const void *)seat(n), sizeof(uint32_t));
	return __atomic_load_n(seat(n), __ATOMIC_ACQUIRE);
}

void helper_main(unsigned n)
{
	struct helper *h = &helper[n - 1];

	h->who.ticks = clock_ticks();
	work(&h->hand);
	__atomic_store_n(seat(n), SEAT_LEFT, __ATOMIC_RELEASE);
	core_off();
}

/* Returns how many have been told to come; one that can't be started is none. */
static unsigned call(const struct board *b)
{
	unsigned n = 0;

	set(0, GATE_OPEN);
	for (unsigned i = 0; idle >> i && n < HELPERS && n + 1 < large; i++) {
		struct helper *h = &helper[n];
		struct error e = { 0 };

		if (!(idle >> i & 1))
			continue;
		set(n + 1, SEAT_EMPTY);
		h->hand.quiet = true;
		h->who.core = b->core.id[i];
		h->hand.image = "";
		arch_clean(h, sizeof(*h));
		n += !core_start(b->cluster, h->who.core, arch_address(helper_entry), false, n + 1,
				 &e);
	}
	return n;
}

/* Where the helper is: SEAT_…, or gone. */
static uint32_t state(unsigned n)
{
	const uint32_t s = look(n);

	return s == SEAT_LEFT && core_is_off(board.cluster, helper[n - 1].who.core) ? GONE : s;
}

/* As long as it gets on, that is loads something. */
static void wait_while(unsigned n, uint32_t is)
{
	const struct helper *h = &helper[n - 1];
	uint64_t since = clock_ticks();
	size_t before = 0, done;

	for (; state(n) == is && clock_ticks() - since < LIMIT_S * clock_frequency();
	     before = done) {
		done = __atomic_load_n(&h->hand.done, __ATOMIC_RELAXED);
		if (done != before)
			since = clock_ticks();
		arch_relax();
	}
}

/* Of @called none does anything any more, or will. */
static int part(unsigned called, struct error *e)
{
	for (unsigned n = 1; n <= called; n++)
		wait_while(n, SEAT_EMPTY);
	set(0, 0);
	for (unsigned n = 1; n <= called; n++) {
		const struct helper *h = &helper[n - 1];
		uint32_t is;

		wait_while(n, SEAT_TAKEN);
		wait_while(n, SEAT_LEFT); /* else its context's start says that it is not off */
		is = state(n);
		if (is == SEAT_TAKEN)
			return error_set(e, E_CORE_START, "core %lx hangs with %s", h->who.core,
					 h->hand.image);
		if (is <= SEAT_LATE) {
			given_up = true;
			record(STAGE_LOAD, E_CORE_START, 0, 0, "core %lx does not come",
			       h->who.core);
			continue;
		}
		record_for(&h->who);
		record(STAGE_LOAD, 0, 0, 0, "core %lx helps", h->who.core);
		record_for(NULL);
	}
	return 0;
}

static int share(struct boot *boot, struct error *e)
{
	unsigned called;

	list_all(boot);
	called = given_up ? 0 : call(boot->in.board);
	if (called)
		work(&load_hand);
	else
		jobs = 0;
	if (part(called, e))
		boot->started = true; /* it may write anywhere: no other boot image beside it */
	return e->code;
}

const struct helpers_feature helpers_feature = { share, result };
