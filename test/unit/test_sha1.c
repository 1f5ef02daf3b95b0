/* SPDX-License-Identifier: BSD-2-Clause */
/* The loader's SHA-1 against BearSSL's own, for every length around the ends of blocks. */
#include <bearssl/bearssl_hash.h>

#include "test/unit/unit.h"

#define br_sha1_init   loader_sha1_init
#define br_sha1_update loader_sha1_update
#define br_sha1_out    loader_sha1_out
#include "boot/sha1.c"
#undef br_sha1_init
#undef br_sha1_update
#undef br_sha1_out

static void every_length(void **state)
{
	uint8_t data[300], ours[br_sha1_SIZE], theirs[br_sha1_SIZE];

	(void)state;
	for (unsigned i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 7 + i / 64);
	for (unsigned size = 0; size <= sizeof(data); size++) {
		br_sha1_context a, b;

		loader_sha1_init(&a);
		br_sha1_init(&b);
		loader_sha1_update(&a, data, size / 3);
		loader_sha1_update(&a, data + size / 3, size - size / 3);
		br_sha1_update(&b, data, size);
		for (unsigned again = 0; again < 2; again++) { /* it can go on */
			loader_sha1_out(&a, ours);
			br_sha1_out(&b, theirs);
			assert_memory_equal(ours, theirs, sizeof(ours));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
