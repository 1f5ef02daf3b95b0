/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fdt/cells.h"
#include "tools/peerboot/closer/closer.h"

#include <libfdt.h>

struct bytes closer_bootargs(const struct closer *c)
{
	return property_get(c->tree, fdt_subnode_offset(c->tree, 0, "chosen"), "bootargs");
}

int closer_refuse_words(struct closer *c, const char *format, ...)
{
	const bool manifests = c->plan->tree.bootargs;
	char text[160];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	error_about(c->e, "", manifests ? "manifest" : "device tree");
	return error_set(c->e, manifests ? E_MANIFEST_BROKEN : E_FDT_BROKEN, "bootargs with %s",
			 text);
}

bool word_begins(struct bytes word, const char *with)
{
	const size_t size = strlen(with);

	return word.size >= size && !memcmp(word.data, with, size);
}

struct bytes word_behind(struct bytes word, size_t size)
{
	return (struct bytes){ word.data + size, word.size - size };
}

bool word_take(struct bytes *word, char character)
{
	if (!word->size || *word->data != character)
		return false;
	*word = word_behind(*word, 1);
	return true;
}

bool word_take_name(struct bytes *word, char end)
{
	while (word->size && *word->data > ' ' && *word->data != end)
		*word = word_behind(*word, 1);
	return word_take(word, end);
}

static unsigned base_of(struct bytes *word)
{
	if (!word_begins(*word, "0x") && !word_begins(*word, "0X"))
		return word_begins(*word, "0") ? 8 : 10;
	*word = word_behind(*word, 2);
	return 16;
}

uint64_t word_take_size(struct bytes *word)
{
	static const char units[] = "kmgtpe";
	const unsigned base = base_of(word);
	uint64_t number = 0;

	for (; word->size; *word = word_behind(*word, 1)) {
		const unsigned small = *word->data | 0x20u;
		const unsigned digit = small >= 'a' ? small - 'a' + 10 :
						      *word->data - (unsigned)'0';

		if (digit >= base)
			break;
		number = number * base + digit;
	}
	for (unsigned i = 0; word->size && units[i]; i++)
		if ((*word->data | 0x20) == units[i]) {
			*word = word_behind(*word, 1);
			return number << 10 * (i + 1);
		}
	return number;
}
