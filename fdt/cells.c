/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "fdt/cells.h"

struct bytes property_get(const void *fdt, int node, const char *name)
{
	int len;
	const void *data = fdt_getprop(fdt, node, name, &len);

	return data ? (struct bytes){ data, (size_t)len } : (struct bytes){ NULL, 0 };
}

bool property_get_cell(const void *fdt, int node, const char *name, uint32_t *value)
{
	int len;
	const void *data = fdt_getprop(fdt, node, name, &len);

	if (len != 4)
		return false;
	*value = (uint32_t)cells_get(data, 1);
	return true;
}

bool property_is(const void *fdt, int node, const char *name, const char *value)
{
	int len, size = (int)strlen(value) + 1;
	const void *data = fdt_getprop(fdt, node, name, &len);

	return len >= size && !memcmp(data, value, (size_t)size);
}

bool node_is_available(const void *fdt, int node)
{
	return !property_get(fdt, node, "status").data ||
	       property_is(fdt, node, "status", "okay") || property_is(fdt, node, "status", "ok");
}

/* @count stays if there is no such property. */
static bool cells_count(const void *fdt, int node, const char *name, uint32_t *count)
{
	int len;
	const void *data = fdt_getprop(fdt, node, name, &len);

	if (!data)
		return true;
	return property_get_cell(fdt, node, name, count) && *count <= 2;
}

static bool own_cells(const void *fdt, int node, struct cells *cells)
{
	return cells_count(fdt, node, "#address-cells", &cells->address) &&
	       cells_count(fdt, node, "#size-cells", &cells->size);
}

bool cells_of(const void *fdt, int node, struct cells *cells)
{
	*cells = (struct cells){ 1, 1 };
	return own_cells(fdt, 0, cells) && own_cells(fdt, node, cells) && cells->address;
}

/* Values lie at multiples of 4: the tree does at one of 8, fdt_check_tree() has looked at the rest. */
uint64_t cells_get(const uint8_t *data, unsigned count)
{
	const fdt32_t *cell = (const void *)data;
	uint64_t value = 0;

	while (count--)
		value = value << 32 | fdt32_to_cpu(*cell++);
	return value;
}

size_t cells_step(const struct cells *cells)
{
	return 4 * (cells->address + cells->size);
}

bool range_take(struct bytes *list, const struct cells *cells, struct range *r)
{
	const uint8_t *data = list->data;
	size_t step = cells_step(cells);

	if (list->size < step)
		return false;
	list->data += step;
	list->size -= step;
	return range_make(r, cells_get(data, cells->address),
			  cells_get(data + 4 * cells->address, cells->size));
}
