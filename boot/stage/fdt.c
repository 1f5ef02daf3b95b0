/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage fdt: Linux's device tree, complete before anybody but the early contexts runs. */
#include <libfdt.h>

#include "arch/arch.h"
#include "boot/feature/resets.h"
#include "boot/record.h"
#include "boot/stage/stage.h"

int stage_fdt(struct boot *boot, struct error *e)
{
	void *tree = arch_pointer(boot->plan.fdt.base);
	size_t size;

	if (!boot->plan.fdt.size) /* no Linux, or it failed */
		return 0;
	if (features->resets)
		features->resets->keep(&boot->plan);
	if (linux_tree_write(tree, (size_t)boot->plan.fdt.size, boot->plan.fdt_source,
			     &boot->plan.tree, e))
		return e->code;
	boot->fdt_is_stale = false;
	size = fdt_totalsize(tree); /* less than planned if a context has failed since */
	if (linux_tree_verify((struct bytes){ tree, size }, &boot->plan.tree, e))
		return e->code;
	arch_clean(tree, size);
	record(STAGE_FDT, 0, boot->plan.fdt.base, size, "device tree");
	return 0;
}
