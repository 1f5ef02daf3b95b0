/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/core.h"

uint32_t core_set_find(const struct core_set *set, uint64_t id)
{
	for (uint32_t rest = set->mask; rest; rest &= rest - 1)
		if (set->id[__builtin_ctz(rest)] == id)
			return rest & -rest;
	return 0;
}
