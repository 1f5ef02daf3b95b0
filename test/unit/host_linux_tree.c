/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For test_linux_tree.py: make Linux's tree from SOURCE as the lines on standard input ask for,
 * write it to OUT. Prints the error's name and exits 1 if it can't be made.
 */
#include "doorbell/kind.h"
#include "test/unit/tree.h"

#include <libfdt.h>

#include "base/error.h"
#include "fdt/linux_tree.h"

#define MANY 32

static struct reserved_region reserved[MANY];
static struct linux_link links[MANY];
static struct range memory[MANY];
static const char *disable[MANY];
static char peer[MANY][32];
static uint8_t seed[256];
static char line[4096];

static struct linux_tree tree = { .memory = memory,
				  .reserved = reserved,
				  .link = links,
				  .disable = disable };

static void add_link(const char *numbers)
{
	struct linux_link *l = &links[tree.links];
	struct link_doorbell receive;
	unsigned role, end, method, failed;

	if (sscanf(numbers, "%31s %u %u %u %u %u %u %u %u %u %u %u %u %u %u %u %u %u %u %u",
		   peer[tree.links], &role, &l->vdev, &l->table, &l->vring[0], &l->vring[1],
		   &l->buffers, &receive.kind, &receive.cell[0], &l->send.kind, &l->send.cell[0],
		   &l->send.cell[1], &end, &method, &l->buffer_count[0], &l->buffer_count[1],
		   &l->buffer_len, &l->vrings[0], &l->vrings[1], &failed) != 20)
		exit(2);
	l->peer = peer[tree.links++];
	l->role = (enum link_role)role;
	l->end = (enum link_end)end;
	l->method = (enum link_method)method;
	l->failed = failed;
	l->interrupt_cells = doorbell_interrupt(&receive, l->interrupt);
}

static void add_seed(const char *hex)
{
	unsigned byte;

	for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
		seed[tree.seed_size++] = (uint8_t)byte;
	tree.seed = seed;
}

static void add(const char *word, const char *rest)
{
	unsigned long long base = 0, size = 0;
	unsigned kind;

	if (!strcmp(word, "bootargs")) {
		tree.bootargs = strdup(rest);
	} else if (!strcmp(word, "cores")) {
		tree.cores = (struct core_set){ tree_numbers, (uint32_t)strtoul(rest, NULL, 0) };
	} else if (!strcmp(word, "disable")) {
		disable[tree.disables++] = strdup(rest);
	} else if (!strcmp(word, "seed")) {
		add_seed(rest);
	} else if (!strcmp(word, "link")) {
		add_link(rest);
	} else if (!strcmp(word, "reserved")) {
		struct reserved_region *r = &reserved[tree.reserved_count++];

		if (sscanf(rest, "%35s %lli %lli %u", r->name, &base, &size, &kind) != 4)
			exit(2);
		r->range = (struct range){ base, size };
		r->kind = (enum reserved_kind)kind;
	} else {
		if (sscanf(rest, "%lli %lli", &base, &size) != 2)
			exit(2);
		if (!strcmp(word, "initrd"))
			tree.initrd = (struct range){ base, size };
		else
			memory[tree.memories++] = (struct range){ base, size };
	}
}

int main(int argc, char **argv)
{
	static struct bytes source; /* static: what is in use at the end is no leak */
	static uint8_t *to;
	struct error e = { 0 };
	FILE *out;
	size_t size;

	if (argc != 3)
		return 2;
	source = bytes_load(argv[1]);
	while (fgets(line, sizeof(line), stdin)) {
		char *space = strchr(line, ' ');

		line[strcspn(line, "\n")] = 0;
		if (!space)
			return 2;
		*space = 0;
		add(line, space + 1);
	}
	doorbell_find_controller(source.data, &tree.controller);
	size = 2 * source.size + 0x10000;
	to = malloc(size);
	if (linux_tree_write(to, size, source, &tree, &e) ||
	    linux_tree_verify((struct bytes){ to, fdt_totalsize(to) }, &tree, &e)) {
		printf("%s: %s\n", error_name(e.code), e.text);
		return 1;
	}
	size = fdt_totalsize(to);
	out = fopen(argv[2], "wb");
	if (!out || fwrite(to, 1, size, out) != size || fclose(out))
		return 2;
	return 0;
}
