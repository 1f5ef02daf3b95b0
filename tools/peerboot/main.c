/* SPDX-License-Identifier: BSD-2-Clause */
/* peerboot on the host: what the board would make of a boot image, without a board. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "boot/version.h"
#include "tools/peerboot/command.h"
#include "tools/peerboot/file.h"

static const struct command *const commands[] = {
	&check_command,
	&plan_command,
	&map_command,
	&table_command,
};

#define COMMANDS (sizeof(commands) / sizeof(commands[0]))

static void print_help(FILE *to)
{
	fprintf(to, "usage: peerboot COMMAND [OPTION]... FILE\n\n");
	for (unsigned i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(to, "  %-8s Print the names of the boards that this peerboot knows\n", "boards");
	fprintf(to,
		"\n`peerboot COMMAND --help` has the options, `peerboot --version` says which\n"
		"this is; peerboot(1) has all of it.\n"
		"Exit status: 0 all is well, 1 the image is refused, 2 wrong usage or files.\n");
}

static void print_boards(void)
{
	for (unsigned i = 0; board_name(i); i++)
		puts(board_name(i));
}

/* Output that did not get out (a full disk, a closed pipe) is no success. */
static int leave(enum status status)
{
	if (fflush(stdout) || ferror(stdout))
		die("cannot write the output");
	return (int)status;
}

int main(int argc, char **argv)
{
	struct options options = { 0 };

	if (argc < 2) {
		print_help(stderr);
		return STATUS_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
		print_help(stdout);
		return leave(STATUS_OK);
	}
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		printf("peerboot %s\n", peerboot_version);
		return leave(STATUS_OK);
	}
	if (!strcmp(argv[1], "boards")) {
		print_boards();
		return leave(STATUS_OK);
	}
	for (unsigned i = 0; i < COMMANDS; i++) {
		if (strcmp(argv[1], commands[i]->name))
			continue;
		options_parse(&options, commands[i], argc - 1, argv + 1);
		return leave(commands[i]->run(&options));
	}
	die("no command '%s'; see peerboot --help", argv[1]);
}
