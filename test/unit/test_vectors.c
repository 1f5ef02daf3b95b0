/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the code at 0 leads each exception of each core, by a model of the instructions in it. */
#include "arch/armv7-r/vectors.h"
#include "test/unit/unit.h"

struct core {
	uint32_t pc, r0;
	uint32_t thread; /* TPIDRPRW */
	uint32_t mpidr;
	bool equal; /* the Z flag */
};

/* ldr<eq|ne> rN, [pc, #offset] */
static void load(struct core *c, const uint32_t *word, uint32_t i)
{
	const uint32_t value = word[(c->pc + 8 + (i & 0xfff)) / 4];

	if (c->equal != (i >> 28 == 0))
		c->pc += 4;
	else if ((i >> 12 & 0xf) == 15)
		c->pc = value;
	else
		c->r0 = value, c->pc += 4;
}

static void step(struct core *c, const uint32_t *word)
{
	const uint32_t i = word[c->pc / 4];

	if ((i & 0x0fff0000) == 0x059f0000) {
		load(c, word, i);
		return;
	}
	if (i >> 24 == 0xea) {
		c->pc += 8 + (i & 0xffffff) * 4; /* forward */
		return;
	}
	if (i == 0xee0d0f90)
		c->thread = c->r0;
	else if (i == 0xee1d0f90)
		c->r0 = c->thread;
	else if (i == 0xee100fb0)
		c->r0 = c->mpidr;
	else if (i == 0xe3100001)
		c->equal = !(c->r0 & 1);
	else
		fail_msg("%08x at %x", (unsigned)i, (unsigned)c->pc);
	c->pc += 4;
}

static struct core run(const uint32_t *word, uint32_t vector, uint32_t core)
{
	struct core c = { vector * 4, 0x1234, 0, 0xc0000100 | core, false };

	while (c.pc / 4 < VECTORS_END)
		step(&c, word);
	return c;
}

static void each_exception_goes_to_its_cores_image(void **state)
{
	static const uint32_t entry[] = { 0x2c000000, 0x2c200000 };
	uint32_t word[VECTORS_WORDS];

	(void)state;
	vectors_fill(word);
	for (unsigned core = 0; core < VECTORS_CORES; core++)
		vectors_lead(word, core, entry[core], false, 77 + core);
	for (uint32_t core = 0; core < VECTORS_CORES; core++)
		for (uint32_t n = 0; n < VECTORS; n++) {
			struct core c = run(word, n, core);

			assert_int_equal(c.pc, entry[core] + n * 4);
			assert_int_equal(c.r0, n ? 0x1234 : 77 + core);
		}
}

/* In Thumb state there are no vectors at an entry: the core stays where it can be seen. */
static void thumb_has_no_exceptions(void **state)
{
	uint32_t word[VECTORS_WORDS];

	(void)state;
	vectors_fill(word);
	vectors_lead(word, 1, 0x2c200000, true, 0);
	assert_int_equal(run(word, 0, 1).pc, 0x2c200001);
	assert_int_equal(run(word, 4, 1).pc, VECTORS_END * 4);
	assert_int_equal(word[VECTORS_END], 0xeafffffe);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_exception_goes_to_its_cores_image),
		cmocka_unit_test(thumb_has_no_exceptions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
