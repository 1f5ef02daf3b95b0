/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages that both directions of a test can work out for themselves: number n of a given seed
 * always has the same size and bytes, and differs from its neighbours in both.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include <stddef.h>
#include <stdint.h>

struct pattern {
	uint32_t seed;
	size_t min, max; /* bytes of a message, both included */
};

/* Number @n's size; its bytes go to @to, which has room for max. */
static inline size_t pattern_fill(const struct pattern *p, uint32_t n, uint8_t *to)
{
	uint64_t x = ((uint64_t)p->seed << 32 | n) * 0x9e3779b97f4a7c15u + 1;
	size_t size, i;

	for (i = 0; i < 3; i++) { /* xorshift64: neighbours are alike at first */
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
	}
	size = p->min + (size_t)(x % (p->max - p->min + 1));
	for (i = 0; i < size; i++) {
		if (i % 8 == 0) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
		}
		to[i] = (uint8_t)(x >> (i % 8 * 8));
	}
	return size;
}

#endif
