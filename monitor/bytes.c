/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memcpy.S and memset.S for memory that is Strongly-ordered, as all is without an MMU: words are
 * aligned, always.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static int is_aligned(uintptr_t a)
{
	return !(a % sizeof(uintptr_t));
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	uint8_t *t = to;
	const uint8_t *f = from;

	if (is_aligned((uintptr_t)t | (uintptr_t)f))
		for (; size >= sizeof(uintptr_t); size -= sizeof(uintptr_t)) {
			*(uintptr_t *)(void *)t = *(const uintptr_t *)(const void *)f;
			t += sizeof(uintptr_t);
			f += sizeof(uintptr_t);
		}
	for (; size; size--)
		*t++ = *f++;
	return to;
}

void *memset(void *to, int byte, size_t size)
{
	uint8_t *t = to;
	const uintptr_t word = (uintptr_t)-1 / 0xff * (uint8_t)byte;

	for (; size && !is_aligned((uintptr_t)t); size--)
		*t++ = (uint8_t)byte;
	for (; size >= sizeof(uintptr_t); size -= sizeof(uintptr_t)) {
		*(uintptr_t *)(void *)t = word;
		t += sizeof(uintptr_t);
	}
	for (; size; size--)
		*t++ = (uint8_t)byte;
	return to;
}
