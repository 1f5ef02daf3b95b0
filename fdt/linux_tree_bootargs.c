/* SPDX-License-Identifier: BSD-2-Clause */
/* What Linux's command line may not say: Linux would believe it, and not the plan. */
#include <string.h>

#include "fdt/bootargs.h"
#include "fdt/linux_tree_edit.h"

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

struct check {
	struct edit *edit;
	enum error_code code;
};

static void check_word(void *arg, struct bytes rest)
{
	const struct check *check = arg;
	const char *found = find_word((const char *)rest.data);

	if (found)
		error_set(check->edit->e, check->code, "bootargs with %s", found);
}

void edit_check_words(struct edit *edit, struct bytes args, enum error_code code)
{
	bootargs_each_word(args, check_word, &(struct check){ edit, code });
}
