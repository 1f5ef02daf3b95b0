/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines: every option in one table, of which each command has some. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/peerboot/command.h"
#include "tools/peerboot/features.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/loader.h"

static const struct {
	char letter;
	const char *name;
	const char *argument; /* NULL: it has none */
	const char *text;
} all[] = {
	{ 'b', "board", "NAME", "the board that the image is for; always needed" },
	{ 'c', "compatible", "NAME", "a name of the board, to choose a configuration; in order" },
	{ 'f', "fdt", "FILE", "the board's own device tree, if the board brings one" },
	{ 'j', "json", NULL, "JSON instead of text" },
	{ 'k', "keys", "FILE", "what the board's loader trusts: as from mkimage -K" },
	{ 'l', "linux-fdt", "FILE", "write the device tree that Linux would get" },
	{ 'L', "loader", "FILE", "the board's loader, for its features and keys; or its name" },
	{ 'm', "minimum", "NUMBER", "the lowest version that the board's loader boots" },
	{ 'o', "output", "FILE", "write there instead of to standard output" },
	{ 's', "strict", NULL, "refuse also what is optional, and what there is a note about" },
	{ 'v', "verbose", NULL, "print the plan and the boot record, too" },
	{ 'w', "without", "FEATURE",
	  "what the board's loader lacks: adma, arm64, attach, clusters, decompression, devices, explain, interrupts, overlays, regions, resets, sha1, stm32, uimage, views" },
	{ 'h', "help", NULL, "print this text" },
};

#define ALL (sizeof(all) / sizeof(all[0]))

static bool has(const struct command *c, char letter)
{
	return letter == 'h' || strchr(c->letters, letter);
}

static void print_help(const struct command *c)
{
	printf("usage: peerboot %s [OPTION]... %s\n\n%s.\n\n", c->name, c->operand, c->summary);
	for (unsigned i = 0; i < ALL; i++) {
		char name[32];

		if (!has(c, all[i].letter))
			continue;
		snprintf(name, sizeof(name), "%s%s%s", all[i].name, all[i].argument ? "=" : "",
			 all[i].argument ? all[i].argument : "");
		printf("  -%c, --%-16s %s\n", all[i].letter, name, all[i].text);
	}
}

static const struct board *find_board(const char *name)
{
	const struct board *board = board_find(name);

	if (!board)
		die("no board '%s'; `peerboot boards` has the list", name);
	return board;
}

static uint32_t parse_number(const char *text)
{
	char *end;
	unsigned long long value = strtoull(text, &end, 0);

	if (!*text || *end || value > UINT32_MAX)
		die("'%s' is no number of 32 bits", text);
	return (uint32_t)value;
}

/* One more string behind those that there are, as in a device tree. */
static struct bytes append(struct bytes strings, const char *string)
{
	size_t size = strlen(string) + 1;
	uint8_t *data = realloc((uint8_t *)(uintptr_t)strings.data, strings.size + size);

	if (!data)
		die("no memory for %zu bytes", strings.size + size);
	memcpy(data + strings.size, string, size);
	return (struct bytes){ data, strings.size + size };
}

static void set(struct options *o, const struct command *c, int letter)
{
	switch (letter) {
	case 'b':
		o->board = find_board(optarg);
		break;
	case 'c':
		o->compatible = append(o->compatible, optarg);
		break;
	case 'f':
		o->fdt = optarg;
		break;
	case 'j':
		o->json = true;
		break;
	case 'k':
		o->keys = optarg;
		break;
	case 'l':
		o->linux_fdt = optarg;
		break;
	case 'L':
		o->loader = optarg;
		break;
	case 'm':
		o->minimum_version = parse_number(optarg);
		break;
	case 'o':
		o->output = optarg;
		break;
	case 's':
		o->strict = true;
		break;
	case 'v':
		o->verbose = true;
		break;
	case 'w':
		feature_leave_out(optarg);
		break;
	case 'h':
		print_help(c);
		exit(STATUS_OK);
	default: /* getopt_long() has said what it is */
		fprintf(stderr, "peerboot: see peerboot %s --help\n", c->name);
		exit(STATUS_USAGE);
	}
}

void options_parse(struct options *o, const struct command *c, int argc, char **argv)
{
	struct option known[ALL + 1] = { 0 };
	char letters[2 * ALL + 1], *next = letters;
	unsigned count = 0;
	int letter;

	for (unsigned i = 0; i < ALL; i++) {
		if (!has(c, all[i].letter))
			continue;
		known[count++] = (struct option){ all[i].name, all[i].argument != NULL, NULL,
						  all[i].letter };
		*next++ = all[i].letter;
		if (all[i].argument)
			*next++ = ':';
	}
	*next = '\0';
	argv[0] = "peerboot"; /* in what getopt_long() prints */
	while ((letter = getopt_long(argc, argv, letters, known, NULL)) != -1)
		set(o, c, letter);
	if (has(c, 'b') && !o->board)
		die("%s: which --board? `peerboot boards` has the list", c->name);
	if (o->board)
		loader_choose(o);
	if (o->minimum_version && !o->keys && !o->loader_keys.size)
		die("%s: --minimum counts for signed images alone: with which --keys?", c->name);
	if (argc - optind != 1)
		die("%s: one %s is wanted, not %d", c->name, c->operand, argc - optind);
	o->file = argv[optind];
}
