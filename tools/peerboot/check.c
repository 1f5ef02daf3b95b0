/* SPDX-License-Identifier: BSD-2-Clause */
/* peerboot check: would the board boot this? */
#include <stdio.h>

#include <libfdt.h>

#include "arch/arch.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/loader.h"
#include "tools/peerboot/machine.h"

static void write_linux_fdt(const char *path, const struct plan *plan)
{
	const void *tree = arch_pointer(plan->fdt.base);
	FILE *file;

	if (!plan->fdt.size)
		die("%s: no Linux is started, so there is no device tree for it", path);
	file = file_create(path);
	fwrite(tree, 1, fdt_totalsize(tree), file);
	file_close(file, path);
}

/* Whatever is wrong with an optional context has been printed; the board starts the others. */
static unsigned print_verdict(const struct options *o, const struct plan *plan)
{
	const char *file = o->file;
	unsigned failed = 0;

	printf("%s: for ", file);
	loader_print(stdout, o);
	printf("\n%s: ok", file);
	for (unsigned i = 0; i < plan->contexts; i++)
		if (plan->context[i].failed)
			printf("%s%s", failed++ ? ", " : ", without ",
			       plan->context[i].manifest->name);
	printf("\n");
	return failed;
}

static enum status check(const struct options *o)
{
	static struct boot boot;
	static struct error e;
	const struct machine_console console = {
		.plan = o->verbose ? stdout : NULL,
		.record = o->verbose ? stdout : NULL,
	};
	enum status status = machine_boot(o, &console, &boot, &e);

	if (status)
		return status;
	if (o->linux_fdt)
		write_linux_fdt(o->linux_fdt, &boot.plan);
	return (print_verdict(o, &boot.plan) || notes) && o->strict ? STATUS_REFUSED : STATUS_OK;
}

const struct command check_command = {
	.name = "check",
	.operand = "IMAGE",
	.letters = "bcfklLmsvw",
	.summary = "Boot an image as the board would, and print the error that it would print",
	.run = check,
};
