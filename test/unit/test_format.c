/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's vsnprintf() beside the host's: what either makes of the same format and arguments. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int loader_vsnprintf(char *restrict to, size_t room, const char *restrict format, va_list args);
int loader_snprintf(char *restrict to, size_t room, const char *restrict format, ...)
	__attribute__((format(printf, 3, 4)));

#define vsnprintf loader_vsnprintf
#define snprintf  loader_snprintf
#include "boot/format.c"
#undef vsnprintf
#undef snprintf

#include "test/unit/unit.h"

/* Whole, and cut off at each place. */
#define SAME(...)                                                                          \
	do {                                                                               \
		for (size_t room = 1; room < 64; room++) {                                 \
			char ours[64], theirs[64];                                         \
			int count = snprintf(theirs, room, __VA_ARGS__);                   \
                                                                                           \
			assert_int_equal(loader_snprintf(ours, room, __VA_ARGS__), count); \
			assert_string_equal(ours, theirs);                                 \
		}                                                                          \
	} while (0)

static const uint64_t values[] = {
	0,	     1,		  9,	     10,	 15,	     16,
	99,	     0xffff,	  0x10000,   0x7fffffff, 0x80000000, 0xffffffff,
	0x100000000, 99999999999, INT64_MAX, 1ull << 63, UINT64_MAX,
};

static void numbers_of_32_bits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		unsigned u = (unsigned)values[i];

		SAME("%u %x %d", u, u, (int)u);
		SAME("<%8u> <%-8u> <%08x>", u, u, u);
		SAME("<%2d> <%-12d> <%012d>", (int)u, (int)u, (int)u);
	}
}

static void numbers_of_64_bits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		unsigned long long u = values[i];

		SAME("%llu %llx %lld", u, u, (long long)u);
		SAME("<%9llu> <%-9llu>", u, u);
		SAME("<%08llx> <%022llx>", u, u);
	}
}

static void strings(void **state)
{
	static const char *const texts[] = { "", "a", "peerboot", "longer than a field is wide" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		SAME("100 %% %s <%-14s> <%14s>", texts[i], texts[i], texts[i]);
		SAME("<%.0s> <%.8s> <%-10.8s> <%.32s>", texts[i], texts[i], texts[i], texts[i]);
	}
}

/* A name in a resource table fills its field and has no end. */
static void strings_without_end(void **state)
{
	const char name[4] = { 'v', 'd', 'e', 'v' };

	(void)state;
	SAME("<%.4s> <%6.3s>", name, name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_32_bits),
		cmocka_unit_test(numbers_of_64_bits),
		cmocka_unit_test(strings),
		cmocka_unit_test(strings_without_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
