/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/record.h"
#include "boot/stage/stage.h"
#include "boot/storage.h"

/* Does the table of @context describe a link of an early one? Then it must be there first. */
static bool serves_early(const struct plan *plan, const struct plan_context *context)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];

		if (plan_link_is_described(link, context) && link->end[LINK_PEER]->manifest->early)
			return true;
	}
	return context->manifest->early;
}

bool stage_loads_early(const struct plan *plan, const struct plan_context *context,
		       enum plan_image_kind kind)
{
	return context->manifest->early ||
	       (kind == plan_table_image(context) && serves_early(plan, context));
}

static bool in_set(const struct plan *plan, const struct plan_context *context, enum stage_set set)
{
	bool early = set == TABLE_EARLY || set == TABLE_LATE ? serves_early(plan, context) :
							       context->manifest->early;

	return set == EVERY || early == (set == TABLE_EARLY || set == START_EARLY);
}

bool stage_owns_this_core(const struct plan_context *c)
{
	return !c->core;
}

void stage_report(const struct plan_context *c)
{
	const char *name = c->manifest->name;

	record(boot_stage(), c->error.code, 0, 0, "%s", name);
	stage_print_error(boot_stage(), name, ":", &c->error);
}

static int fail(struct boot *boot, struct plan_context *context, struct error *why, struct error *e)
{
	why->stage = boot_stage();
	boot->fdt_is_stale = true;
	if (plan_fail_context(&boot->plan, context, why, e))
		return e->code; /* boot_stop() reports it */
	stage_report(context);
	return 0;
}

int stage_each(struct boot *boot, enum stage_set set, stage_one_t *one, struct error *e)
{
	struct plan *plan = &boot->plan;

	for (unsigned i = 0; i < plan->contexts; i++) {
		struct plan_context *c = &plan->context[i];
		struct error why = { 0 };

		if (c->failed || !in_set(plan, c, set))
			continue;
		one(boot, c, &why);
		if (storage_failed(&why) && fail(boot, c, &why, e))
			return e->code;
	}
	return 0;
}
