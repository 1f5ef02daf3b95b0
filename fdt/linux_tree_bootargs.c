/* SPDX-License-Identifier: BSD-2-Clause */
/* What Linux's command line may not say: Linux would believe it, and not the plan. */
#include <string.h>

#include "base/explain.h"
#include "fdt/linux_tree_edit.h"

static bool begins(struct bytes word, const char *with)
{
	const size_t size = strlen(with);

	return word.size >= size && !memcmp(word.data, with, size);
}

static struct bytes behind(struct bytes text, size_t size)
{
	return (struct bytes){ text.data + size, text.size - size };
}

/* As lib/cmdline.c, memparse(). */
static uint64_t take_size(struct bytes *text)
{
	static const char units[] = "kmgtpe";
	unsigned base = begins(*text, "0x") || begins(*text, "0X") ? 16 : 10;
	uint64_t number = 0;

	if (base == 16)
		*text = behind(*text, 2);
	else if (begins(*text, "0"))
		base = 8;
	for (; text->size; *text = behind(*text, 1)) {
		const unsigned small = *text->data | 0x20u;
		const unsigned digit = small >= 'a' ? small - 'a' + 10 :
						      *text->data - (unsigned)'0';

		if (digit >= base)
			break;
		number = number * base + digit;
	}
	for (unsigned i = 0; text->size && units[i]; i++)
		if ((*text->data | 0x20) == units[i]) {
			*text = behind(*text, 1);
			return number << 10 * (i + 1);
		}
	return number;
}

/*
 * Words for memory at a fixed place: for DMA (kernel/dma/contiguous.c, early_cma()), of which Linux
 * looks whether it is reserved, which no-map is not; and for a kernel that is there for a crash
 * (kernel/crash_core.c, parse_crashkernel_simple()), which it then goes without. NULL: another.
 */
static const char *find_area(struct bytes word)
{
	static const char words[][13] = { "cma=", "crashkernel=" };

	for (unsigned k = 0; k < sizeof(words) / sizeof(words[0]); k++)
		if (begins(word, words[k]))
			return words[k];
	return NULL;
}

/* The region that the area of such a word meets; NULL: none. */
static const struct reserved_region *meets_region(const struct linux_tree *t, struct bytes word)
{
	const char *name = find_area(word);
	struct range area;

	if (!name)
		return NULL;
	word = behind(word, strlen(name));
	area.size = take_size(&word);
	if (!begins(word, "@"))
		return NULL;
	word = behind(word, 1);
	area.base = take_size(&word);
	if (begins(word, "-")) {
		word = behind(word, 1);
		if (take_size(&word) != area.base + area.size)
			return NULL; /* anywhere between */
	}
	for (unsigned i = 0; i < t->reserved_count; i++)
		if (range_overlaps(&t->reserved[i].range, &area))
			return &t->reserved[i];
	return NULL;
}

/*
 * The word by which Linux takes other memory, or a ramdisk elsewhere, than the plan says:
 * arch/arm/kernel/setup.c, init/do_mounts_initrd.c; NULL: it is another.
 */
static const char *find_word(const char *at)
{
	static const char words[][12] = { "mem=", "initrd=", "initrdmem=" };

	for (unsigned k = 0; k < sizeof(words) / sizeof(words[0]); k++)
		if (!strncmp(at, words[k], strlen(words[k])))
			return words[k];
	return NULL;
}

static void check_word(struct edit *edit, struct bytes rest, enum error_code code)
{
	const char *found = find_word((const char *)rest.data);
	const struct reserved_region *region = looks_closer() ? meets_region(edit->t, rest) : NULL;

	if (found)
		error_set(edit->e, code, "bootargs with %s", found);
	if (region)
		error_set(edit->e, code, "bootargs with %s, where %s@%llx is", find_area(rest),
			  region->name, (unsigned long long)region->range.base);
}

/*
 * Quotes hold a word together, and one in front is not of it (lib/cmdline.c, next_arg()). Behind
 * "--" words are init's (kernel/params.c, parse_args()). Behind a value that does not end goes on
 * the tree, which is different.
 */
void edit_check_words(struct edit *edit, struct bytes args, enum error_code code)
{
	bool quoted = false, first = true;

	for (; args.size && *args.data; args = behind(args, 1)) {
		const uint8_t *at = args.data;

		if (first && at[0] == '-' && at[1] == '-' && at[2] <= ' ')
			return;
		if (first)
			check_word(edit, args, code);
		first = !quoted && (*at <= ' ' || (first && *at == '"'));
		quoted ^= *at == '"';
	}
}
