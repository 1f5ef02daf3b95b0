/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores that help, as threads; what they load is a counter. */
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#include "boot/feature/helpers/helpers.c"
#include "test/unit/unit.h"

#define CORES  8
#define IMAGES 9
#define LARGE  (2 * WORTH)
#define RECORD 0x5e040000u
#define BROKEN 4 /* an image that has a wrong hash */

static const core_id_t cores[CORES] = { 0, 0x1, 0x2, 0x3, 0x100, 0x101, 0x102, 0x103 };
static const struct board_cluster clusters[] = {
	{ .name = "a", .cores = 0x3f },
	{ .name = "b", .cores = 0xc0 },
};
const struct board board = {
	.core = { cores, 0xff },
	.cluster = clusters,
	.clusters = 2,
	.record = { RECORD, 0x10000 },
};

static enum way {
	COMES,
	REFUSES,
	STAYS_AWAY, /* until it is let go */
	HANGS,	    /* in the first image that it takes */
} way[CORES];
static _Thread_local core_id_t this_core;
static _Thread_local bool has_one;
static pthread_t thread[CORES];
static unsigned started[CORES], arg[CORES];
static bool off[CORES], was_late[CORES];
static sem_t let_go;
static pthread_barrier_t all;
static bool together; /* each core loads its first when all of them have one */
static unsigned loaded[IMAGES], ours, does_not_come;
static struct boot boot;
static const struct plan_image *early_table; /* of a context that is not early itself */
static uint32_t frequency;
static uint8_t memory[0x10000] __attribute__((aligned(64)));
struct load_hand load_hand;

static struct plan_image *image(unsigned n)
{
	return &boot.plan.context[n / PLAN_IMAGES].image[n % PLAN_IMAGES];
}

static unsigned number_of(core_id_t id)
{
	unsigned n = 0;

	while (cores[n] != id)
		n++;
	return n;
}

/* ---- what of the loader is beside it ---- */

core_id_t arch_core(void)
{
	return this_core;
}

void *arch_pointer(phys_addr_t address)
{
	assert_in_range(address, RECORD, RECORD + sizeof(memory));
	return memory + (address - RECORD);
}

phys_addr_t arch_address(const void *pointer)
{
	(void)pointer;
	return 0x1000;
}

void arch_clean(const void *from, size_t size)
{
	(void)from, (void)size;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

void arch_relax(void)
{
	usleep(1);
}

uint64_t clock_ticks(void)
{
	static uint64_t ticks;

	return __atomic_add_fetch(&ticks, 1, __ATOMIC_RELAXED);
}

uint32_t clock_frequency(void)
{
	return frequency;
}

static const struct record_who *recorded_for;

void record_for(const struct record_who *who)
{
	recorded_for = who;
}

void record(enum stage stage, int result, phys_addr_t address, size_t size, const char *what, ...)
{
	(void)address, (void)size, (void)what;
	assert_int_equal(stage, STAGE_LOAD);
	does_not_come += result == E_CORE_START;
	assert_true(result || off[number_of(recorded_for->core)]);
}

void record_show_some(void)
{
	assert_int_equal(this_core, 0);
}

void helper_entry(void)
{
}

/* As arch/ARCH/helpers/entry.S does. */
static void *come(void *n)
{
	const unsigned core = *(unsigned *)n;

	this_core = cores[core];
	if (way[core] == STAYS_AWAY)
		sem_wait(&let_go);
	*seat(arg[core]) = SEAT_TAKEN;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	was_late[core] = *seat(0) != GATE_OPEN;
	if (!was_late[core])
		helper_main(arg[core]);
	*seat(arg[core]) = SEAT_LATE;
	return NULL;
}

int core_start(const struct board_cluster *cluster, core_id_t core, phys_addr_t entry, bool thumb,
	       phys_addr_t argument, struct error *e)
{
	static unsigned number[CORES];
	const unsigned n = number_of(core);

	assert_ptr_equal(cluster, clusters);
	assert_true(entry == 0x1000 && !thumb);
	if (way[n] == REFUSES)
		return error_set(e, E_CORE_START, "core %lx", core);
	number[n] = n;
	arg[n] = (unsigned)argument;
	started[n]++;
	off[n] = false;
	assert_int_equal(pthread_create(&thread[n], NULL, come, &number[n]), 0);
	return 0;
}

bool core_is_off(const struct board_cluster *cluster, core_id_t core)
{
	(void)cluster;
	return __atomic_load_n(&off[number_of(core)], __ATOMIC_ACQUIRE);
}

void core_off(void)
{
	__atomic_store_n(&off[number_of(this_core)], true, __ATOMIC_RELEASE);
	pthread_exit(NULL);
}

bool stage_loads_early(const struct plan *plan, const struct plan_context *c,
		       enum plan_image_kind kind)
{
	(void)plan;
	return c->manifest->early || &c->image[kind] == early_table;
}

static unsigned helpers_called(void)
{
	unsigned n = 0;

	for (unsigned i = 0; i < CORES; i++)
		n += started[i];
	return n;
}

int load_image(struct plan_image *i, struct load_hand *hand, struct error *e)
{
	unsigned n = 0;

	while (image(n) != i)
		n++;
	assert_int_equal(this_core == 0, !hand->quiet);
	if (together && !has_one)
		pthread_barrier_wait(&all);
	has_one = true;
	ours += !this_core;
	if (way[number_of(this_core)] == HANGS)
		sem_wait(&let_go);
	__atomic_add_fetch(&loaded[n], 1, __ATOMIC_RELAXED);
	__atomic_store_n(&hand->done, hand->done + 1, __ATOMIC_RELAXED);
	if (n == BROKEN)
		return error_set(e, E_HASH_WRONG, "image %u", n);
	return 0;
}

/* ---- tests ---- */

static const struct manifest_context is_early = { .early = true }, is_late;

static int begin(void **state)
{
	(void)state;
	memset(way, 0, sizeof(way));
	memset(started, 0, sizeof(started));
	memset(off, 0, sizeof(off));
	memset(was_late, 0, sizeof(was_late));
	memset(loaded, 0, sizeof(loaded));
	memset(&boot, 0, sizeof(boot));
	boot.in.board = &board;
	boot.plan.cores = 0xff;
	boot.plan.contexts = IMAGES / PLAN_IMAGES;
	for (unsigned i = 0; i < boot.plan.contexts; i++)
		boot.plan.context[i].manifest = &is_late;
	for (unsigned i = 0; i < IMAGES; i++) {
		image(i)->fit = (struct fit_image){ .name = "image", .data = { memory, LARGE } };
		image(i)->present = true;
	}
	early_table = NULL;
	frequency = 1000000;
	ours = does_not_come = 0;
	together = has_one = given_up = false;
	sem_init(&let_go, 0, 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	for (unsigned i = 0; i < CORES; i++)
		sem_post(&let_go);
	for (unsigned i = 0; i < CORES; i++)
		if (started[i])
			pthread_join(thread[i], NULL);
	return 0;
}

static void wait_for_all(unsigned helpers)
{
	together = true;
	pthread_barrier_init(&all, NULL, helpers + 1);
}

static int load_all(struct error *e)
{
	return helpers_feature.share(&boot, e);
}

static void assert_all_loaded_once(void)
{
	for (unsigned i = 0; i < IMAGES; i++) {
		const struct helpers_result *r = helpers_feature.result(image(i));

		assert_int_equal(loaded[i], 1);
		assert_non_null(r);
		assert_int_equal(r->error.code, i == BROKEN ? E_HASH_WRONG : 0);
	}
}

/* As many times as make another order likely; the first time each helper has to have one. */
static void each_image_is_loaded_once(void **state)
{
	for (unsigned turn = 0; turn < 100; turn++) {
		struct error e = { 0 };

		begin(state);
		if (!turn)
			wait_for_all(HELPERS);
		assert_int_equal(load_all(&e), 0);
		assert_all_loaded_once();
		assert_true(turn || ours <= IMAGES - HELPERS);
		for (unsigned i = 0; i < CORES; i++) {
			assert_int_equal(started[i], i >= 1 && i <= HELPERS);
			assert_true(!started[i] || off[i]);
		}
		assert_false(boot.started);
		end(state);
		memset(started, 0, sizeof(started));
	}
}

static void nobody_is_called_for_little(void **state)
{
	struct error e = { 0 };

	(void)state;
	for (unsigned i = 1; i < IMAGES; i++)
		image(i)->fit.data.size = WORTH - 1;
	assert_int_equal(load_all(&e), 0);
	assert_int_equal(helpers_called() + loaded[0], 0);
	assert_null(helpers_feature.result(image(0)));
	image(1)->fit.data.size = WORTH;
	assert_int_equal(load_all(&e), 0);
	assert_int_equal(helpers_called(), 1);
	assert_all_loaded_once();
}

/* Those of early contexts run, others are in another cluster, or are not there; and one refuses. */
static void only_idle_cores_are_called(void **state)
{
	struct error e = { 0 };

	(void)state;
	boot.plan.context[boot.plan.contexts++] =
		(struct plan_context){ .manifest = &is_early, .cores = 0xc };
	boot.plan.cores = 0xdf;
	way[1] = REFUSES;
	assert_int_equal(load_all(&e), 0);
	assert_int_equal(helpers_called(), 1);
	assert_int_equal(started[4], 1); /* as the first helper, whatever its number is */
	assert_int_equal(arg[4], 1);
	assert_all_loaded_once();
}

static void nobody_can_help(void **state)
{
	struct error e = { 0 };

	(void)state;
	boot.plan.cores = 0x3;
	way[1] = REFUSES;
	assert_int_equal(load_all(&e), 0);
	assert_null(helpers_feature.result(image(0)));
	assert_int_equal(ours, 0);
}

/* It costs time, and is said; when it comes, it does nothing. */
static void core_that_does_not_come(void **state)
{
	struct error e = { 0 };

	(void)state;
	frequency = 10;
	boot.plan.cores = 0x3;
	way[1] = STAYS_AWAY;
	assert_int_equal(load_all(&e), 0);
	assert_all_loaded_once();
	assert_int_equal(ours, IMAGES);
	assert_int_equal(does_not_come, 1);
	sem_post(&let_go);
	pthread_join(thread[1], NULL);
	started[1] = 0;
	assert_true(was_late[1]);
	assert_all_loaded_once();
	/* Another boot image: nobody is called, since one may still come, and the gate is closed. */
	assert_int_equal(load_all(&e), 0);
	assert_int_equal(helpers_called(), 0);
	assert_int_equal(*seat(0), 0);
}

/* While others are waited for: it is late, and has not stopped. */
static void core_that_comes_as_the_gate_closes(void **state)
{
	struct error e = { 0 };

	(void)state;
	boot.plan.cores = 0x3;
	assert_int_equal((list_all(&boot), way[1] = STAYS_AWAY, call(&board)), 1);
	set(0, 0);
	*seat(1) = SEAT_LATE;
	assert_int_equal(part(1, &e), 0);
	assert_int_equal(does_not_come, 1);
}

/* Nobody knows what it will write: no boot goes on beside it, nor another begins. */
static void core_that_hangs(void **state)
{
	struct error e = { 0 };

	(void)state;
	boot.plan.cores = 0x7;
	way[2] = HANGS;
	frequency = 100;
	wait_for_all(2);
	assert_int_equal(load_all(&e), E_CORE_START);
	assert_true(boot.started);
}

static void what_is_put_off_is_ours(void **state)
{
	struct error e = { 0 };

	(void)state;
	for (unsigned i = 0; i < IMAGES - 1; i++)
		image(i)->fit.packed.size = 1;
	assert_int_equal(load_all(&e), 0);
	assert_all_loaded_once();
	assert_true(ours >= IMAGES - 1);
}

/* Some are loaded already: whatever is of early contexts, or has a table that they need. */
static void what_is_early_is_not_loaded_again(void **state)
{
	struct error e = { 0 };

	(void)state;
	early_table = image(7);
	boot.plan.context[0].manifest = &is_early;
	boot.plan.context[1].failed = true;
	assert_int_equal(load_all(&e), 0);
	for (unsigned i = 0; i < IMAGES; i++) {
		assert_int_equal(loaded[i], i == 6 || i == 8);
		assert_int_equal(!helpers_feature.result(image(i)), !loaded[i]);
	}
}

/* Another boot image, or the same anew: nothing is left of the one before. */
static void lists_begin_anew(void **state)
{
	struct error e = { 0 };

	(void)state;
	assert_int_equal(load_all(&e), 0);
	boot.plan.contexts = 1;
	image(0)->present = image(1)->present = false;
	assert_int_equal(load_all(&e), 0);
	assert_null(helpers_feature.result(image(2)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_image_is_loaded_once),
		cmocka_unit_test_setup_teardown(nobody_is_called_for_little, begin, end),
		cmocka_unit_test_setup_teardown(only_idle_cores_are_called, begin, end),
		cmocka_unit_test_setup_teardown(nobody_can_help, begin, end),
		cmocka_unit_test_setup_teardown(core_that_does_not_come, begin, end),
		cmocka_unit_test_setup_teardown(core_that_comes_as_the_gate_closes, begin, end),
		cmocka_unit_test_setup_teardown(core_that_hangs, begin, end),
		cmocka_unit_test_setup_teardown(what_is_put_off_is_ours, begin, end),
		cmocka_unit_test_setup_teardown(what_is_early_is_not_loaded_again, begin, end),
		cmocka_unit_test_setup_teardown(lists_begin_anew, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
