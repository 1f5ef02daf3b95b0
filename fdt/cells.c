/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "fdt/cells.h"

/*
 * libfdt asks at each step whether there is one, letter by letter of a name: most of the time that
 * planning took. Here fdt_check_tree() has seen to it.
 */
const char *node_name(const void *fdt, int node)
{
	return (const char *)tag_at(fdt, node) + FDT_TAGSIZE;
}

/* A name ends in the first word that has a byte of zero. */
static const fdt32_t *behind_name(const void *fdt, int node)
{
	const uint32_t *word = tag_at(fdt, node);
	uint32_t is;

	do
		is = *++word;
	while (!((is - 0x01010101u) & ~is & 0x80808080u));
	return word + 1;
}

static inline const fdt32_t *behind_property(const struct fdt_property *p)
{
	return (const void *)(p->data + (fdt32_to_cpu(p->len) + 3) / 4 * 4);
}

const fdt32_t *property_first(const void *fdt, int node)
{
	return behind_name(fdt, node);
}

bool property_next(const void *fdt, const fdt32_t **at, const char **name, struct bytes *value)
{
	const struct fdt_property *p;

	while (fdt32_to_cpu(**at) == FDT_NOP)
		++*at;
	p = (const void *)*at;
	if (fdt32_to_cpu(p->tag) != FDT_PROP)
		return false;
	*name = property_name(fdt, p);
	*value = (struct bytes){ (const uint8_t *)p->data, fdt32_to_cpu(p->len) };
	*at = behind_property(p);
	return true;
}

/* The first of a name counts, as for Linux. */
void properties_get(const void *fdt, int node, const char *const *name, unsigned count,
		    struct bytes *value)
{
	const char *strings = (const char *)fdt + fdt_off_dt_strings(fdt);
	const fdt32_t *tag;
	unsigned left = count;

	memset(value, 0, count * sizeof(*value));
	if (node < 0)
		return;
	tag = behind_name(fdt, node);
	while (left) {
		const struct fdt_property *p = (const void *)tag++;
		const char *is;

		if (fdt32_to_cpu(p->tag) == FDT_NOP)
			continue;
		if (fdt32_to_cpu(p->tag) != FDT_PROP)
			return;
		is = strings + fdt32_to_cpu(p->nameoff);
		for (unsigned i = 0; i < count; i++)
			if (!value[i].data && *is == *name[i] && !strcmp(is, name[i])) {
				value[i] = (struct bytes){ (const uint8_t *)p->data,
							   fdt32_to_cpu(p->len) };
				left--;
			}
		tag = behind_property(p);
	}
}

static int offset_of(const void *fdt, const fdt32_t *tag)
{
	return (int)((const uint8_t *)tag - (const uint8_t *)fdt) - (int)fdt_off_dt_struct(fdt);
}

uint32_t tag_next(const void *fdt, int at, int *next)
{
	const fdt32_t *tag = tag_at(fdt, at);
	const uint32_t is = fdt32_to_cpu(*tag);
	const fdt32_t *behind = is == FDT_BEGIN_NODE ? behind_name(fdt, at) :
				is == FDT_PROP	     ? behind_property((const void *)tag) :
						       tag + 1;

	*next = offset_of(fdt, behind);
	return is;
}

int node_next(const void *fdt, int node, int *depth)
{
	const fdt32_t *tag = behind_name(fdt, node);
	uint32_t is;

	while ((is = fdt32_to_cpu(*tag)) != FDT_BEGIN_NODE) {
		if (is == FDT_END)
			return -FDT_ERR_NOTFOUND;
		*depth -= is == FDT_END_NODE;
		tag = is == FDT_PROP ? behind_property((const void *)tag) : tag + 1;
	}
	++*depth;
	return offset_of(fdt, tag);
}

static int next_of_depth_1(const void *fdt, int node, int depth)
{
	do {
		node = node < 0 ? node : node_next(fdt, node, &depth);
	} while (node >= 0 && depth > 1);
	return depth == 1 ? node : -FDT_ERR_NOTFOUND;
}

int node_child(const void *fdt, int node)
{
	return next_of_depth_1(fdt, node, 0);
}

int node_sibling(const void *fdt, int child)
{
	return next_of_depth_1(fdt, child, 1);
}

static bool is_called(const void *fdt, int node, const char *name, size_t size)
{
	const char *is = node_name(fdt, node);

	return !strncmp(is, name, size) && (!is[size] || is[size] == '@');
}

bool node_is_named(const void *fdt, int node, const char *name)
{
	return is_called(fdt, node, name, strlen(name));
}

static int child_of(const void *fdt, int node, const char *name, size_t size)
{
	int child = node_child(fdt, node);

	while (child >= 0 && !is_called(fdt, child, name, size))
		child = node_sibling(fdt, child);
	return child;
}

int node_child_named(const void *fdt, int node, const char *name)
{
	return child_of(fdt, node, name, strlen(name));
}

int node_of_path(const void *fdt, const char *path)
{
	int node = 0;

	while (node >= 0 && *path == '/') {
		const char *name = ++path;

		while (*path && *path != '/')
			path++;
		if (path > name)
			node = child_of(fdt, node, name, (size_t)(path - name));
	}
	return *path ? -FDT_ERR_NOTFOUND : node;
}

uint32_t node_phandle(const void *fdt, int node)
{
	uint32_t phandle = 0;

	if (!property_get_cell(fdt, node, "phandle", &phandle))
		property_get_cell(fdt, node, "linux,phandle", &phandle);
	return phandle;
}

int node_of_phandle(const void *fdt, uint32_t phandle)
{
	int node = 0, depth = 0;

	while (node >= 0 && node_phandle(fdt, node) != phandle)
		node = node_next(fdt, node, &depth);
	return node;
}

struct bytes property_get(const void *fdt, int node, const char *name)
{
	struct bytes value;

	properties_get(fdt, node, &name, 1, &value);
	return value;
}

const char *string_of(struct bytes value)
{
	const char *string = (const char *)value.data;

	return value.size && strnlen(string, value.size) < value.size ? string : NULL;
}

const char *property_string(const void *fdt, int node, const char *name)
{
	return string_of(property_get(fdt, node, name));
}

bool property_get_cell(const void *fdt, int node, const char *name, uint32_t *value)
{
	struct bytes p = property_get(fdt, node, name);

	if (p.size != 4)
		return false;
	*value = (uint32_t)cells_get(p.data, 1);
	return true;
}

static bool has_string(struct bytes p, const char *name)
{
	const char *list = (const char *)p.data;
	const size_t size = strlen(name) + 1;

	for (size_t at = 0; at < p.size; at += strnlen(list + at, p.size - at) + 1)
		if (size <= p.size - at && !memcmp(list + at, name, size))
			return true;
	return false;
}

bool node_is_compatible(const void *fdt, int node, const char *name)
{
	return has_string(property_get(fdt, node, "compatible"), name);
}

unsigned strings_one_of(struct bytes value, const char *list)
{
	for (unsigned i = 1; *list && value.size; i++, list += strlen(list) + 1)
		if (has_string(value, list))
			return i;
	return 0;
}

unsigned node_is_one_of(const void *fdt, int node, const char *list)
{
	return strings_one_of(property_get(fdt, node, "compatible"), list);
}

bool property_is(const void *fdt, int node, const char *name, const char *value)
{
	struct bytes p = property_get(fdt, node, name);
	size_t size = strlen(value) + 1;

	return p.size >= size && !memcmp(p.data, value, size);
}

bool node_is_available(const void *fdt, int node)
{
	const char *status = (const char *)property_get(fdt, node, "status").data;

	/* Behind a value that does not end goes on the tree, which is different. */
	return !status || !strcmp(status, "okay") || !strcmp(status, "ok");
}

/* @count stays if there is no such property. */
static bool cells_count(const void *fdt, int node, const char *name, uint32_t *count)
{
	if (!property_get(fdt, node, name).data)
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

/*
 * Values lie at multiples of 4: the tree does at one of 8, fdt_check_tree() has looked at the rest.
 */
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
