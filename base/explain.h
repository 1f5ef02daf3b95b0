/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an error says beyond its code, the names of what is wrong and its numbers: what there would
 * be in place of the culprit, what a number of somebody else's means, and what to do. Not every
 * loader has room for it (boot/feature/explain.h).
 */
#ifndef BASE_EXPLAIN_H
#define BASE_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/features.h"

FEATURE_INLINE bool explains(void)
{
	return features->explain;
}

/* What takes code of its own to find out. */
FEATURE_INLINE bool advises(void)
{
	return features->advise;
}

/* It alone, too, has room to look for more that can't be meant, whatever loader it speaks for. */
FEATURE_INLINE bool looks_closer(void)
{
	return features->closer != NULL;
}

/* As error_set(), with a text, and what is said besides as EXPLAIN() has it. */
#define error_set_explained(e, code, text, more, ...)                      \
	error_set_number(e, -(code),                                       \
			 explains() ? SENTENCE(text more, ##__VA_ARGS__) : \
				      SENTENCE(text, ##__VA_ARGS__),       \
			 ##__VA_ARGS__)

/* A text, and what is said besides: both are literals. Only one of the two texts is in a loader. */
#define EXPLAIN(text, more) (explains() ? text more : text)

/*
 * Go on with the sentence of an error that was set just now: what would be right, or what there is,
 * for whoever has to mend it. What is wrong, and with what, is said before. The error's code.
 */
#define error_explain(e, ...) (explains() ? error_append(e, __VA_ARGS__) : (e)->code)

#endif
