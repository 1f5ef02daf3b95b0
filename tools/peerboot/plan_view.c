/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "doorbell/kind.h"
#include "tools/peerboot/plan_view.h"

bool plan_claim_is_bad(const struct plan *plan, unsigned n)
{
	const struct claims *claims = &plan->claims;

	for (unsigned i = 0; i < claims->count; i++)
		if (i != n && !claims_compatible(claims, i < n ? i : n, i < n ? n : i))
			return true;
	return !claims->claim[n].foreign &&
	       !range_in_any(plan->ram, plan->ram_count, &claims->claim[n].range);
}

static bool before(const struct claim *a, const struct claim *b)
{
	if (a->range.base != b->range.base)
		return a->range.base < b->range.base;
	return a->range.size > b->range.size;
}

void plan_sort_claims(const struct plan *plan, unsigned order[CLAIMS_MAX])
{
	const struct claim *claim = plan->claims.claim;

	for (unsigned n = 0; n < plan->claims.count; n++) {
		unsigned at = n;

		for (; at > 0 && before(&claim[n], &claim[order[at - 1]]); at--)
			order[at] = order[at - 1];
		order[at] = n;
	}
}

static const char *name_of(const char *const *names, unsigned count, unsigned n)
{
	return n < count ? names[n] : "?";
}

#define NAME(names, n) name_of(names, sizeof(names) / sizeof(names[0]), n)

const char *plan_role_name(enum link_role role)
{
	static const char *const names[] = { "remote", "?", "symmetric", "master" };

	return NAME(names, role);
}

const char *plan_method_name(unsigned method)
{
	static const char *const names[] = { "preset", "handshake", "static" };

	return NAME(names, method);
}

const char *plan_doorbell_name(uint32_t kind)
{
	return doorbell_name(kind);
}

bool plan_configuration_is_default(const struct fit *fit, int node)
{
	const void *tree = fit->tree.data;
	const char *name = fdt_stringlist_get(tree, fit->configurations, "default", 0, NULL);

	return name && !strcmp(name, fdt_get_name(tree, node, NULL));
}

const char *plan_configuration_board(const struct fit *fit, int node, int index)
{
	return fdt_stringlist_get(fit->tree.data, node, "compatible", index, NULL);
}
