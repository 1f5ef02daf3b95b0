// SPDX-License-Identifier: BSD-2-Clause
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "timing.h"

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

int timing_begin(struct timing *t, uint32_t count, uint32_t window)
{
	*t = (struct timing){ .count = count, .window = window };
	t->sent_at = calloc(window, sizeof(*t->sent_at));
	t->took = calloc(count, sizeof(*t->took));
	return t->sent_at && t->took ? 0 : -1;
}

void timing_sent(struct timing *t, uint32_t number)
{
	const uint64_t now = now_ns();

	if (!number)
		t->began = now;
	t->sent_at[number % t->window] = now;
}

void timing_received(struct timing *t, uint32_t number)
{
	t->ended = now_ns();
	t->took[number] = (uint32_t)(t->ended - t->sent_at[number % t->window]);
}

static int by_size(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

void timing_end(struct timing *t)
{
	qsort(t->took, t->count, sizeof(*t->took), by_size);
	printf(" ns %" PRIu64 " p50 %u p99 %u max %u", t->ended - t->began,
	       t->took[(t->count - 1) / 2], t->took[(uint64_t)(t->count - 1) * 99 / 100],
	       t->took[t->count - 1]);
	free(t->sent_at);
	free(t->took);
}
