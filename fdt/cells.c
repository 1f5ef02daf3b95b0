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
	struct bytes p = property_get(fdt, node, name);

	if (p.size != 4)
		return false;
	*value = (uint32_t)cells_get(p.data, 1);
	return true;
}

bool property_is(const void *fdt, int node, const char *name, const char *value)
{
	struct bytes p = property_get(fdt, node, name);
	size_t size = strlen(value) + 1;

	return p.size >= size && !memcmp(p.data, value, size);
}

static bool cells_count(const void *fdt, int node, const char *name, unsigned *count)
{
	uint32_t value;

	if (!property_get(fdt, node, name).data)
		return true;
	if (!property_get_cell(fdt, node, name, &value) || value > 2)
		return false;
	*count = value;
	return true;
}

bool cells_of(const void *fdt, int node, struct cells *cells)
{
	*cells = (struct cells){ 2, 1 };
	return cells_count(fdt, node, "#address-cells", &cells->address) &&
	       cells_count(fdt, node, "#size-cells", &cells->size) && cells->address;
}

uint64_t cells_get(const uint8_t *data, unsigned count)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < 4 * count; i++)
		value = value << 8 | data[i];
	return value;
}

unsigned cells_put(uint8_t *data, unsigned count, uint64_t value)
{
	for (unsigned i = 4 * count; i--; value >>= 8)
		data[i] = (uint8_t)value;
	return 4 * count;
}

bool cells_fit(unsigned count, uint64_t value)
{
	return count == 2 || !(value >> 32 * count);
}

bool range_get(struct bytes list, struct cells cells, unsigned index, struct range *r)
{
	size_t step = 4 * (cells.address + cells.size);
	struct bytes entry;

	return bytes_slice(list, (uint64_t)index * step, step, &entry) &&
	       range_make(r, cells_get(entry.data, cells.address),
			  cells_get(entry.data + 4 * cells.address, cells.size));
}
