/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage fdt: Linux's device tree, complete before anybody but the early contexts runs. */
#include <string.h>

#include <libfdt.h>

#include "arch/arch.h"
#include "boot/feature/resets.h"
#include "boot/record.h"
#include "boot/stage/stage.h"

/* What the plan has tried out is it, unless a context has failed since. */
static int place(const struct boot *boot, void *tree, struct error *e)
{
	const struct plan *plan = &boot->plan;

	if (!plan->fdt_tried || boot->fdt_is_stale)
		return linux_tree_write(tree, (size_t)plan->fdt.size, plan->fdt_source, &plan->tree,
					e);
	memcpy(tree, plan->fdt_tried, (size_t)plan->fdt.size);
	return 0;
}

int stage_fdt(struct boot *boot, struct error *e)
{
	void *tree = arch_pointer(boot->plan.fdt.base);
	size_t size;

	if (!boot->plan.fdt.size) /* no Linux, or it failed */
		return 0;
	if (features->resets)
		features->resets->keep(&boot->plan);
	if (place(boot, tree, e))
		return e->code;
	boot->fdt_is_stale = false;
	size = fdt_totalsize(tree); /* less than planned if a context has failed since */
	if (linux_tree_verify((struct bytes){ tree, size }, &boot->plan.tree, e))
		return e->code;
	arch_clean(tree, size);
	record(STAGE_FDT, 0, boot->plan.fdt.base, size, "device tree");
	return 0;
}
