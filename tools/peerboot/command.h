/* SPDX-License-Identifier: BSD-2-Clause */
/* The sub-commands of peerboot on the host, one a file, and what their command lines become. */
#ifndef TOOLS_PEERBOOT_COMMAND_H
#define TOOLS_PEERBOOT_COMMAND_H

#include <stdbool.h>

#include "boot/board.h"

enum status { /* of the process */
	STATUS_OK,
	STATUS_REFUSED, /* there is something wrong with the image */
	STATUS_USAGE,	/* or with the command line, or with reading and writing files */
};

struct options {
	const char *file; /* the operand */
	const struct board *board;
	const char *fdt;	 /* the board's own tree; NULL: none */
	struct bytes compatible; /* the board's names; size 0: as its tree says */
	const char *loader; /* name or file of the one to speak for; NULL: none in particular */
	struct bytes loader_keys; /* that are built into it; size 0: none */
	const char *keys; /* that sign, instead; NULL: without these, no feature signature */
	uint32_t minimum_version;
	const char *linux_fdt; /* where Linux's finished tree goes; NULL: nowhere */
	const char *output;    /* NULL: standard output */
	bool json;
	bool strict;
	bool verbose;
};

struct command {
	const char *name;
	const char *operand; /* what its one file is */
	const char *letters; /* its options, of those in options.c */
	const char *summary; /* one line */
	enum status (*run)(const struct options *o);
};

extern const struct command check_command, plan_command, map_command, table_command;

/* Fill in @o, or print help or what is wrong and exit. */
void options_parse(struct options *o, const struct command *command, int argc, char **argv);

/* NULL: there is none of this name. Names as a list: index 0 up to a NULL. */
const struct board *board_find(const char *name);
const char *board_name(unsigned index);

#endif
