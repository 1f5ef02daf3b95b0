/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/fuzz/fuzz.h"
#include "test/fuzz/ring.h"

const unsigned fuzz_parts = 0;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ring_fuzz((struct bytes){ data, size }, VIRTQUEUE_DRIVER);
	return 0;
}
