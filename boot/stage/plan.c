/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage plan: plan_make() with what the board has, and what came of it. */
#include "arch/arch.h"
#include "base/explain.h"
#include "boot/core.h"
#include "boot/feature/monitor.h"
#include "boot/feature/views.h"
#include "boot/image/use.h"
#include "boot/record.h"
#include "boot/stage/stage.h"

/* Last, so that an image for a board that is yet to be made can be planned as a whole. */
static int check_isa(struct boot *boot, struct plan_context *c, struct error *e)
{
	const struct board_cluster *cluster = c->cluster;

	for (unsigned i = 0; i < PLAN_IMAGES; i++) {
		const struct fit_image *fit = &c->image[i].fit;
		const struct image *image = &c->image[i].image;

		if (!c->image[i].present ||
		    ((!image->bits || image->bits == cluster->bits) &&
		     !use_is_for_others(fit, cluster->arch) && cluster->states >> image->thumb & 1))
			continue;
		error_set(e, E_CORE_WIDTH, "%s: %s %s (arch %s) is not for %s's cores, %u-bit Arm",
			  c->manifest->name, image->format, image->name, fit->arch ? fit->arch : "",
			  boot->in.board->name, cluster->bits);
		if (advises() && image->bits && image->bits != cluster->bits)
			error_explain(e, ": it says %u-bit itself", image->bits);
		if (advises() && boot->in.board->clusters > 1)
			error_explain(e, ", cluster %s", cluster->name);
	}
	return e->code;
}

/* Lines of their own only where there is no table of them. */
static void record_claims(const struct claims *claims)
{
	for (const struct claim *c = claims->claim; c < claims->claim + claims->count; c++) {
		char name[CLAIM_NAME];

		claim_name(c, name, sizeof(name));
		if (explains())
			record_unshown(STAGE_PLAN, c->range.base, (size_t)c->range.size, "%s",
				       name);
		else
			record(STAGE_PLAN, 0, c->range.base, (size_t)c->range.size, "%s", name);
	}
}

/*
 * What a core that runs already reads and writes while its image is loaded, nobody knows, and its
 * vectors may be those that are about to be written. Where no core has such, whoever starts it
 * refuses to (core_start()).
 */
static int check_off(struct boot *boot, struct plan_context *c, struct error *e)
{
	(void)boot;
	if (!stage_owns_this_core(c) && !core_is_off(c->cluster, c->id))
		error_set(e, E_CORE_START, "%s: core %lx of %s runs already", c->manifest->name,
			  c->id, c->cluster->name);
	return e->code;
}

int stage_plan(struct boot *boot, struct error *e)
{
	struct plan_input *in = &boot->in;
	struct plan *plan = &boot->plan;

	if (in->manifest.verbose)
		record_in_full();
	in->board_fdt = stage_board_tree(in->board);
	in->fdt_at = arch_address(in->board_fdt.data);
	if (plan_make(plan, in, &boot->staging, e))
		return e->code;
	if (features->monitor && features->monitor->check_room(plan, e))
		return e->code;
	plan_show(plan);
	record_claims(&plan->claims);
	record(STAGE_PLAN, 0, 0, plan->claims.count, "claims");
	for (unsigned i = 0; i < plan->contexts; i++)
		if (plan->context[i].failed)
			stage_report(&plan->context[i]);
	if (stage_each(boot, EVERY, check_isa, e) || !features->views)
		return e->code;
	return stage_each(boot, EVERY, check_off, e);
}
