/* SPDX-License-Identifier: BSD-2-Clause */
/* The output, by libfdt's sequential writer; or, if it is expected, the comparison with it. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "fdt/linux_tree_edit.h"

/* Each call in place would take more than all have in common. */
__attribute__((noinline)) void tree_unit_name(char *to, const char *name, phys_addr_t base)
{
	snprintf(to, TREE_UNIT_NAME, "%s@%llx", name, (unsigned long long)base);
}

/* What the writer says. The only thing that can be wrong is the room. */
static void written(struct edit *edit, int status)
{
	if (status)
		edit->full = true;
}

#define HEAD 48 /* bytes: what libfdt's writer begins with */

void out_open(struct edit *edit, void *to, size_t room)
{
	const int size = room < INT_MAX ? (int)room : INT_MAX;
	struct range r;

	edit->to = to;
	/*
	 * To look for each name among the others takes longer than all the rest, and so does to
	 * clear all the room: clear_padding() does what is needed.
	 */
	edit->full = fdt_create_with_flags(to, size < HEAD ? size : HEAD,
					   FDT_CREATE_FLAG_NO_NAME_DEDUP) ||
		     fdt_resize(to, to, size);
	for (int i = 0; i < fdt_num_mem_rsv(edit->fdt) && !edit->full; i++) {
		fdt_get_mem_rsv(edit->fdt, i, &r.base, &r.size);
		if (!reserved_takes(edit, &r))
			written(edit, fdt_add_reservemap_entry(to, r.base, r.size));
	}
	if (edit->full || fdt_finish_reservemap(to)) {
		edit->full = true;
		edit->to = NULL;
	}
}

int out_close(struct edit *edit, size_t room)
{
	if (edit->full || fdt_finish(edit->to))
		return error_set(edit->e, E_FDT_FULL, "takes more than 0x%x bytes", (unsigned)room);
	fdt_set_boot_cpuid_phys(edit->to, fdt_boot_cpuid_phys(edit->fdt));
	return 0;
}

/* Behind the @size bytes that were written last: nobody reads it, but it may be a secret. */
static void clear_padding(struct edit *edit, size_t size)
{
	const size_t padding = -size % FDT_TAGSIZE;

	memset((uint8_t *)edit->to + fdt_off_dt_struct(edit->to) + fdt_size_dt_struct(edit->to) -
		       padding,
	       0, padding);
}

void out_begin(struct edit *edit, const char *name)
{
	if (edit->expecting) {
		expect_begin(edit, name);
	} else if (edit->to) {
		written(edit, fdt_begin_node(edit->to, name));
		clear_padding(edit, strlen(name) + 1);
	}
}

void out_end(struct edit *edit)
{
	if (edit->expecting)
		edit->depth--;
	else if (edit->to)
		written(edit, fdt_end_node(edit->to));
}

/* libfdt takes a name to be shorter than what has been written; a source may have any. */
static bool has_room(const void *to, const char *name)
{
	return strlen(name) < fdt_totalsize(to) - fdt_off_dt_struct(to) - fdt_size_dt_struct(to) -
				      fdt_size_dt_strings(to);
}

uint8_t *out_place(struct edit *edit, const char *name, size_t size)
{
	void *data;

	if (!edit->to)
		return NULL;
	if (has_room(edit->to, name) &&
	    !fdt_property_placeholder(edit->to, name, (int)size, &data)) {
		clear_padding(edit, size);
		return data;
	}
	edit->full = true;
	return NULL;
}

void out_property(struct edit *edit, const char *name, const void *data, size_t size)
{
	uint8_t *to;

	if (edit->expecting) {
		expect_property(edit, name, data, size);
		return;
	}
	to = out_place(edit, name, size);
	if (to)
		memcpy(to, data, size);
}

void out_cells(struct edit *edit, const char *name, const uint32_t *cell, unsigned count)
{
	fdt32_t data[OUT_CELLS];

	for (unsigned i = 0; i < count; i++)
		data[i] = cpu_to_fdt32(cell[i]);
	out_property(edit, name, data, count * sizeof(data[0]));
}

void out_string(struct edit *edit, const char *name, const char *value)
{
	out_property(edit, name, value, strlen(value) + 1);
}

uint32_t out_phandle(struct edit *edit)
{
	const uint32_t phandle = edit->expecting ?
					 node_phandle(edit->fdt, edit->node[edit->depth]) :
					 edit_give_phandle(edit);

	out_cells(edit, "phandle", &phandle, 1);
	return phandle;
}

void out_interrupt_parent(struct edit *edit)
{
	if (!edit->t->controller.is_roots)
		out_cells(edit, "interrupt-parent", &edit->t->controller.phandle, 1);
}

uint32_t out_region(const struct edit *edit, unsigned region)
{
	return edit->phandle[region];
}

unsigned out_address_cells(const struct edit *edit)
{
	return edit->root.address;
}
