/* SPDX-License-Identifier: BSD-2-Clause */
/* The name service: channels announced by either end. */
#include <string.h>

#include "rpmsg/rpmsg_internal.h"

int rpmsg_name_send(struct rpmsg_ept *e, uint32_t flags)
{
	struct rpmsg_name_message n;

	memcpy(n.name, e->name, sizeof(n.name));
	n.addr = e->addr;
	n.flags = flags;
	return rpmsg_ept_send_to(e, RPMSG_ADDRESS_NAMES, &n, sizeof(n));
}

void rpmsg_name_announce(struct rpmsg_link *l)
{
	volatile struct resource_vdev *vdev = l->config.vdev;
	uint32_t features = RPMSG_FEATURE_NS;
	struct rpmsg_ept *e;

	/* A master accepts features; between two alike the table's offer is all there is. */
	if (vdev)
		features = l->config.role == LINK_SYMMETRIC ? vdev->dfeatures : vdev->gfeatures;
	l->attention &= ~ATTEND_NAMES;
	if (!(features & RPMSG_FEATURE_NS))
		return;
	for (e = l->endpoints; e; e = e->next) {
		if (!e->name[0] || e->announced)
			continue;
		if (rpmsg_name_send(e, RPMSG_NAME_CREATE)) {
			l->attention |= ATTEND_NAMES;
			return;
		}
		e->announced = true;
	}
}

int rpmsg_ept_announce(struct rpmsg_ept *e, const char *name)
{
	if (strlen(name) >= sizeof(e->name))
		return RPMSG_E_TOO_LONG;
	strcpy(e->name, name);
	e->announced = false;
	e->link->attention |= ATTEND_NAMES;
	return 0;
}

int rpmsg_ept_withdraw(struct rpmsg_ept *e)
{
	if (e->announced && rpmsg_link_up(e->link) &&
	    rpmsg_name_send(e, RPMSG_NAME_DESTROY) == RPMSG_E_NO_BUFFER)
		return RPMSG_E_NO_BUFFER;
	e->announced = false;
	e->name[0] = 0;
	return 0;
}

void rpmsg_name_receive(struct rpmsg_link *l, const struct rpmsg_message *m)
{
	struct rpmsg_name_message n;
	struct rpmsg_ept *e;
	bool created;

	if (m->len != sizeof(n)) {
		l->counters.bad_message++;
		return;
	}
	memcpy(&n, m->data, sizeof(n));
	n.name[RPMSG_NAME_SIZE - 1] = 0;
	if (!n.name[0]) {
		l->counters.bad_message++;
		return;
	}
	l->counters.names++;
	created = !(n.flags & RPMSG_NAME_DESTROY); /* as Linux: other bits are others' extensions */
	for (e = l->endpoints; e; e = e->next) {
		if (e->dst_fixed || strcmp(e->name, n.name))
			continue;
		if (created && e->dst == RPMSG_ADDRESS_ANY)
			e->dst = n.addr;
		else if (!created && e->dst == n.addr)
			e->dst = RPMSG_ADDRESS_ANY;
	}
	if (l->config.name_service)
		l->config.name_service(l->config.arg, n.name, n.addr, created);
}
