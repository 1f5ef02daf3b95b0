/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/plan/closer.h"
#include "tools/peerboot/closer/closer.h"

static int (*const of_linux[])(struct closer *c) = {
	closer_ramdisk, closer_areas, closer_console,  closer_memory,
	closer_room,	closer_cores, closer_sections,
};

static int check(struct plan *plan, const void *tree, struct error *e)
{
	struct closer c = { plan, tree, e };

	for (unsigned i = 0; i < plan->contexts; i++)
		if (!plan->context[i].failed &&
		    (closer_program(&c, &plan->context[i]) || closer_traces(&c, &plan->context[i])))
			return e->code;
	for (unsigned i = 0; tree && i < sizeof(of_linux) / sizeof(of_linux[0]); i++) {
		e->culprit = plan->linux_context;
		error_about(e, "", "device tree");
		if (of_linux[i](&c))
			return e->code;
	}
	return 0;
}

const struct closer_feature closer_feature = { check };
