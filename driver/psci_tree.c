/* SPDX-License-Identifier: BSD-2-Clause */
/* PSCI in a device tree, as Linux reads it: drivers/firmware/psci/psci.c. */
#include <string.h>

#include <libfdt.h>

#include "driver/core_tree.h"

/* The node that Linux takes: of all that match the first, and only if that is available. */
static int find_psci(const void *fdt)
{
	static const char *const names[] = { "arm,psci", "arm,psci-0.2", "arm,psci-1.0" };

	for (int node = 0; node >= 0; node = fdt_next_node(fdt, node, NULL))
		for (unsigned i = 0; i < 3; i++)
			if (!fdt_node_check_compatible(fdt, node, names[i])) {
				const char *status =
					fdt_stringlist_get(fdt, node, "status", 0, NULL);

				return !status || !strcmp(status, "okay") || !strcmp(status, "ok") ?
					       node :
					       -1;
			}
	return -1;
}

static const char *method_of(const void *fdt, int node)
{
	const char *method = fdt_stringlist_get(fdt, node, "method", 0, NULL);

	return method ? method : "none";
}

/* Is it the core @id, by all cells of its `reg`? */
static bool is_core(const void *fdt, int node, uint64_t id)
{
	uint64_t reg = 0;
	int size;
	const uint8_t *data = fdt_getprop(fdt, node, "reg", &size);

	for (int i = 0; i < size; i++)
		reg = reg << 8 | data[i];
	return reg == id;
}

/*
 * With 64 bits each core but the first says how it is started (arch/arm64/kernel/cpu_ops.c). With
 * 32, PSCI is used if it is there, and otherwise what the cores say, or a driver of the machine
 * knows (arch/arm/kernel/setup.c).
 */
static int check_cores(const void *tree, int psci, core_id_t first, bool is_64, struct error *e)
{
	unsigned others = 0, told = 0;
	int node;

	fdt_for_each_subnode(node, tree, fdt_subnode_offset(tree, 0, "cpus")) {
		const char *type = fdt_stringlist_get(tree, node, "device_type", 0, NULL);
		const char *method = fdt_stringlist_get(tree, node, "enable-method", 0, NULL);

		if (!type || strcmp(type, "cpu"))
			continue;
		told += method && strcmp(method, "psci");
		if (is_core(tree, node, first))
			continue;
		others++;
		if (is_64 && (!method || (strcmp(method, "psci") && strcmp(method, "spin-table"))))
			return error_set(e, E_FDT_BROKEN,
					 "%s: enable-method %s, Linux can't start it (psci)",
					 fdt_get_name(tree, node, NULL), method ? method : "none");
	}
	if (!others || psci >= 0 || told)
		return 0;
	return error_set(e, E_FDT_BROKEN,
			 "no psci that is available: Linux can start but one core");
}

int core_tree_check(const void *tree, const void *board, core_id_t first, bool is_64,
		    struct error *e)
{
	const int own = find_psci(board), psci = find_psci(tree);

	if (own < 0)
		return 0;
	if (psci >= 0 && strcmp(method_of(tree, psci), method_of(board, own)))
		return error_set(e, E_FDT_BROKEN, "%s: method %s, the board's tree has %s",
				 fdt_get_name(tree, psci, NULL), method_of(tree, psci),
				 method_of(board, own));
	return check_cores(tree, psci, first, is_64, e);
}
