/* SPDX-License-Identifier: BSD-2-Clause */
/* What contexts take from Linux, nobody else has, or needs. */
#include <libfdt.h>

#include "base/explain.h"
#include "boot/feature/devices.h"
#include "boot/plan/parts.h"
#include "fdt/cells.h"
#include "fdt/devices.h"

/* Of what the plan disables: each path is a context's. */
struct devices {
	struct plan *plan;
	const void *fdt;
	const struct plan_context *owner[LINUX_DISABLES];
	int node[LINUX_DISABLES];
};

/* Its context, if it is one of a context's devices: by where its path is kept. */
static const struct plan_context *owner_of(const struct plan *plan, const char *path)
{
	for (unsigned i = 0; i < plan->contexts; i++)
		for (unsigned k = 0; k < plan->context[i].manifest->devices; k++)
			if (plan->context[i].manifest->device[k] == path)
				return &plan->context[i];
	return NULL;
}

static void blame(const struct devices *d, unsigned device, struct error *e)
{
	e->culprit = (int)d->owner[device]->index;
	error_about(e, "", d->owner[device]->manifest->name);
}

/* It is there, and no other context has it, what it is in, or something in it. */
static int add(struct devices *d, unsigned device, struct error *e)
{
	const char *path = d->plan->disable[device];
	const int node = node_of_path(d->fdt, path);

	d->owner[device] = owner_of(d->plan, path);
	d->node[device] = node;
	blame(d, device, e);
	if (node <= 0)
		return error_set(e, E_MANIFEST_BROKEN, "no device %s", path);
	for (unsigned i = 0; i < device; i++)
		if (d->owner[i] != d->owner[device] && !d->owner[device]->failed &&
		    (device_contains(d->fdt, node, d->node[i]) ||
		     device_contains(d->fdt, d->node[i], node))) {
			plan_blame(d->plan, e->culprit, (int)d->owner[i]->index, e);
			return error_set(e, E_MANIFEST_BROKEN, "device %s is of %s, too (%s)", path,
					 d->owner[i]->manifest->name, d->plan->disable[i]);
		}
	return 0;
}

/* A failed context's device would be Linux's again, but for what it can't work without. */
static bool is_without(struct devices *d, int user, struct error *e)
{
	struct plan *plan = d->plan;

	for (unsigned i = 0; i < plan->contexts; i++)
		for (unsigned k = 0; k < plan->context[i].manifest->devices; k++) {
			const char *path = plan->context[i].manifest->device[k];
			const int node = node_of_path(d->fdt, path);

			if (!plan->context[i].failed || node <= 0 ||
			    !device_contains(d->fdt, node, user) ||
			    device_is_linuxs(d->fdt, path, node, plan->tree.controller.node))
				continue;
			plan->disable[plan->tree.disables] = path;
			return !add(d, plan->tree.disables++, e);
		}
	return false;
}

static int check_device(struct devices *d, unsigned device, struct error *e)
{
	const char *path = d->plan->disable[device], *property, *why;
	const struct core_set linuxs = { d->plan->in->board->core.id,
					 plan_linux_context(d->plan)->cores };
	char user_path[96];
	int user;

	blame(d, device, e);
	why = device_is_linuxs(d->fdt, path, d->node[device], d->plan->tree.controller.node);
	if (why) {
		error_set(e, E_MANIFEST_BROKEN, "device %s is needed by Linux", path);
		return advises() ? error_explain(e, ": %s", why) : e->code;
	}
	do {
		user = device_find_user(d->fdt, d->node[device], &linuxs, d->node,
					d->plan->tree.disables, &property);
		if (!user)
			return 0;
	} while (is_without(d, user, e));
	blame(d, device, e);
	error_set(e, E_MANIFEST_BROKEN, "device %s is needed by %s", path,
		  advises() && !fdt_get_path(d->fdt, user, user_path, sizeof(user_path)) ?
			  user_path :
			  fdt_get_name(d->fdt, user, NULL));
	return error_explain(e, " (%s)", property);
}

static int check(struct plan *plan, struct error *e)
{
	struct devices d = { .plan = plan, .fdt = plan->fdt_source.data };

	for (unsigned i = 0; i < plan->tree.disables; i++)
		if (add(&d, i, e))
			return e->code;
	for (unsigned i = 0; i < plan->tree.disables; i++)
		if (check_device(&d, i, e))
			return e->code;
	e->culprit = plan->linux_context;
	error_about(e, NULL, NULL);
	return 0;
}

const struct devices_feature devices_feature = { check };
