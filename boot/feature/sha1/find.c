/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/sha1.h"
#include "boot/feature/sha1/algorithm.h"

const struct hash_algorithm *sha1_find(void)
{
	return &sha1_algorithm;
}
