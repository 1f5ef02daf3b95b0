/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan as lines for people: claims by address, cores and entries, links. */
#include "boot/feature/clusters.h"
#include "boot/feature/views.h"
#include "boot/plan/plan.h"
#include "fdt/link_roles.h"

static const char *phase_name(unsigned phases)
{
	return phases == CLAIM_ALWAYS ? "" : phases == CLAIM_LOADING ? "while loading" : "at start";
}

static void print_claim(plan_line_t *line, const struct claim *c)
{
	char name[CLAIM_NAME];

	claim_name(c, name, sizeof(name));
	line("%08llx..%08llx %9llu  %s%-24s %s", (unsigned long long)c->range.base,
	     (unsigned long long)range_end(c->range), (unsigned long long)c->range.size,
	     c->parent >= 0 ? "  " : "", name, phase_name(c->phases));
}

/* Is @a, made later, printed before @b? By address, what holds others before what it holds. */
static bool claim_before(const struct claim *a, const struct claim *b)
{
	if (a->range.base != b->range.base)
		return a->range.base < b->range.base;
	return a->range.size > b->range.size;
}

/* The claims themselves stay in the order in which they were made. */
static void print_claims(plan_line_t *line, const struct claims *claims)
{
	const struct claim *order[CLAIMS_MAX];
	unsigned at;

	for (unsigned i = 0; i < claims->count; i++) {
		for (at = i; at && claim_before(&claims->claim[i], order[at - 1]); at--)
			order[at] = order[at - 1];
		order[at] = &claims->claim[i];
	}
	for (unsigned i = 0; i < claims->count; i++)
		print_claim(line, order[i]);
}

/* A context has its cores by numbers in their cluster: of which one, where there are several. */
static void print_cluster(plan_line_t *line, const struct plan *plan,
			  const struct manifest_context *m)
{
	const struct board *board = plan->in->board;

	if (features->clusters && board->clusters > 1)
		line(FORMATTED("%-8s of cluster %s:", m->name,
			       m->cluster[0] ? m->cluster : board->cluster->name));
}

static void print_context(plan_line_t *line, const struct plan *plan,
			  const struct plan_context *context)
{
	const struct manifest_context *m = context->manifest;
	const struct image *image = &context->image[PLAN_MAIN].image;

	print_cluster(line, plan, m);
	if (context->failed) {
		line(FORMATTED("%-8s cores 0x%x  failed: %s (%d)", m->name, (unsigned)m->cores,
			       error_name(context->error.code), context->error.code));
		return;
	}
	line(FORMATTED("%-8s cores 0x%x  core %lx enters %s at %08llx%s%s", m->name,
		       (unsigned)m->cores, context->id, image->format,
		       (unsigned long long)image->entry, m->early ? ", early" : "",
		       m->optional ? ", optional" : ""));
	for (unsigned i = 0; features->views && i < context->cluster->views; i++) {
		const struct board_view *view = &context->cluster->view[i];

		line(FORMATTED("%-8s sees %08llx..%08llx at %08llx", "",
			       (unsigned long long)view->range.base,
			       (unsigned long long)range_end(view->range),
			       (unsigned long long)view->at));
	}
	if (!context->table_home.size)
		return;
	line(FORMATTED("%-8s resource table at %08llx, %llu bytes", "",
		       (unsigned long long)context->table_home.base,
		       (unsigned long long)context->table_home.size));
	if (context->left_out)
		line(FORMATTED("%-8s warning: trace %.32s is not in RAM, left out", "",
			       (const char *)context->left_out));
}

static void print_link(plan_line_t *line, const struct plan *plan, const struct plan_link *link)
{
	const struct manifest_link *m = link->manifest;

	line(FORMATTED("%-8s %s (%s) and %s (%s), %s%s", m->name,
		       plan->context[m->end[0]].manifest->name, link_roles[m->role[0]],
		       plan->context[m->end[1]].manifest->name, link_roles[m->role[1]],
		       link_methods[m->method], link->failed ? ": failed" : ""));
}

void plan_print(const struct plan *plan, plan_line_t *line)
{
	print_claims(line, &plan->claims);
	for (unsigned i = 0; i < plan->contexts; i++)
		print_context(line, plan, &plan->context[i]);
	for (unsigned i = 0; i < plan->links; i++)
		print_link(line, plan, &plan->link[i]);
}
