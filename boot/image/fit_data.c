/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the data of a FIT's images lies: in the tree or behind it, its own or another's. */
#include <libfdt.h>

#include "boot/image/fit_parts.h"
#include "fdt/cells.h"

struct place {
	uint64_t offset, position, size;
	bool has_offset, has_position, has_size;
	struct bytes inline_data;
};

/* What a node says of where its data is. False if that is nothing at all. */
static bool read_place(const struct fit *fit, int node, struct place *p, struct error *e)
{
	static const char *const names[] = { "data", "data-offset", "data-position", "data-size" };
	struct bytes value[4];

	properties_get(fit->tree.data, node, names, 4, value);
	p->has_offset = fit_number(value[1], names[1], &p->offset, e);
	p->has_position = fit_number(value[2], names[2], &p->position, e);
	p->has_size = fit_number(value[3], names[3], &p->size, e);
	p->inline_data = value[0];
	return p->inline_data.data || p->has_offset || p->has_position || p->has_size;
}

/* Where an image's data lies: in the tree, or behind it in the slot. */
static int locate_data(const struct fit *fit, int node, struct bytes *data, struct error *e)
{
	const char *other = NULL;
	struct place p = { 0 };

	/*
	 * mkimage gives a node that has another's the same place, and keeps the other's name as a
	 * note.
	 */
	if (!read_place(fit, node, &p, e) && !e->code) {
		other = property_string(fit->tree.data, node, "image-data");
		node = other ? fit_child(fit, fit->images, other) : -1;
		if (node < 0 || !read_place(fit, node, &p, e))
			return error_set(e, E_IMAGE_DATA, "no data of its own, image-data: %s",
					 other ? other : "none");
	}
	if (e->code)
		return e->code;
	if (!!p.inline_data.data + p.has_offset + p.has_position > 1)
		return error_set(e, E_FIT_BROKEN, "its data is in more than one place");
	*data = p.inline_data;
	if (data->data)
		return 0;
	/* An offset counts from the end of the tree, aligned to 4. */
	if (p.has_offset &&
	    !add_checked(((uint64_t)fit->tree.size + 3) & ~3ull, p.offset, &p.position))
		p.position = p.offset; /* no less far outside */
	if (!p.has_size || (!p.has_offset && !p.has_position) || p.position < fit->tree.size ||
	    !bytes_slice(&fit->slot, p.position, p.size, data))
		return error_set(e, E_IMAGE_DATA,
				 "data at 0x%llx, 0x%llx bytes, is not in 0x%x..0x%x",
				 (unsigned long long)p.position, (unsigned long long)p.size,
				 (unsigned)fit->tree.size, (unsigned)fit->slot.size);
	return 0;
}

/* Data in a property; the tree may be a copy of what is in the slot. */
static bool is_in_tree(const struct fit *fit, const uint8_t *data)
{
	return (size_t)((uintptr_t)data - (uintptr_t)fit->tree.data) < fit->tree.size;
}

static size_t offset_in_slot(const struct fit *fit, const uint8_t *data)
{
	return (size_t)(data - fit->slot.data);
}

int fit_data_compare(const struct fit *fit, struct bytes data, size_t *size, struct error *e)
{
	struct bytes other;
	int node;

	node_for_each_child(node, fit->tree.data, fit->images) {
		struct error ignored = { 0 };
		const uint8_t *end;

		if (locate_data(fit, node, &other, &ignored) || is_in_tree(fit, other.data))
			continue;
		end = other.data + other.size;
		if (offset_in_slot(fit, end) > *size)
			*size = offset_in_slot(fit, end);
		if (!data.size || !other.size || data.data >= end ||
		    other.data >= data.data + data.size ||
		    (data.data == other.data && data.size == other.size))
			continue;
		return error_set(e, E_IMAGE_DATA,
				 "data 0x%zx..0x%zx overlaps that of image %s 0x%zx..0x%zx",
				 offset_in_slot(fit, data.data),
				 offset_in_slot(fit, data.data + data.size),
				 fit_node_name(fit, node), offset_in_slot(fit, other.data),
				 offset_in_slot(fit, end));
	}
	return 0;
}

int fit_data_take(const struct fit *fit, int node, struct bytes *data, struct error *e)
{
	size_t size = 0;

	if (locate_data(fit, node, data, e))
		return e->code;
	if (!data->size || is_in_tree(fit, data->data))
		return 0;
	if (fit_data_compare(fit, *data, &size, e))
		return e->code;
	if (data->size >= ERASED_TAIL && bytes_are(*data, ERASED))
		return error_set(e, E_FIT_TRUNCATED, "its data at 0x%zx is erased flash",
				 offset_in_slot(fit, data->data));
	return 0;
}
