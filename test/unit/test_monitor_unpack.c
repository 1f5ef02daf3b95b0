/* SPDX-License-Identifier: BSD-2-Clause */
/* What LZ4 packs the monitor unpacks, and of what is broken it makes nothing outside its room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "monitor/monitor.h"
#include "test/unit/unit.h"

static const struct {
	const char *name, *content;
} files[] = {
	{ "large.lz4", "large" },	 { "large-linked.lz4", "large" },
	{ "large-blocks.lz4", "large" }, { "large-bare.lz4", "large" },
	{ "small.lz4", "small" },	 { "small-sized.lz4", "small" },
	{ "random.lz4", "random" },
};

static struct bytes fixture(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), FIXTURES "/compressed/%s", name);
	return bytes_load(path);
}

/* To a piece of the heap of just that size, which the sanitizer guards. */
static bool makes(struct bytes from, size_t size, const uint8_t *content)
{
	uint8_t *to = malloc(size), *copy = malloc(from.size);
	bool made;

	memcpy(copy, from.data, from.size);
	made = monitor_unpack((struct bytes){ copy, from.size }, to, size) &&
	       !memcmp(to, content, size);
	free(to);
	free(copy);
	return made;
}

static void all_kinds(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct bytes from = fixture(files[i].name), content = fixture(files[i].content);

		assert_true(makes(from, content.size, content.data));
		assert_false(makes(from, content.size - 1, content.data));
		bytes_free(from);
		bytes_free(content);
	}
}

static void cut_off(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct bytes from = fixture(files[i].name), content = fixture(files[i].content);
		size_t step = from.size / 50 + 1;

		for (size_t size = 0; size < from.size - 8; size += step)
			assert_false(makes((struct bytes){ from.data, size }, content.size,
					   content.data));
		bytes_free(from);
		bytes_free(content);
	}
}

/* Whatever it makes of it, the sanitizer says where. */
static void one_byte_wrong(void **state)
{
	struct bytes from = fixture("small.lz4"), content = fixture("small");
	uint8_t *bad = malloc(from.size);

	(void)state;
	for (size_t i = 0; i < from.size; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			memcpy(bad, from.data, from.size);
			bad[i] ^= (uint8_t)(1u << bit);
			makes((struct bytes){ bad, from.size }, content.size, content.data);
		}
	free(bad);
	bytes_free(from);
	bytes_free(content);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_kinds),
		cmocka_unit_test(cut_off),
		cmocka_unit_test(one_byte_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
