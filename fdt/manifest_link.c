/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "fdt/manifest_node.h"
#include "resource_table/table.h"

#define NOT_GIVEN    UINT32_MAX
#define SGIS	     16
#define SPIS	     988   /* GICv2 and v3: interrupts 32 to 1019 */
#define BUFFERS_MAX  32768 /* a vring has no more */
#define BUFFER_LEN   512   /* stock Linux's */
#define BUFFER_MAX   65536 /* RPMsg's length has 16 bits */
#define BUFFER_ALIGN 8	   /* headers are read as words, wherever the pool is */

struct source {
	struct bytes ends, roles, buffers, doorbells;
	const char *method, *table;
	uint32_t vdev;
	struct range memory;
};

#define FIELD(name, kind, member)                           \
	{                                                   \
		name, kind, offsetof(struct source, member) \
	}
static const struct field fields[] = {
	FIELD("ends", FIELD_RAW, ends),	       FIELD("roles", FIELD_RAW, roles),
	FIELD("method", FIELD_STRING, method), FIELD("table", FIELD_STRING, table),
	FIELD("vdev", FIELD_CELL, vdev),       FIELD("memory", FIELD_RANGE, memory),
	FIELD("buffers", FIELD_RAW, buffers),  FIELD("doorbells", FIELD_RAW, doorbells),
};

/* Words and what they stand for. */
static const struct word {
	const char *text;
	unsigned value;
} roles[] = { { "master", LINK_MASTER },
	      { "remote", LINK_REMOTE },
	      { "symmetric", LINK_SYMMETRIC } },
  methods[] = { { "preset", METHOD_PRESET },
		{ "handshake", METHOD_HANDSHAKE },
		{ "static", METHOD_STATIC } };

static bool find_word(const struct word words[3], const char *text, unsigned *value)
{
	for (unsigned i = 0; i < 3; i++)
		if (!strcmp(words[i].text, text)) {
			*value = words[i].value;
			return true;
		}
	return false;
}

static int read_ends(const struct manifest_reading *r, struct manifest_link *l,
		     const struct source *s)
{
	const char *name[2];

	if (!strings_get(s->ends, name, 2))
		return manifest_error(r, E_MANIFEST_BROKEN, l->name, "ends: wanted two names");
	for (unsigned i = 0; i < 2; i++) {
		unsigned c = 0;

		while (c < r->m->contexts && strcmp(r->m->context[c].name, name[i]))
			c++;
		l->end[i] = c;
		if (c == r->m->contexts || (i && l->end[0] == c))
			return error_set(r->e, E_LINK_TO_NOBODY,
					 "manifest: link %s: from %s to %s: %s", l->name, name[0],
					 name[1],
					 c == r->m->contexts ? "no such context" : "the same");
	}
	return 0;
}

static int read_roles(const struct manifest_reading *r, struct manifest_link *l,
		      const struct source *s)
{
	const char *name[2];
	unsigned role[2];

	if (!strings_get(s->roles, name, 2))
		return manifest_error(r, E_MANIFEST_BROKEN, l->name, "roles: wanted two");
	/* A ring that one end sends in is the ring that the other receives from: one driver each. */
	if (!find_word(roles, name[0], &role[0]) || !find_word(roles, name[1], &role[1]) ||
	    !(role[0] & LINK_ROLE_RX_DRIVER) == !(role[1] & LINK_ROLE_TX_DRIVER) ||
	    !(role[0] & LINK_ROLE_TX_DRIVER) == !(role[1] & LINK_ROLE_RX_DRIVER))
		return error_set(r->e, E_LINK_ROLES, "manifest: link %s: roles %s and %s", l->name,
				 name[0], name[1]);
	l->role[0] = (enum link_role)role[0];
	l->role[1] = (enum link_role)role[1];
	return 0;
}

static int read_table(const struct manifest_reading *r, struct manifest_link *l,
		      const struct source *s)
{
	unsigned method = METHOD_PRESET;

	if (s->method && !find_word(methods, s->method, &method))
		return manifest_error(r, E_MANIFEST_BROKEN, l->name, "method: unknown");
	l->method = (enum manifest_method)method;
	for (l->table_end = 0; l->table_end < 2; l->table_end++)
		if (s->table ? !strcmp(r->m->context[l->end[l->table_end]].name, s->table) :
			       l->role[l->table_end] == LINK_REMOTE)
			return 0;
	return manifest_error(r, E_MANIFEST_BROKEN, l->name,
			      s->table ? "table: not an end" : "table: equals must say whose");
}

static int read_buffers(const struct manifest_reading *r, struct manifest_link *l, struct bytes p)
{
	l->buffer_len = BUFFER_LEN;
	if (!p.data)
		return 0;
	if (p.size != 12)
		return manifest_error(r, E_MANIFEST_BROKEN, l->name, "buffers: wanted 3 cells");
	l->buffer_count[0] = (uint32_t)cells_get(p.data, 1);
	l->buffer_count[1] = (uint32_t)cells_get(p.data + 4, 1);
	l->buffer_len = (uint32_t)cells_get(p.data + 8, 1);
	if (l->buffer_count[0] > BUFFERS_MAX || l->buffer_count[1] > BUFFERS_MAX ||
	    l->buffer_len <= 16 || l->buffer_len > BUFFER_MAX || l->buffer_len % BUFFER_ALIGN)
		return error_set(r->e, E_MANIFEST_BROKEN,
				 "manifest: link %s: buffers %u, %u of %u bytes: at most %u, of 24 "
				 "to %u bytes, a multiple of %u",
				 l->name, (unsigned)l->buffer_count[0],
				 (unsigned)l->buffer_count[1], (unsigned)l->buffer_len, BUFFERS_MAX,
				 BUFFER_MAX, BUFFER_ALIGN);
	return 0;
}

static int read_doorbells(const struct manifest_reading *r, struct manifest_link *l, struct bytes p)
{
	static const uint32_t numbers[] = {
		[LINK_DOORBELL_NONE] = 1, [LINK_DOORBELL_SGI] = SGIS, [LINK_DOORBELL_SPI] = SPIS
	};

	if (p.data && p.size != 16)
		return manifest_error(r, E_MANIFEST_BROKEN, l->name, "doorbells: wanted 4 cells");
	for (unsigned i = 0; p.data && i < 2; i++) {
		struct link_doorbell *d = &l->doorbell[i];

		d->type = (uint32_t)cells_get(p.data + 8 * i, 1);
		d->number = (uint32_t)cells_get(p.data + 8 * i + 4, 1);
		if (d->type > LINK_DOORBELL_SPI || d->number >= numbers[d->type])
			return error_set(r->e, E_MANIFEST_BROKEN,
					 "manifest: link %s: doorbell <%u %u> does not exist",
					 l->name, (unsigned)d->type, (unsigned)d->number);
	}
	return 0;
}

/* Links described by the same table need a vdev each: those given are kept, the others get the rest. */
static int give_vdev(const struct manifest_reading *r, unsigned link)
{
	const struct manifest *m = r->m;
	struct manifest_link *l = &r->m->link[link];
	bool given = l->vdev != NOT_GIVEN;
	uint32_t used = 0;

	for (unsigned i = 0; i < m->links; i++)
		if (i != link && m->link[i].end[m->link[i].table_end] == l->end[l->table_end] &&
		    m->link[i].vdev < TABLE_VDEVS)
			used |= 1u << m->link[i].vdev;
	if (!given)
		l->vdev = (unsigned)__builtin_ctz(~used);
	if (l->vdev >= TABLE_VDEVS)
		return manifest_error(r, E_TOO_MANY, l->name, "a table has at most 4 vdevs");
	if (used >> l->vdev & 1)
		return manifest_error(r, E_MANIFEST_BROKEN, l->name, "vdev used twice");
	return 0;
}

int manifest_links_read(const struct manifest_reading *r, int parent)
{
	struct manifest *m = r->m;
	int node;

	fdt_for_each_subnode(node, r->fdt, parent) {
		struct source s = { .vdev = NOT_GIVEN };
		struct manifest_link *l = &m->link[m->links];
		int len;
		const char *name = fdt_get_name(r->fdt, node, &len);

		if (m->links == MANIFEST_LINKS)
			return manifest_error(r, E_TOO_MANY, name, "more than 8 links");
		if (len >= MANIFEST_NAME)
			return manifest_error(r, E_MANIFEST_BROKEN, name, "name too long");
		memcpy(l->name, name, (size_t)len);
		if (manifest_node_read(r, node, fields, sizeof(fields) / sizeof(fields[0]), &s) ||
		    read_ends(r, l, &s) || read_roles(r, l, &s) || read_table(r, l, &s) ||
		    read_buffers(r, l, s.buffers) || read_doorbells(r, l, s.doorbells))
			return r->e->code;
		if (!s.memory.size || fdt_first_subnode(r->fdt, node) >= 0)
			return manifest_error(r, E_MANIFEST_BROKEN, name,
					      "no memory, or a sub-node");
		l->vdev = s.vdev;
		l->memory = s.memory;
		m->links++;
	}
	for (unsigned i = 0; i < m->links; i++)
		if (give_vdev(r, i))
			return r->e->code;
	return 0;
}
