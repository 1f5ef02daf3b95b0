/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan as lines for people: claims by address, cores and entries, links. */
#include <stdio.h>

#include "boot/plan.h"
#include "fdt/link_roles.h"

struct printer {
	void (*line)(void *arg, const char *text);
	void *arg;
};

static const char *phase_name(unsigned phases)
{
	return phases == CLAIM_ALWAYS ? "" : phases == CLAIM_LOADING ? "while loading" : "at start";
}

static void print_claim(struct printer *p, const struct claim *c)
{
	char name[48], text[128];

	claim_name(c, name, sizeof(name));
	snprintf(text, sizeof(text), "%08llx..%08llx %9llu  %s%-24s %s",
		 (unsigned long long)c->range.base, (unsigned long long)range_end(c->range),
		 (unsigned long long)c->range.size, c->parent >= 0 ? "  " : "", name,
		 phase_name(c->phases));
	p->line(p->arg, text);
}

/* Is @a printed before @b? By address, what holds others before what it holds. */
static bool claim_before(const struct claims *claims, unsigned a, unsigned b)
{
	const struct claim *ca = &claims->claim[a], *cb = &claims->claim[b];

	if (ca->range.base != cb->range.base)
		return ca->range.base < cb->range.base;
	if (ca->range.size != cb->range.size)
		return ca->range.size > cb->range.size;
	return a < b;
}

/* The claims stay in the order in which they were made: each round finds the next by address. */
static void print_claims(struct printer *p, const struct claims *claims)
{
	int last = -1;

	for (unsigned n = 0; n < claims->count; n++) {
		int next = -1;

		for (unsigned i = 0; i < claims->count; i++)
			if ((last < 0 || claim_before(claims, (unsigned)last, i)) &&
			    (next < 0 || claim_before(claims, i, (unsigned)next)))
				next = (int)i;
		print_claim(p, &claims->claim[next]);
		last = next;
	}
}

static void print_context(struct printer *p, const struct plan_context *context)
{
	const struct manifest_context *m = context->manifest;
	const struct image *image = &context->image[PLAN_MAIN].image;
	char text[160];

	if (context->failed)
		snprintf(text, sizeof(text), "%-8s cores 0x%x  failed: %s (%d)", m->name,
			 (unsigned)m->cores, error_name(context->error.code), context->error.code);
	else
		snprintf(text, sizeof(text), "%-8s cores 0x%x  core %u enters %s at %08llx%s%s",
			 m->name, (unsigned)m->cores, context->core, image->format,
			 (unsigned long long)image->entry, m->early ? ", early" : "",
			 m->optional ? ", optional" : "");
	p->line(p->arg, text);
	if (context->failed || !context->table_home.size)
		return;
	snprintf(text, sizeof(text), "%-8s resource table at %08llx, %llu bytes", "",
		 (unsigned long long)context->table_home.base,
		 (unsigned long long)context->table_home.size);
	p->line(p->arg, text);
}

static void print_link(struct printer *p, const struct plan *plan, const struct plan_link *link)
{
	const struct manifest_link *m = link->manifest;
	char text[160];

	snprintf(text, sizeof(text), "%-8s %s (%s) and %s (%s), %s%s", m->name,
		 plan->context[m->end[0]].manifest->name, link_roles[m->role[0]],
		 plan->context[m->end[1]].manifest->name, link_roles[m->role[1]],
		 link_methods[m->method], link->failed ? ": failed" : "");
	p->line(p->arg, text);
}

void plan_print(const struct plan *plan, void (*line)(void *arg, const char *text), void *arg)
{
	struct printer p = { line, arg };

	print_claims(&p, &plan->claims);
	for (unsigned i = 0; i < plan->contexts; i++)
		print_context(&p, &plan->context[i]);
	for (unsigned i = 0; i < plan->links; i++)
		print_link(&p, plan, &plan->link[i]);
}
