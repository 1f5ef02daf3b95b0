/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as an LZ4 frame, whose descriptor has the right checksum: others get no further. */
#define XXH_INLINE_ALL
#define XXH_NO_LONG_LONG
#include <xxhash.h>

#include "test/fuzz/unpack.h"

#define ROOM	     0x40000
#define DESCRIPTOR   4 /* behind the magic */
#define CONTENT_SIZE 0x08

const unsigned fuzz_parts = 1;

static void mend(struct bytes frame)
{
	size_t size;

	if (frame.size <= DESCRIPTOR)
		return;
	size = frame.data[DESCRIPTOR] & CONTENT_SIZE ? 10 : 2;
	if (frame.size > DESCRIPTOR + size)
		*bytes_at(frame, DESCRIPTOR + size) =
			(uint8_t)(XXH32(frame.data + DESCRIPTOR, size, 0) >> 8);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, part = fuzz_part(&input), made;
	struct bytes frame = bytes_copy(part.data, part.size);
	size_t room = fuzz_choice(&input, 8) ? ROOM : (size_t)fuzz_number(&input, 2);
	struct error e = { 0 };

	mend(frame);
	fuzz_check_taken(unpack_run("lz4", frame, room, &made, &e), &e);
	bytes_free(made);
	bytes_free(frame);
	return 0;
}
