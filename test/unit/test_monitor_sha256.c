/* SPDX-License-Identifier: BSD-2-Clause */
/* The monitor's hash of what lies in one piece is anybody's, whatever of the last block is full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <bearssl/bearssl_hash.h>
#include <cmocka.h>

#include "monitor/sha256.h"

#define MOST 260u

static void all_sizes(void **state)
{
	uint8_t *data = malloc(MOST);

	(void)state;
	for (size_t i = 0; i < MOST; i++)
		data[i] = (uint8_t)(i * 7 + 1);
	for (size_t size = 0; size <= MOST; size++) {
		/* At the end of a piece of the heap, which the sanitizer guards. */
		const uint8_t *from = data + MOST - size;
		uint8_t found[KEPT_HASH], right[KEPT_HASH];
		br_sha256_context hash;

		br_sha256_init(&hash);
		br_sha256_update(&hash, from, size);
		br_sha256_out(&hash, right);
		monitor_sha256((struct bytes){ from, size }, found);
		assert_memory_equal(found, right, sizeof(right));
	}
	free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_sizes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
