/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/manifest_node.h"

int manifest_error(const struct manifest_reading *r, enum error_code code, const char *node,
		   const char *why)
{
	return error_set(r->e, code, "manifest: %s: %s", node, why);
}

/* The first string of what is left of @p: its size with the NUL; 0 if there is none, or an empty one. */
static size_t string_size(struct bytes p)
{
	size_t len = strnlen((const char *)p.data, p.size);

	return len && len < p.size ? len + 1 : 0;
}

/* One element of a list, to @to: takes it from @p; false if it is not well-formed. */
static bool element_read(const struct manifest_reading *r, enum field_kind kind, struct bytes *p,
			 void *to)
{
	const char **string = to;
	uint32_t *cell = to;
	struct range *range = to;
	size_t size = 4;

	switch (kind) {
	case FIELD_RANGE:
	case FIELD_RANGES:
		return range_take(p, &r->cells, range) && range->size;
	case FIELD_CELLS:
		if (p->size < size)
			return false;
		*cell = (uint32_t)cells_get(p->data, 1);
		break;
	default:
		if (kind == FIELD_PATHS && p->data[0] != '/')
			return false;
		*string = (const char *)p->data;
		size = string_size(*p);
	}
	p->data += size;
	p->size -= size;
	return size;
}

static int field_read(const struct manifest_reading *r, const struct field *f, struct bytes p,
		      uint8_t *to)
{
	size_t step = f->kind == FIELD_RANGE || f->kind == FIELD_RANGES ? sizeof(struct range) :
		      f->kind == FIELD_CELLS				? sizeof(uint32_t) :
									  sizeof(const char *);
	unsigned count = 0;

	switch (f->kind) {
	case FIELD_ANY:
		return 0;
	case FIELD_FLAG:
		*to = true;
		return p.size ? E_MANIFEST_BROKEN : 0;
	case FIELD_NAME:
		if (p.size > MANIFEST_NAME || string_size(p) != p.size)
			return E_MANIFEST_BROKEN;
		memcpy(to, p.data, p.size);
		return 0;
	}
	for (; p.size; count++) {
		if (count == f->count)
			return f->kind >= FIELD_RANGE ? E_TOO_MANY : E_MANIFEST_BROKEN;
		if (!element_read(r, f->kind, &p, to + count * step))
			return E_MANIFEST_BROKEN;
	}
	if (f->kind >= FIELD_STRINGS)
		memcpy(to + f->count * step, &count, sizeof(count));
	else if (count != f->count)
		return E_MANIFEST_BROKEN;
	return count ? 0 : E_MANIFEST_BROKEN;
}

int manifest_node_read(const struct manifest_reading *r, int node, const struct field *field,
		       unsigned fields, void *to, uint32_t *seen)
{
	const char *path = fdt_get_name(r->fdt, node, NULL);
	int at;

	*seen = 0;
	fdt_for_each_property_offset(at, r->fdt, node) {
		const char *name;
		int len, rc = E_MANIFEST_BROKEN;
		const uint8_t *data = fdt_getprop_by_offset(r->fdt, at, &name, &len);
		unsigned i = 0;
		bool twice;

		while (i < fields && strcmp(field[i].name, name))
			i++;
		twice = *seen & 1u << i;
		*seen |= 1u << i;
		if (i < fields && !twice)
			rc = field_read(r, &field[i], (struct bytes){ data, (size_t)len },
					(uint8_t *)to + field[i].offset);
		if (rc)
			return error_set(r->e, (enum error_code)rc,
					 "manifest: %s: %s %s (%d bytes)", path,
					 i < fields ? "bad" : "unknown", name, len);
	}
	return 0;
}
