/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strtoul() in place of newlib's, which brings all of its state, 1.7 KB. libfdt reads with it the
 * offsets of fixups, and those are digits: fixups.c has looked.
 */
#include <stdint.h>
#include <stdlib.h>

unsigned long strtoul(const char *restrict text, char **restrict end, int base)
{
	unsigned long value = 0;

	for (; *text >= '0' && *text <= '9'; text++)
		value = value * (unsigned long)base + (unsigned long)(*text - '0');
	*end = (char *)(uintptr_t)text;
	return value;
}
