/* SPDX-License-Identifier: BSD-2-Clause */
/* How long each message of a run took, from before it was sent to after its answer was read. */
#ifndef TIMING_H
#define TIMING_H

#include <stdint.h>

struct timing {
	uint32_t count;	   /* messages of the run … */
	uint32_t window;   /* … and under way at most */
	uint64_t *sent_at; /* nanoseconds, of each message under way: number modulo window */
	uint32_t *took;	   /* the same, of each that has come back */
	uint64_t began, ended;
};

/* Memory for a run, which has to end before the next. 0, or -1 with errno. */
int timing_begin(struct timing *t, uint32_t count, uint32_t window);

/* Message @number is about to be sent, has come back. */
void timing_sent(struct timing *t, uint32_t number);
void timing_received(struct timing *t, uint32_t number);

/* Print " ns N p50 N p99 N max N" of a run that has all its messages back, and free its memory. */
void timing_end(struct timing *t);

#endif
