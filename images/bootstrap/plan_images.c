/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The plan's images, in place of boot/plan/images.c: Linux's are in this very ELF and in their
 * places already. Of its peers' only the resource tables matter, which lie in memory, filled in.
 */
#include <string.h>

#include "arch/arch.h"
#include "boot/plan/parts.h"
#include "images/bootstrap/payload.h"

#include BOARD_MEMORY_MAP

static void set_table(struct image *image, struct bytes table, phys_addr_t address)
{
	image->table = table;
	image->table_address = image->table_linked = address;
}

static int find_kernel(struct plan_image *kernel, struct error *e)
{
	const struct image_hint hint = {
		.has_load = true, .load = KERNEL_BASE, .has_entry = true, .entry = KERNEL_BASE
	};

	kernel->present = true;
	return image_parse(&kernel->image, "kernel", payload(kernel_start, kernel_end), &hint, e);
}

static int find_initrd(struct plan_image *initrd, struct error *e)
{
	const struct image_hint hint = { .has_load = true, .load = INITRD_BASE };

	initrd->image = (struct image){ .name = "initrd",
					.format = "raw",
					.data = payload(initrd_start, initrd_end) };
	initrd->present = initrd->image.data.size;
	return initrd->present ? raw_parse(&initrd->image, &hint, e) : 0;
}

/* In memory as in the ELF, but filled in. */
static int find_own_table(struct plan_image *own, struct error *e)
{
	struct segment s = { .from = payload(table_start, table_end) };

	s.to = (struct range){ (uintptr_t)table_start, s.from.size };
	own->present = true;
	own->image = (struct image){ .name = "table", .format = "elf32" };
	set_table(&own->image, s.from, s.to.base);
	return image_add_segment(&own->image, &s, e);
}

static int find_linux(const struct plan *plan, struct plan_context *context, struct error *e)
{
	if (arch_core() != plan->in->board->core.id[0])
		return error_set(e, E_CORE_START, "%s: entered on core %lx",
				 context->manifest->name, arch_core());
	if (find_kernel(&context->image[PLAN_MAIN], e) ||
	    find_initrd(&context->image[PLAN_RAMDISK], e))
		return e->code;
	return find_own_table(&context->image[PLAN_TABLE], e);
}

/* A table's true size is not known here: all of its room counts. */
static void find_peer(struct plan_context *context)
{
	const struct manifest_context *m = context->manifest;
	struct image *image = &context->image[PLAN_MAIN].image;
	struct bytes table = { arch_pointer(m->table.base), (size_t)m->table.size };

	*image = (struct image){ .name = m->image, .format = "peer" };
	if (table.size > RESOURCE_TABLE_MAX)
		table.size = RESOURCE_TABLE_MAX;
	set_table(image, table, m->table.base);
}

int plan_images(struct plan *plan, struct plan_context *context, struct error *e)
{
	if (context->runs_linux)
		return find_linux(plan, context, e);
	find_peer(context);
	return 0;
}

int plan_tree(struct plan *plan, struct error *e)
{
	struct bytes own = payload(tree_start, tree_end);

	plan->fdt_at_board = !own.size;
	plan->fdt_source = own.size ? own : plan->in->board_fdt;
	if (!plan->fdt_source.size)
		return error_set(e, E_FDT_MISSING,
				 "neither the board nor the ELF has a device tree");
	if (plan->linux_context < 0)
		return error_set(e, E_MANIFEST_BROKEN, "manifest: no context has a kernel");
	if (plan->context[plan->linux_context].manifest->overlays)
		return error_set(e, E_FDT_OVERLAY,
				 "overlays have to be in the ELF's device tree already");
	return 0;
}
