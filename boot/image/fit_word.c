/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/image/fit.h"

bool fit_word_is(const char *said, const char *word)
{
	while (*said && (*said == *word || (*word >= 'a' && *said + ('a' - 'A') == *word))) {
		said++;
		word++;
	}
	return *said == *word;
}
