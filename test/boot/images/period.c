/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does something at fixed times, asleep in between, as a control loop would; nobody rings. It leaves a
 * mark for the witness: at MARK how many times, and by how many microseconds the latest was late; in
 * the upper half of the first word, how often it has gone to sleep.
 */
#include "driver/clock.h"
#include "images/lib/doorbell.h"
#include "images/lib/image.h"
#include "images/lib/table.h"

#include BOARD_MEMORY_MAP

IMAGE_TRACE_TABLE(image_table, IMAGE_NAME);

/* Shorter and longer than DOORBELL_PATIENCE_MS. */
static const uint32_t periods[] = { 7, 1, 50, 49, 51, 100 };
#define PERIODS (sizeof(periods) / sizeof(periods[0]))

int main(void)
{
	volatile uint32_t *mark = (void *)MARK;
	const uint32_t millisecond = clock_frequency() / 1000;
	uint64_t next = clock_ticks();
	uint32_t latest = 0, sleeps = 0;

	for (unsigned i = 0; i < PERIODS; i++) {
		next += (uint64_t)periods[i] * millisecond;
		while (clock_ticks() < next) {
			doorbell_clear();
			doorbell_wait(next);
			sleeps++;
		}
		if (clock_ticks() - next > latest)
			latest = (uint32_t)(clock_ticks() - next);
	}
	mark[1] = (uint32_t)(latest * 1000ull / millisecond);
	mark[0] = sleeps << 16 | PERIODS;
	return 0;
}
