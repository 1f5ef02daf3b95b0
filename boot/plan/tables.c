/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan's resource tables: found where the manifest and the firmware want them, and read. */
#include <string.h>

#include "arch/seat.h"
#include "boot/feature/attach.h"
#include "boot/feature/explain.h"
#include "boot/plan/parts.h"

/* Pristine copies lie behind the boot record, one place of RESOURCE_TABLE_MAX a context. */
#define PRISTINE_OFFSET 0x4000u
_Static_assert(SEATS_OFFSET + (HELPERS + 1) * SEAT_SIZE == PRISTINE_OFFSET, "behind the seats");

/*
 * What Linux's TI K3 drivers read at a carve-out's start
 * (drivers/remoteproc/ti_k3_r5_remoteproc.c).
 */
#define K3_TABLE_MAX 256u

/* The table has to start where @want does, and to be no longer; size 0: anywhere, of any length. */
static int check_place(const struct plan_context *context, const struct range *want,
		       struct error *e)
{
	const struct range *home = &context->table_home;

	if (!want->size || (want->base == home->base && want->size >= home->size))
		return 0;
	return error_set(e, E_TABLE_MISPLACED,
			 "resource table 0x%llx..0x%llx, wanted: 0x%llx..0x%llx",
			 (unsigned long long)home->base, (unsigned long long)range_end(*home),
			 (unsigned long long)want->base, (unsigned long long)range_end(*want));
}

enum plan_image_kind plan_table_image(const struct plan_context *context)
{
	return context->image[PLAN_TABLE].present ? PLAN_TABLE : PLAN_MAIN;
}

static const struct image *table_image(const struct plan_context *context)
{
	return &context->image[plan_table_image(context)].image;
}

int plan_no_table(const struct plan_context *context, const char *who, struct error *e)
{
	const struct image *image = table_image(context);

	error_about(e, "", context->manifest->name);
	return error_set(e, image->table_misplaced ? E_TABLE_MISPLACED : E_TABLE_MISSING,
			 "image %s (%s) has no .resource_table%s for %s", image->name,
			 image->format, image->table_misplaced ? " that a segment loads" : "", who);
}

/*
 * Where the table is for Linux: where it is loaded to. If it is linked for another place, its code
 * may see it there through an MMU, or copy it there at its start: only the manifest knows.
 */
static int find_home(struct plan_context *context, const struct range *named, size_t size,
		     struct error *e)
{
	const struct image *image = table_image(context);
	struct range *home = &context->table_home;

	*home = (struct range){ image->table_address, size };
	if (image->table_linked == home->base)
		return 0;
	if (named->size && named->base == image->table_linked)
		home->base = named->base;
	if (named->size && named->base == home->base)
		return 0;
	return error_set_explained(e, E_TABLE_MISPLACED,
				   "resource table loaded to 0x%llx, linked for 0x%llx",
				   ": name one by resource-table",
				   (unsigned long long)image->table_address,
				   (unsigned long long)image->table_linked);
}

/* What its head has to be; what is wrong with an entry is said. */
static int advise(const uint8_t *data, size_t size, struct error *e)
{
	const struct resource_table *head = (const void *)data;

	if (size < sizeof(*head))
		return error_explain(e, "; cut off: its head has 0x%x", (unsigned)sizeof(*head));
	if (head->ver != RESOURCE_TABLE_VERSION)
		return error_explain(e, "; wanted: version %u", RESOURCE_TABLE_VERSION);
	if (head->reserved[0] || head->reserved[1])
		return error_explain(e, "; wanted: reserved words of 0");
	if (head->num > (size - sizeof(*head)) / sizeof(head->offset[0]))
		return error_explain(e, "; cut off: %u entries have 0x%llx", (unsigned)head->num,
				     sizeof(*head) + 4ull * head->num);
	return e->code;
}

static int read_table(const struct plan *plan, struct plan_context *context, struct error *e)
{
	const struct image *image = table_image(context);
	const struct manifest_context *m = context->manifest;
	struct range k3 = attach_carveout(m);
	const struct range first = { 0, 1 };
	struct bytes table = image->table;
	size_t size;

	if (k3.size)
		k3.size = K3_TABLE_MAX;
	if (table.size > sizeof(context->table_data)) /* no table needs what lies behind */
		table.size = sizeof(context->table_data);
	size = table.size;
	context->table_home = (struct range){ 0, 0 };
	if (!size && (m->table.size || attach_header_place(m).size || k3.size || m->table_image[0]))
		return plan_no_table(context, "the manifest", e);
	if (!size)
		return 0;
	if (find_home(context, m->table.size ? &m->table : &k3, size, e) ||
	    check_place(context, &m->table, e) || check_place(context, &k3, e))
		return e->code;
	context->table_pristine = (struct range){ plan->in->board->record.base + PRISTINE_OFFSET +
							  context->index * RESOURCE_TABLE_MAX,
						  size };
	bytes_copy_all(&table, context->table_data); /* or storage_failed() */
	if (table_read(&context->table, context->table_data, size, m->name, e))
		return advises() ? advise(context->table_data, size, e) : e->code;
	context->table.zero_is_any = !range_in_any(plan->ram, plan->ram_count, &first);
	return 0;
}

/* Does anybody ask for the table of @context? */
static bool is_wanted(const struct plan *plan, const struct plan_context *context)
{
	const struct manifest_context *m = context->manifest;

	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];

		if (link->failed || link->manifest->method == LINK_STATIC)
			continue;
		if (link->end[LINK_OWNER] == context ||
		    (link->end[LINK_PEER] == context && !context->runs_linux))
			return true;
	}
	return m->table.size || attach_header_place(m).size || attach_carveout(m).size ||
	       m->table_image[0];
}

/* A table that is good is one for Linux; of one that nobody needs it does not matter. */
static int take_table(const struct plan *plan, struct plan_context *context, struct error *e)
{
	if (!read_table(plan, context, e) || is_wanted(plan, context))
		return e->code;
	context->table_home.size = 0;
	memset(e, 0, sizeof(*e));
	return 0;
}

int plan_table(struct plan *plan, struct plan_context *context, struct error *e)
{
	error_about(e, "", context->manifest->name);
	context->left_out = NULL;
	if (take_table(plan, context, e) || !context->table_home.size)
		return e->code;
	return plan_table_areas(plan, context, e);
}
