/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux's console, where a context has its device: Linux is silent with all that it has to say
 * about that, or writes to a device that is not its own.
 */
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "fdt/address.h"
#include "fdt/bootargs.h"
#include "fdt/cells.h"
#include "fdt/devices.h"
#include "tools/peerboot/closer/closer.h"

/* What the command line says of consoles. */
struct consoles {
	struct closer *c;
	bool early;	  /* by stdout-path, whatever else there is */
	unsigned named;	  /* console=: then none is by stdout-path (drivers/of/base.c) */
	unsigned ours;	  /* of these, those that are a context's */
	int node;	  /* the last of them */
	uint64_t address; /* that is looked for */
	char word[32], our_word[32];
};

/* @node is a context's device, or in one, or holds one: E_MANIFEST_BROKEN. 0: it is Linux's. */
static int refuse(struct closer *c, int node, const char *why)
{
	for (unsigned i = 0; i < c->plan->contexts; i++) {
		const struct plan_context *context = &c->plan->context[i];

		for (unsigned k = 0; k < context->manifest->devices && !context->failed; k++) {
			const char *path = context->manifest->device[k];
			const int device = fdt_path_offset(c->tree, path);

			if (device <= 0 || !device_contains(c->tree, device, node))
				continue;
			c->e->culprit = (int)i;
			error_about(c->e, "", context->manifest->name);
			return error_set(c->e, E_MANIFEST_BROKEN,
					 "device %s is Linux's console (%s)", path, why);
		}
	}
	return 0;
}

static bool is_a_contexts(const struct closer *c, int node)
{
	struct error unused = { 0 };
	struct closer ask = { c->plan, c->tree, &unused };

	return node > 0 && refuse(&ask, node, "");
}

/* Drivers that take their number from an alias serial<n>, and by what name and nodes. */
static const struct {
	const char *name, *compatible;
} drivers[] = {
	{ "ttyAMA", "arm,pl011\0arm,sbsa-uart\0" },
	{ "ttymxc", "fsl,imx6q-uart\0fsl,imx53-uart\0fsl,imx1-uart\0fsl,imx21-uart\0" },
	{ "ttyLP", "fsl,vf610-lpuart\0fsl,ls1021a-lpuart\0fsl,ls1028a-lpuart\0fsl,imx7ulp-lpuart\0"
		   "fsl,imx8qxp-lpuart\0fsl,imxrt1050-lpuart\0" },
	{ "ttyPS", "xlnx,xuartps\0cdns,uart-r1p8\0cdns,uart-r1p12\0xlnx,zynqmp-uart\0" },
	{ "ttySTM", "st,stm32-uart\0st,stm32f7-uart\0st,stm32h7-uart\0" },
};

/* Has the tree an available device of these without an alias? It may get any number. */
static bool is_any_without_alias(const void *tree, const char *compatible)
{
	const int aliases = fdt_subnode_offset(tree, 0, "aliases");

	for (int node = 0; node >= 0; node = fdt_next_node(tree, node, NULL)) {
		bool has_alias = false;
		int property;

		if (!node_is_one_of(tree, node, compatible) || !node_is_available(tree, node))
			continue;
		fdt_for_each_property_offset(property, tree, aliases) {
			const char *name,
				*path = fdt_getprop_by_offset(tree, property, &name, NULL);

			has_alias |= !strncmp(name, "serial", 6) &&
				     fdt_path_offset(tree, path) == node;
		}
		if (!has_alias)
			return true;
	}
	return false;
}

/* Of "ttyAMA0,115200": by the driver's name and the device's alias; 0: not known. */
static int find_by_name(const void *tree, struct bytes word)
{
	const int aliases = fdt_subnode_offset(tree, 0, "aliases");

	for (unsigned i = 0; i < sizeof(drivers) / sizeof(drivers[0]); i++) {
		const size_t length = strlen(drivers[i].name);
		const char *path;
		char alias[24];
		int node;

		if (!word_begins(word, drivers[i].name))
			continue;
		word = word_behind(word, length);
		if (*word.data < '0' || *word.data > '9')
			return 0;
		snprintf(alias, sizeof(alias), "serial%u", (unsigned)word_take_size(&word));
		path = fdt_stringlist_get(tree, aliases, alias, 0, NULL);
		node = path ? fdt_path_offset(tree, path) : 0;
		return node > 0 && node_is_one_of(tree, node, drivers[i].compatible) &&
				       !is_any_without_alias(tree, drivers[i].compatible) ?
			       node :
			       0;
	}
	return 0;
}

/* drivers/tty/serial/serial_core.c, uart_parse_earlycon(); 0: there is no address. */
static uint64_t take_address(struct bytes word)
{
	static const char *const ways[] = { "mmio,", "mmio16,", "mmio32,", "mmio32be,",
					    "mmio32native," };

	if (!word_take_name(&word, ','))
		return 0;
	for (unsigned i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (word_begins(word, ways[i])) {
			word = word_behind(word, strlen(ways[i]));
			return word_take_size(&word);
		}
	return word_begins(word, "0x") ? word_take_size(&word) : 0;
}

static bool enter_all(void *arg, int node)
{
	(void)arg, (void)node;
	return true;
}

static int check_range(void *arg, int node, const struct range *r)
{
	struct consoles *s = arg;

	return s->address - r->base < r->size ? refuse(s->c, node, s->word) : 0;
}

static void check_word(void *arg, struct bytes rest)
{
	const bool console = word_begins(rest, "console="), early = word_begins(rest, "earlycon");
	struct consoles *s = arg;
	struct bytes end = rest, value = rest;
	int node;

	if (!console && !early)
		return;
	word_take_name(&end, '\0');
	snprintf(s->word, sizeof(s->word), "%.*s", (int)(rest.size - end.size),
		 (const char *)rest.data);
	if (!word_take_name(&value, '=')) {
		s->early |= !strcmp(s->word, "earlycon");
		return;
	}
	s->address = take_address(value);
	if (s->address)
		node_each_range(s->c->tree, enter_all, check_range, s);
	if (!console)
		return;
	s->named++;
	node = s->address ? 0 : find_by_name(s->c->tree, value);
	if (is_a_contexts(s->c, node)) {
		s->node = node;
		s->ours++;
		strcpy(s->our_word, s->word);
	}
}

/* An alias or a path, and its settings behind a colon. */
static int find_stdout(const void *tree)
{
	const int chosen = fdt_subnode_offset(tree, 0, "chosen");
	const char *path = fdt_stringlist_get(tree, chosen, "stdout-path", 0, NULL);

	return path ? fdt_path_offset_namelen(tree, path, (int)strcspn(path, ":")) : 0;
}

int closer_console(struct closer *c)
{
	struct consoles s = { .c = c };
	const int node = find_stdout(c->tree);

	bootargs_each_word(closer_bootargs(c), check_word, &s);
	if (c->e->code)
		return c->e->code;
	if (node > 0 && (s.early || !s.named))
		return refuse(c, node, "stdout-path");
	return s.named && s.named == s.ours ? refuse(c, s.node, s.our_word) : 0;
}
