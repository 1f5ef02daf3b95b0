/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>

#include "boot/plan/claim.h"
#include "boot/feature/explain.h"

int claim_add(struct claims *c, const struct claim *claim, struct error *e)
{
	char name[CLAIM_NAME];

	if (!claim->range.size)
		return 0;
	if (c->count == CLAIMS_MAX) {
		claim_name(claim, name, sizeof(name));
		return error_set(e, E_TOO_MANY, "%s: more than %u claims", name,
				 (unsigned)CLAIMS_MAX);
	}
	c->claim[c->count++] = *claim;
	return 0;
}

void claim_name(const struct claim *c, char *text, size_t size)
{
	if (c->numbered)
		snprintf(text, size, "%s %s %u", c->owner, c->what, c->number);
	else if (c->placed)
		snprintf(text, size, "%s %s@%llx", c->owner, c->what,
			 (unsigned long long)c->range.base);
	else if (c->name && c->name[0])
		snprintf(text, size, "%s %s %.32s", c->owner, c->what, (const char *)c->name);
	else
		snprintf(text, size, "%s %s", c->owner, c->what);
}

void claim_text(const struct claim *c, char text[CLAIM_TEXT])
{
	char name[CLAIM_NAME];

	claim_name(c, name, sizeof(name));
	snprintf(text, CLAIM_TEXT, "%s 0x%08llx..0x%08llx", name, (unsigned long long)c->range.base,
		 (unsigned long long)range_end(c->range));
}

/* A parent is added before its children, so the walk goes down and ends. */
static bool has_ancestor(const struct claims *c, unsigned child, unsigned ancestor)
{
	int next;

	while ((next = c->claim[child].parent) >= 0 && (unsigned)next < child) {
		child = (unsigned)next;
		if (child == ancestor)
			return true;
	}
	return false;
}

bool claims_compatible(const struct claims *c, unsigned i, unsigned j)
{
	const struct claim *a = &c->claim[i], *b = &c->claim[j];

	if (!(a->phases & b->phases) || (a->foreign && b->foreign) ||
	    !range_overlaps(&a->range, &b->range))
		return true;
	return has_ancestor(c, j, i) && range_contains(&a->range, &b->range);
}

static int refuse_overlap(const struct claim *a, const struct claim *b, struct error *e)
{
	char text_a[CLAIM_TEXT], text_b[CLAIM_TEXT];

	claim_text(a, text_a);
	claim_text(b, text_b);
	if (a->holds && !b->holds && a->context == b->context)
		return error_set(e, E_OUTSIDE_MEMORY, "%s is only in part in %s", text_b, text_a);
	return error_set(e, E_OVERLAP, "%s overlaps %s", text_b, text_a);
}

int claim_check_ram(const struct claim *c, const struct range *ram, unsigned ram_count,
		    struct error *e)
{
	char text[CLAIM_TEXT];

	if (c->foreign || range_in_any(ram, ram_count, &c->range))
		return 0;
	claim_text(c, text);
	error_set(e, E_OUTSIDE_RAM, "%s is outside RAM", text);
	for (unsigned i = 0; i < ram_count; i++)
		error_explain(e, "%s 0x%llx..0x%llx", i ? "," : ":",
			      (unsigned long long)ram[i].base,
			      (unsigned long long)range_end(ram[i]));
	return e->code;
}

int claims_check(const struct claims *c, const struct range *ram, unsigned ram_count,
		 const struct claim *culprit[2], struct error *e)
{
	culprit[0] = culprit[1] = NULL;
	for (unsigned j = c->checked; j < c->count; j++) {
		if (claim_check_ram(&c->claim[j], ram, ram_count, e)) {
			culprit[0] = &c->claim[j];
			return e->code;
		}
		for (unsigned i = 0; i < j; i++) {
			if (claims_compatible(c, i, j))
				continue;
			culprit[0] = &c->claim[i];
			culprit[1] = &c->claim[j];
			return refuse_overlap(culprit[0], culprit[1], e);
		}
	}
	return 0;
}
