/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/manifest_node.h"

int manifest_error(const struct manifest_reading *r, enum error_code code, const char *node,
		   const char *why)
{
	return error_set(r->e, code, "manifest: %s: %s", node, why);
}

bool strings_get(struct bytes p, const char **string, unsigned count)
{
	const char *at = (const char *)p.data, *end = at + p.size;

	if (!p.size)
		return false;
	for (unsigned i = 0; i < count; i++) {
		size_t len = strnlen(at, (size_t)(end - at));

		if (!len || at + len == end)
			return false;
		string[i] = at;
		at += len + 1;
	}
	return at == end;
}

static bool field_read(const struct manifest_reading *r, enum field_kind kind, struct bytes p,
		       uint8_t *to)
{
	struct range range;
	const char *string;
	uint32_t cell;

	switch (kind) {
	case FIELD_FLAG:
		*(bool *)to = true;
		return !p.size;
	case FIELD_CELL:
		if (p.size != 4)
			return false;
		cell = (uint32_t)cells_get(p.data, 1);
		memcpy(to, &cell, sizeof(cell));
		return true;
	case FIELD_NAME:
		if (p.size > MANIFEST_NAME || !strings_get(p, &string, 1))
			return false;
		memcpy(to, string, p.size);
		return true;
	case FIELD_STRING:
		if (!strings_get(p, &string, 1))
			return false;
		memcpy(to, &string, sizeof(string));
		return true;
	case FIELD_RANGE:
		if (p.size != 4 * (r->cells.address + r->cells.size) ||
		    !range_get(p, r->cells, 0, &range) || !range.size)
			return false;
		memcpy(to, &range, sizeof(range));
		return true;
	default:
		memcpy(to, &p, sizeof(p));
		return true;
	}
}

int manifest_node_read(const struct manifest_reading *r, int node, const struct field *field,
		       unsigned fields, void *to)
{
	const char *path = fdt_get_name(r->fdt, node, NULL);
	int at;

	fdt_for_each_property_offset(at, r->fdt, node) {
		const char *name;
		int len;
		const uint8_t *data = fdt_getprop_by_offset(r->fdt, at, &name, &len);
		unsigned i = 0;

		if (!data)
			return manifest_error(r, E_MANIFEST_BROKEN, path, "property unreadable");
		while (i < fields && strcmp(field[i].name, name))
			i++;
		if (i == fields ||
		    !field_read(r, field[i].kind, (struct bytes){ data, (size_t)len },
				(uint8_t *)to + field[i].offset))
			return error_set(r->e, E_MANIFEST_BROKEN,
					 "manifest: %s: %s `%s` (%d bytes)", path,
					 i == fields ? "unknown property" : "bad value of", name,
					 len);
	}
	return 0;
}
