/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared memory with somebody at its other end who may change it at any time: before each single
 * load of the code under test, what it is about to load may become something else. The compiler
 * calls us at each of its loads and stores (-fsanitize-coverage=trace-loads,trace-stores).
 */
#ifndef TEST_FUZZ_HOSTILE_H
#define TEST_FUZZ_HOSTILE_H

#include "base/bytes.h"

#define HOSTILE_AREAS 8

enum hostile_kind {
	HOSTILE_NONE, /* not shared */
	HOSTILE_OURS, /* shared, and written by the code under test alone, if the other is honest */
	HOSTILE_THEIRS,	 /* shared: it only reads there */
	HOSTILE_WORDS,	 /* shared: both write, and it may look as often as it likes */
	HOSTILE_CONTENT, /* buffers: it neither reads nor writes them */
};

/* Forget what was shared. New values are taken off @input, which is the caller's, as it goes. */
void hostile_begin(struct bytes *input);
void hostile_share(void *at, size_t size, enum hostile_kind kind);

/*
 * Around one call into the code under test: in between memory may change, and what may not be read
 * or written, or is read twice, is an assertion that fails.
 */
void hostile_enter(void);
void hostile_leave(void);

#endif
