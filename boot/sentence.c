/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sentences are packed by pairs (P. Gage, "A New Algorithm for Data Compression", The C Users
 * Journal, February 1994): a byte that is no character of ASCII stands for two others, which may
 * be such bytes again. tools/pack-sentences sees to it that they end, and that none is too long.
 */
#include <stddef.h>
#include <stdint.h>

#include "base/sentence.h"

/* From this byte on, and after 0xff from 0 on: 0x80 to 0x1f. 0 and ends of lines are themselves. */
#define FIRST_PAIR 0x80
#define PAIRS	   0xa0

/* The section as it was linked, and all that is left of it in what is loaded. */
extern const char sentences_start[], sentences_end[];
extern const struct {
	uint8_t pair[PAIRS][2];
	uint8_t text[]; /* sentences, each with its NUL, in their order */
} sentences_packed;

struct reading {
	size_t before; /* bytes of other sentences, still to come */
	char *to;
};

static void unpack(struct reading *r, uint8_t byte)
{
	const uint8_t pair = (uint8_t)(byte - FIRST_PAIR);

	if (pair < PAIRS && sentences_packed.pair[pair][0]) {
		unpack(r, sentences_packed.pair[pair][0]);
		unpack(r, sentences_packed.pair[pair][1]);
	} else if (r->before) {
		r->before--;
	} else {
		*r->to++ = (char)byte;
	}
}

const char *sentence_text(const char *sentence, char *text)
{
	struct reading r = { .before = (uintptr_t)sentence - (uintptr_t)sentences_start,
			     .to = text };

	if (r.before >= (size_t)(sentences_end - sentences_start))
		return sentence; /* as it stands */
	for (const uint8_t *at = sentences_packed.text; r.to == text || r.to[-1]; at++)
		unpack(&r, *at);
	return text;
}
