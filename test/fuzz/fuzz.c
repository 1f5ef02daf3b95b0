/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/fuzz/fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Without a test around it cmocka would exit quietly: a failed assertion is to leave a trace. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	return setenv("CMOCKA_TEST_ABORT", "1", 1);
}

struct bytes fuzz_part(struct bytes *input)
{
	uint64_t size = fuzz_number(input, 4);
	struct bytes part = { input->data, size < input->size ? (size_t)size : input->size };

	input->data += part.size;
	input->size -= part.size;
	return part;
}

uint64_t fuzz_number(struct bytes *input, unsigned size)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < size && input->size; i++, input->data++, input->size--)
		value |= (uint64_t)*input->data << 8 * i;
	return value;
}

unsigned fuzz_choice(struct bytes *input, unsigned count)
{
	return (unsigned)fuzz_number(input, 1) % count;
}

bool fuzz_meet(struct range a, struct range b)
{
	return a.size && b.size && a.base <= b.base + (b.size - 1) &&
	       b.base <= a.base + (a.size - 1);
}

bool fuzz_holds(struct range outer, struct range inner)
{
	return inner.base >= outer.base && inner.base + inner.size <= outer.base + outer.size;
}

void fuzz_check_error(int code, const struct error *e)
{
	assert_int_equal(code, e->code);
	assert_true(code <= 0);
	assert_true(!code == !e->text[0]);
	assert_true(memchr(e->text, 0, sizeof(e->text)) != NULL);
}

void fuzz_check_taken(int code, const struct error *e)
{
	if (getenv("FUZZ_SEEDS"))
		fuzz_check_good(code, e);
	fuzz_check_error(code, e);
}

void fuzz_check_good(int code, const struct error *e)
{
	if (code)
		fail_msg("%s: %s", error_name(code), e->text);
}
