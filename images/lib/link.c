/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "images/lib/doorbell.h"
#include "images/lib/link_internal.h"

static void ring_bell(void *arg)
{
	const struct image_link *l = arg;

	doorbell_ring(&l->bell);
}

void link_config_layout(const struct image_link *l, struct rpmsg_config *c)
{
	void *vring[2] = { (void *)(uintptr_t)l->layout.vring[0].base,
			   (void *)(uintptr_t)l->layout.vring[1].base };

	rpmsg_config_layout(c, &l->layout, vring, (void *)(uintptr_t)l->layout.buffers.base);
}

int link_make(struct image_link *l)
{
	struct rpmsg_config c = { .role = l->about.role[l->end],
				  .end = l->end,
				  .shadow = l->shadow,
				  .vdev = l->vdev,
				  .session = l->session,
				  .kick = ring_bell,
				  .arg = l };

	l->bell = l->about.doorbell[!l->end];
	if (l->about.method == LINK_HANDSHAKE) {
		c.open = link_open_table;
		c.lay_out = l->end == LINK_OWNER ? link_lay_out : NULL;
	} else {
		link_config_layout(l, &c);
	}
	return rpmsg_link_init(&l->rpmsg, &c);
}

static bool names_end(const struct link_resource *r)
{
	return memchr(r->name[0], 0, sizeof(r->name[0])) &&
	       memchr(r->name[1], 0, sizeof(r->name[1]));
}

static bool roles_fit(const struct link_resource *r)
{
	uint32_t owner = r->role[LINK_OWNER], peer = r->role[LINK_PEER];

	return (owner == LINK_SYMMETRIC && peer == LINK_SYMMETRIC) ||
	       (owner == LINK_MASTER && peer == LINK_REMOTE) ||
	       (owner == LINK_REMOTE && peer == LINK_MASTER);
}

static int refuse(struct image_link *l, const char *problem)
{
	l->problem = problem;
	return RPMSG_E_CONFIG;
}

/* Of the entry itself, as our table has it. */
static const char *entry_problem(const struct image_link *l, const volatile void *table)
{
	const struct link_resource *about = &l->about;
	bool owns = about->table[LINK_OWNER] == (uintptr_t)table;

	if ((l->end == LINK_OWNER) != owns)
		return owns ? "a reference to our own table" :
			      "our table is not where it is said to be";
	if (about->method > LINK_HANDSHAKE)
		return "unknown way";
	if (!names_end(about))
		return "names without an end";
	return roles_fit(about) ? NULL : "roles that do not fit";
}

static int check_layout(struct image_link *l)
{
	if (!link_layout_fits(&l->layout))
		return refuse(l, "rings or buffers outside shared memory, or too many descriptors");
	return 0;
}

static int make(struct image_link *l)
{
	return link_make(l) ? refuse(l, "a layout that can't be: buffer size, number, alignment") :
			      0;
}

int image_link_open(struct image_link *l, volatile struct image_table *table, unsigned n)
{
	static struct link_found found; /* large for a stack */
	struct link_resource *about = &l->about;
	const char *problem;

	memset(l, 0, sizeof(*l));
	memcpy(about, (const void *)&table->link[n], sizeof(*about));
	if (!about->table[LINK_OWNER])
		return IMAGE_LINK_UNUSED;
	l->number = n;
	if (n < IMAGE_VDEVS)
		l->table = table;
	else
		l->end = LINK_PEER;
	problem = entry_problem(l, table);
	if (problem)
		return refuse(l, problem);
	if (!link_in_shared(about->table[LINK_OWNER], 1))
		return refuse(l, "a table outside shared memory");
	if (!link_find(&found, about))
		return refuse(l, "a table that is broken, or does not describe it");
	if (l->table && found.live_vdev != &table->vdev[n].vdev)
		return refuse(l, "another vdev than the table's");
	l->vdev = found.live_vdev;
	l->session = link_session(found.live_link);
	if (about->method == LINK_PRESET) {
		if (!link_layout_read(&l->layout, found.vdev, found.link))
			return refuse(l, "vrings or buffers that are not filled in, or can't be");
		if (check_layout(l))
			return RPMSG_E_CONFIG;
	}
	return make(l);
}

int image_link_open_static(struct image_link *l, const struct image_static_link *s, const char *own)
{
	struct link_resource *about = &l->about;
	struct link_part part[LINK_PLACES];
	struct error e = { 0 };

	memset(l, 0, sizeof(*l));
	while (strcmp(s->name[l->end], own))
		if (l->end++ == LINK_PEER)
			return IMAGE_LINK_UNUSED;
	about->method = LINK_STATIC;
	for (unsigned i = 0; i < 2; i++) {
		about->role[i] = s->role[i];
		about->doorbell[i] = s->doorbell[i];
		strncpy(about->name[i], s->name[i], sizeof(about->name[i]) - 1);
	}
	l->session = (void *)(uintptr_t)s->layout.memory.base;
	if (!roles_fit(about))
		return refuse(l, "roles that do not fit");
	if (link_layout_static(&l->layout, part, &s->layout, false, &e))
		return refuse(l, "memory that is too small, or a number that can't be");
	return check_layout(l) ? RPMSG_E_CONFIG : make(l);
}
