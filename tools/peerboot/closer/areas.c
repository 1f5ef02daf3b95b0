/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory at a fixed place that Linux's command line gives to a driver, or keeps for something. */
#include <string.h>

#include "fdt/bootargs.h"
#include "tools/peerboot/closer/closer.h"

/* <size>@<base>, up to a limit: then anywhere between. */
static struct range sized(struct bytes word)
{
	struct range area = { .size = word_take_size(&word) };

	if (!word_take(&word, '@'))
		return (struct range){ 0 };
	area.base = word_take_size(&word);
	if (word_take(&word, '-') && word_take_size(&word) != area.base + area.size)
		area.size = 0;
	return area;
}

/* <name>,<start>,<size>; units are Ki, Mi, Gi. */
static struct range named(struct bytes word)
{
	struct range area = { 0 };

	if (!word_take_name(&word, ','))
		return area;
	area.base = word_take_size(&word);
	word_take(&word, 'i');
	if (word_take(&word, ','))
		area.size = word_take_size(&word);
	return area;
}

/* <name>,<start>,<end>, or +<size>. */
static struct range ended(struct bytes word)
{
	struct range area = { 0 };
	uint64_t number;

	if (!word_take_name(&word, ','))
		return area;
	area.base = word_take_size(&word);
	if (!word_take(&word, ','))
		return area;
	if (word_take(&word, '+'))
		area.size = word_take_size(&word);
	else if ((number = word_take_size(&word)) > area.base)
		area.size = number - area.base;
	return area;
}

struct search {
	const char *name;
	uint64_t value;
	bool found;
};

static void find_number(void *arg, struct bytes rest)
{
	struct search *s = arg;

	if (!word_begins(rest, s->name))
		return;
	rest = word_behind(rest, strlen(s->name));
	s->value = word_take_size(&rest);
	s->found = true;
}

/*
 * For DMA (kernel/dma/contiguous.c, early_cma()), of which Linux looks whether it is reserved,
 * which no-map is not; for a kernel that is there for a crash (kernel/crash_core.c,
 * parse_crashkernel_simple()), which it then goes without; and what drivers write to:
 * drivers/mtd/devices/phram.c and slram.c, fs/pstore/ram.c, whose size is another word.
 */
static const struct {
	const char *word;
	struct range (*area)(struct bytes value); /* NULL: the value is the base */
	const char *size;
} words[] = {
	{ "cma=", sized, NULL },	 { "crashkernel=", sized, NULL },
	{ "phram.phram=", named, NULL }, { "phram=", named, NULL },
	{ "slram=", ended, NULL },	 { "ramoops.mem_address=", NULL, "ramoops.mem_size=" },
};

static void check_word(void *arg, struct bytes rest)
{
	struct closer *c = arg;

	for (unsigned i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct bytes value = rest;
		struct range area;

		if (!word_begins(rest, words[i].word))
			continue;
		value = word_behind(rest, strlen(words[i].word));
		if (words[i].area) {
			area = words[i].area(value);
		} else {
			struct search size = { words[i].size, 0, false };

			bootargs_each_word(closer_bootargs(c), find_number, &size);
			area = (struct range){ word_take_size(&value), size.value };
		}
		for (unsigned k = 0; k < c->plan->tree.reserved_count; k++) {
			const struct reserved_region *region = &c->plan->reserved[k];

			if (range_overlaps(&region->range, &area))
				closer_refuse_words(c, "%s, where %s@%llx is", words[i].word,
						    region->name,
						    (unsigned long long)region->range.base);
		}
	}
}

int closer_areas(struct closer *c)
{
	bootargs_each_word(closer_bootargs(c), check_word, c);
	return c->e->code;
}
