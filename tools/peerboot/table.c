/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * peerboot table: an ELF's resource table, entry by entry. What is printed is read by copy from
 * the section itself, so that a broken table is explained as far as it is there; what is wrong
 * with it, the loader's own reader says.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "boot/image/image.h"
#include "resource_table/table.h"
#include "tools/peerboot/file.h"
#include "tools/peerboot/machine.h"
#include "tools/peerboot/table_entry.h"

#define ELF_MOST 0x40000000u /* bytes, debugging information included */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Not part of a boot: the line of an error has no stage. */
static enum status refuse(const struct error *e)
{
	fprintf(stderr, "peerboot: error %s (%d): ", error_name(e->code), e->code);
	file_put_text(stderr, e->text);
	fputc('\n', stderr);
	return STATUS_REFUSED;
}

static int find_table(struct image *image, const char *path, struct error *e)
{
	const struct image_hint hint = { .data_only = true }; /* Linux's own has no entry */
	const char *name = base_name(path);

	error_about(e, "", name);
	*image = (struct image){ .name = name,
				 .format = "elf32",
				 .data = file_read(path, ELF_MOST) };
	if (image->data.size > ELF_MOST)
		die("%s: larger than 0x%x bytes", path, ELF_MOST);
	if (!image_has_magic(image->data, ELF_MAGIC_AT, ELF_MAGIC))
		return error_set(e, E_ELF_MAGIC, "not an ELF, looks like %s",
				 image_looks_like(image->data));
	if (elf_parse(image, &hint, e))
		return e->code;
	if (image->table_misplaced)
		return error_set(e, E_TABLE_MISPLACED,
				 "no segment loads its .resource_table at 0x%llx",
				 (unsigned long long)image->table_linked);
	if (!image->table.size)
		return error_set(e, E_TABLE_MISSING, "no section .resource_table");
	return 0;
}

/* How many entries to explain: as many as the header counts, if there is room for their offsets. */
static unsigned count_entries(struct bytes table)
{
	struct resource_table head;

	if (!bytes_read(&table, 0, &head, sizeof(head)) ||
	    head.num > (table.size - sizeof(head)) / sizeof(head.offset[0]))
		return 0;
	return head.num;
}

/*
 * The loader's reader on a copy, of its first @count entries alone: what it looks at, and no more.
 * A broken table has no entries.
 */
static struct table read_copy(struct bytes table, unsigned count, const char *name, struct error *e)
{
	static uint8_t copy[RESOURCE_TABLE_MAX];
	struct resource_table *head = (void *)copy;
	struct table t;
	size_t size = table.size < sizeof(copy) ? table.size : sizeof(copy);

	memcpy(copy, table.data, size);
	if (size >= sizeof(*head) && head->num > count)
		head->num = count;
	table_read(&t, copy, size, name, e);
	return t;
}

/* The entry for which the table is refused, or @count if it is none of them. */
static unsigned first_broken(struct bytes table, unsigned count)
{
	for (unsigned n = 0; n <= count; n++) {
		struct error e = { 0 };

		read_copy(table, n, "", &e);
		if (e.code)
			return n ? n - 1 : count; /* with no entry: it is the header */
	}
	return count;
}

static void print_entries(struct bytes table, const struct table *read)
{
	unsigned count = count_entries(table);
	unsigned broken = read->count == count ? count : first_broken(table, count);
	unsigned vdevs = 0;

	for (unsigned n = 0; n < count; n++) {
		uint32_t offset;

		bytes_read_le32(&table, sizeof(struct resource_table) + 4 * n, &offset);
		printf("%s%2u  0x%03x  ", n == broken ? "!" : " ", n, (unsigned)offset);
		table_entry_print(table, offset, read, &vdevs);
	}
}

static void print_head(const struct image *image)
{
	uint32_t ver = 0, num = 0;

	bytes_read_le32(&image->table, offsetof(struct resource_table, ver), &ver);
	bytes_read_le32(&image->table, offsetof(struct resource_table, num), &num);
	printf("resource table: %zu bytes at 0x%08llx, version %u, %u entries\n", image->table.size,
	       (unsigned long long)image->table_address, (unsigned)ver, (unsigned)num);
	if (image->table_linked != image->table_address)
		printf("loaded there, but linked for 0x%08llx: the manifest's resource-table must name "
		       "where it is used\n",
		       (unsigned long long)image->table_linked);
}

static int each_area(void *arg, const struct table_area *area)
{
	(void)arg, (void)area;
	return 0;
}

/* What is wrong with its areas wherever they go, as the loader says it: there is room for all. */
static int check_areas(struct table *t, const char *name, struct error *e)
{
	return table_fill_areas(t, (struct range){ 0, (uint64_t)1 << 32 }, 0, name, each_area, NULL,
				e);
}

static enum status table(const struct options *o)
{
	struct error e = { 0 };
	struct image image;
	struct table t;

	if (find_table(&image, o->file, &e))
		return refuse(&e);
	print_head(&image);
	t = read_copy(image.table, UINT_MAX, image.name, &e);
	print_entries(image.table, &t);
	return e.code || check_areas(&t, image.name, &e) ? refuse(&e) : STATUS_OK;
}

const struct command table_command = {
	.name = "table",
	.operand = "ELF",
	.letters = "",
	.summary = "Explain the resource table of a firmware, and say what is wrong with it",
	.run = table,
};
