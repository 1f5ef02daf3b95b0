/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdbool.h>

#include "resource_table/vring.h"

static bool power_of_two(uint32_t n)
{
	return n && !(n & (n - 1));
}

uint32_t vring_bytes(uint32_t num, uint32_t align)
{
	uint32_t available;

	if (!power_of_two(num) || !power_of_two(align) || num > VRING_NUM_MAX ||
	    align > VRING_ALIGN_MAX)
		return 0;
	/* num descriptors; flags, index, num ids and one event word; the same for used elements */
	available = 16 * num + 2 * (3 + num);
	return ((available + align - 1) & ~(align - 1)) + 2 * 3 + 8 * num;
}
