/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/explain.h"
#include "fdt/manifest_node.h"

/* The first string of what is left of @p: its size with the NUL; 0 if there is none. */
static size_t string_size(struct bytes p)
{
	size_t len = strnlen((const char *)p.data, p.size);

	return len < p.size ? len + 1 : 0;
}

/* Bytes of an element at the field's offset. */
static const uint8_t sizes[] = {
	[FIELD_CELLS] = sizeof(uint32_t),
	[FIELD_STRINGS] = sizeof(const char *),
	[FIELD_PATHS] = sizeof(const char *),
	[FIELD_RANGES] = sizeof(struct range),
};

/* One element of a list, to @to: takes it from @p; false if it is not well-formed. */
static bool element_read(const struct manifest_reading *r, const struct field *f, struct bytes *p,
			 void *to)
{
	const char **string = to;
	uint32_t *cell = to;
	struct range *range = to;
	size_t size = 4;

	switch (f->kind) {
	case FIELD_RANGES:
		return range_take(p, &r->cells, range) && range->size;
	case FIELD_CELLS:
		if (p->size < size)
			return false;
		*cell = (uint32_t)cells_get(p->data, 1);
		break;
	default:
		if (f->kind == FIELD_PATHS && p->data[0] != '/')
			return false;
		*string = (const char *)p->data;
		size = string_size(*p);
		if (size == 1 && f->max > 1)
			return false;
	}
	p->data += size;
	p->size -= size;
	return size;
}

/* 0, or what is wrong with it. */
static int field_read(const struct manifest_reading *r, const struct field *f, struct bytes p,
		      uint8_t *to)
{
	uint8_t *element = to + f->offset;
	unsigned count = 0;

	switch (f->kind) {
	case FIELD_ANY:
		return 0;
	case FIELD_FLAG:
		*element = true;
		return p.size ? E_MANIFEST_BROKEN : 0;
	case FIELD_NAME:
		if (p.size < 2 || p.size > MANIFEST_NAME || string_size(p) != p.size)
			return E_MANIFEST_BROKEN;
		memcpy(element, p.data, p.size);
		return 0;
	}
	for (; p.size; count++, element += sizes[f->kind]) {
		if (count == f->max)
			return f->counted || f->kind == FIELD_RANGES ? E_TOO_MANY :
								       E_MANIFEST_BROKEN;
		if (!element_read(r, f, &p, element))
			return E_MANIFEST_BROKEN;
	}
	if (f->counted)
		memcpy(to + f->counted, &count, sizeof(count));
	return count < f->min ? E_MANIFEST_BROKEN : 0;
}

/* How many characters have to be put in, taken out or changed; names here are shorter than that. */
#define LONGEST 32

static unsigned distance(const char *a, const char *b)
{
	unsigned row[LONGEST + 1], width = (unsigned)strnlen(b, LONGEST);

	for (unsigned j = 0; j <= width; j++)
		row[j] = j;
	for (; *a; a++) {
		unsigned diagonal = row[0]++;

		for (unsigned j = 1; j <= width; j++) {
			unsigned best = diagonal + (*a != b[j - 1]);

			diagonal = row[j];
			if (best > diagonal + 1)
				best = diagonal + 1;
			row[j] = best < row[j - 1] + 1 ? best : row[j - 1] + 1;
		}
	}
	return row[width];
}

/* The name that is most like it, if half of it is. */
static void name_nearest(struct error *e, const char *name, const struct field *field,
			 unsigned fields)
{
	unsigned least = (unsigned)strlen(name) / 2 + 1;
	const char *nearest = NULL;

	for (unsigned i = 0; i < fields; i++) {
		unsigned d = distance(name, field[i].name);

		if (d >= least)
			continue;
		least = d;
		nearest = field[i].name;
	}
	if (nearest)
		error_append(e, "; did you mean %s?", nearest);
}

static int unknown_property(const struct manifest_reading *r, const char *name,
			    const struct field *field, unsigned fields)
{
	error_set(r->e, E_MANIFEST_BROKEN, "unknown property %s", name);
	if (advises())
		name_nearest(r->e, name, field, fields);
	for (unsigned i = 0; i < fields; i++)
		error_explain(r->e, "%s%s", i ? " " : "; known: ", field[i].name);
	return r->e->code;
}

static int bad_property(const struct manifest_reading *r, int code, int size, const struct field *f)
{
	static const char *const units[] = {
		[FIELD_FLAG] = "values: it is a flag",
		[FIELD_NAME] = "string of 1 to 31 characters",
		[FIELD_CELLS] = "cells",
		[FIELD_STRINGS] = "strings",
		[FIELD_PATHS] = "paths",
		[FIELD_RANGES] = "ranges of #address-cells and #size-cells, not empty",
	};

	error_set(r->e, (enum error_code)code, "bad %s (%d bytes)", f->name, size);
	return error_explain(r->e, "; wanted: %s%u %s", f->min < f->max ? "up to " : "", f->max,
			     units[f->kind]);
}

int manifest_node_read(const struct manifest_reading *r, int node, const struct field *field,
		       unsigned fields, void *to, uint32_t *seen)
{
	const fdt32_t *at = property_first(r->fdt, node);
	const char *name;
	struct bytes value;

	manifest_about(r, node ? node_name(r->fdt, node) : "/");
	*seen = 0;
	while (property_next(r->fdt, &at, &name, &value)) {
		unsigned i = 0;
		int rc;

		while (i < fields && strcmp(field[i].name, name))
			i++;
		if (i == fields)
			return unknown_property(r, name, field, fields);
		if (*seen & 1u << i)
			return error_set(r->e, E_MANIFEST_BROKEN, "%s twice", name);
		*seen |= 1u << i;
		rc = field_read(r, &field[i], value, to);
		if (rc)
			return bad_property(r, rc, (int)value.size, &field[i]);
	}
	return 0;
}
