/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux's command line as Linux divides it into words: lib/cmdline.c, next_arg(); kernel/params.c,
 * parse_args().
 */
#ifndef FDT_BOOTARGS_H
#define FDT_BOOTARGS_H

#include <stdbool.h>

#include "base/bytes.h"

/*
 * Call @one for each word that is the kernel's, with all of @args that stands from there on. Words
 * behind "--" are init's. Quotes hold a word together, and one in front is not of it. Behind a
 * value that does not end goes on the tree, which is different. Inline, since a loader has one
 * @one alone.
 */
typedef void bootargs_word_t(void *arg, struct bytes rest);
BYTES_INLINE void bootargs_each_word(struct bytes args, bootargs_word_t *one, void *arg)
{
	bool quoted = false, first = true;

	for (; args.size && *args.data; args.data++, args.size--) {
		const uint8_t *at = args.data;

		if (first && at[0] == '-' && at[1] == '-' && at[2] <= ' ')
			return;
		if (first)
			one(arg, args);
		first = !quoted && (*at <= ' ' || (first && *at == '"'));
		quoted ^= *at == '"';
	}
}

#endif
