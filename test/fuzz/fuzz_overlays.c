/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a tree and two overlays: what comes of them is a tree, in the room that there is. */
#include "boot/feature/overlays.h"
#include "test/fuzz/fuzz.h"
#include "test/unit/tree.h"

#define ROOM   0x10000
#define CANARY 64

const unsigned fuzz_parts = 3;

static struct bytes copy_part(struct bytes *input)
{
	struct bytes part = fuzz_part(input);

	return bytes_copy(part.data, part.size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, merged;
	struct bytes base = copy_part(&input), first = copy_part(&input),
		     second = copy_part(&input);
	const struct overlay overlay[] = { { "first", first }, { "second", second } };
	size_t room = fuzz_choice(&input, 4) ? ROOM : (size_t)fuzz_number(&input, 2);
	uint8_t *to = malloc(room + CANARY);
	struct error e = { 0 };
	int code;

	assert_non_null(to);
	memset(to + room, 0xa5, CANARY);
	code = features->overlays->merge(to, room, base, overlay, COUNT(overlay), &merged, &e);
	fuzz_check_error(code, &e);
	for (size_t i = 0; i < CANARY; i++)
		assert_int_equal(to[room + i], 0xa5);
	if (!code) {
		assert_true(merged.size <= room);
		assert_int_equal(tree_check_full(merged), 0);
	}
	fuzz_check_taken(code, &e);
	bytes_free(base);
	bytes_free(first);
	bytes_free(second);
	free(to);
	return 0;
}
