/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <string.h>

#include "fdt/linux_tree_edit.h"

#define X(name, text) text,
static const struct edit_names names = { EDIT_NAMES(X) };
#undef X

const char *edit_name(enum edit_name name)
{
	return (const char *)&names + name;
}

/* Each call in place would take more than all have in common. */
__attribute__((noinline)) void edit_unit_name(char *to, const char *name, phys_addr_t base)
{
	snprintf(to, EDIT_UNIT_NAME, "%s@%llx", name, (unsigned long long)base);
}

static void put(struct edit *edit, const void *data, size_t size)
{
	if (edit->to && size <= edit->room && edit->used <= edit->room - size)
		memcpy(edit->to + edit->used, data, size);
	edit->used += size;
}

/* Data of any length, and zeroes up to the next multiple of 4. */
static void put_padded(struct edit *edit, const void *data, size_t size)
{
	put(edit, data, size);
	put(edit, "\0\0\0", -size & 3);
}

static void put_word(struct edit *edit, uint32_t value)
{
	fdt32_t raw = cpu_to_fdt32(value);

	put(edit, &raw, sizeof(raw));
}

static size_t reservations_size(const struct edit *edit)
{
	return ((size_t)fdt_num_mem_rsv(edit->fdt) + 1) * sizeof(struct fdt_reserve_entry);
}

void out_head(struct edit *edit)
{
	edit->used = sizeof(struct fdt_header); /* out_finish() knows what goes there */
	put(edit, (const uint8_t *)edit->fdt + fdt_off_mem_rsvmap(edit->fdt),
	    reservations_size(edit));
}

void out_begin(struct edit *edit, const char *name)
{
	if (edit->expecting) {
		expect_begin(edit, name);
		return;
	}
	put_word(edit, FDT_BEGIN_NODE);
	put_padded(edit, name, strlen(name) + 1);
}

void out_end(struct edit *edit)
{
	if (edit->expecting)
		edit->depth--;
	else
		put_word(edit, FDT_END_NODE);
}

void out_copy(struct edit *edit, const struct fdt_property *p)
{
	/* The source's strings keep their places, so header, value and padding go as they are. */
	put(edit, p, (sizeof(*p) + fdt32_to_cpu(p->len) + 3) & ~(size_t)3);
}

void out_copy_begin(struct edit *edit, const struct fdt_property *p)
{
	put(edit, p, sizeof(*p));
}

void out_copy_entry(struct edit *edit, const void *data, size_t size)
{
	put(edit, data, size);
}

void out_copy_end(struct edit *edit, size_t start, size_t size)
{
	size_t end = edit->used;

	edit->used = start + offsetof(struct fdt_property, len);
	put_word(edit, (uint32_t)size);
	edit->used = end;
}

void out_property(struct edit *edit, enum edit_name name, const void *data, size_t size)
{
	if (edit->expecting) {
		expect_property(edit, name, data, size);
		return;
	}
	put_word(edit, FDT_PROP);
	put_word(edit, (uint32_t)size);
	put_word(edit, fdt_size_dt_strings(edit->fdt) + (uint32_t)name);
	put_padded(edit, data, size);
}

void out_cells(struct edit *edit, enum edit_name name, const uint32_t *cell, unsigned count)
{
	fdt32_t data[EDIT_CELLS];

	for (unsigned i = 0; i < count; i++)
		data[i] = cpu_to_fdt32(cell[i]);
	out_property(edit, name, data, count * sizeof(data[0]));
}

void out_string(struct edit *edit, enum edit_name name, const char *value)
{
	out_property(edit, name, value, strlen(value) + 1);
}

void out_finish(struct edit *edit)
{
	const void *fdt = edit->fdt;
	uint32_t structure = (uint32_t)(sizeof(struct fdt_header) + reservations_size(edit));
	uint32_t strings = (uint32_t)edit->used + FDT_TAGSIZE;
	uint32_t strings_size = fdt_size_dt_strings(fdt) + (uint32_t)sizeof(names);
	const uint32_t header[] = {
		FDT_MAGIC,
		strings + strings_size,
		structure,
		strings,
		sizeof(struct fdt_header),
		17,
		16,
		fdt_boot_cpuid_phys(fdt),
		strings_size,
		strings - structure,
	};

	put_word(edit, FDT_END);
	put(edit, (const uint8_t *)fdt + fdt_off_dt_strings(fdt), fdt_size_dt_strings(fdt));
	put(edit, &names, sizeof(names));
	edit->used = 0;
	for (unsigned i = 0; i < sizeof(header) / sizeof(header[0]); i++)
		put_word(edit, header[i]);
	edit->used = strings + strings_size;
}
