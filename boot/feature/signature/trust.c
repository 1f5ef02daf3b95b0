/* SPDX-License-Identifier: BSD-2-Clause */
/* What is built in (built_in.S). */
#include "boot/feature/signature/trust.h"

extern const uint8_t built_in_keys[], built_in_keys_end[];
extern const uint32_t built_in_minimum;

struct trust trust(void)
{
	return (struct trust){
		.keys = { built_in_keys, (size_t)(built_in_keys_end - built_in_keys) },
		.minimum = built_in_minimum,
	};
}
