/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/explain.h"
#include "base/features.h"
#include "fdt/link_roles.h"
#include "fdt/manifest_node.h"
#include "resource_table/table.h"

#define NOT_GIVEN    UINT32_MAX
#define BUFFERS_MAX  32768 /* a vring has no more */
#define BUFFER_LEN   512   /* stock Linux's */
#define BUFFER_MAX   65536 /* RPMsg's length has 16 bits */
#define BUFFER_ALIGN 8	   /* headers are read as words, wherever the pool is */
#define VRING_NUM    256   /* for stock Linux's 512 buffers */
#define VRING_ALIGN  4096

const char *const link_roles[LINK_ROLES] = {
	[LINK_REMOTE] = "remote",
	[LINK_SYMMETRIC] = "symmetric",
	[LINK_MASTER] = "master",
};

const char *const link_methods[LINK_METHODS] = {
	[LINK_PRESET] = "preset",
	[LINK_HANDSHAKE] = "handshake",
	[LINK_STATIC] = "static",
};

/* A link as its node has it: names to look up, numbers to check, and what is taken as it stands. */
struct source {
	const char *end[2], *role[2], *method, *table;
	uint32_t doorbell[4];
	uint32_t buffers[3]; /* how many each end transmits in, bytes of one */
	struct manifest_link link;
};

enum {
	ENDS,
	ROLES,
	MEMORY,
	VDEV,
	VRINGS,
	METHOD,
	TABLE,
	BUFFERS,
	DOORBELLS,
	REGISTERS,
	FIELDS
};
#define REQUIRED (1u << ENDS | 1u << ROLES | 1u << MEMORY)

#define FIELD(name, kind, member, count)                                     \
	{                                                                    \
		name, kind, count, count, offsetof(struct source, member), 0 \
	}
static const struct field fields[FIELDS] = {
	[ENDS] = FIELD("ends", FIELD_STRINGS, end, 2),
	[ROLES] = FIELD("roles", FIELD_STRINGS, role, 2),
	[MEMORY] = FIELD("memory", FIELD_RANGES, link.memory, 1),
	[VDEV] = FIELD("vdev", FIELD_CELLS, link.vdev, 1),
	[VRINGS] = FIELD("vrings", FIELD_CELLS, link.vrings, 2),
	[METHOD] = FIELD("method", FIELD_STRINGS, method, 1),
	[TABLE] = FIELD("table", FIELD_STRINGS, table, 1),
	[BUFFERS] = FIELD("buffers", FIELD_CELLS, buffers, 3),
	[DOORBELLS] = FIELD("doorbells", FIELD_CELLS, doorbell, 4),
	[REGISTERS] = FIELD("registers", FIELD_RANGES, link.registers, 1),
};

/* Index of @text; @count if it is not there. */
static unsigned find_word(const char *const *word, unsigned count, const char *text)
{
	unsigned i = 0;

	while (i < count && (!word[i] || strcmp(word[i], text)))
		i++;
	return i;
}

static unsigned find_context(const struct manifest *m, const char *name)
{
	unsigned i = 0;

	while (i < m->contexts && strcmp(m->context[i].name, name))
		i++;
	return i;
}

static int read_ends(const struct manifest_reading *r, struct manifest_link *l,
		     const struct source *s)
{
	const struct manifest *m = r->m;

	for (unsigned i = 0; i < 2; i++)
		l->end[i] = find_context(m, s->end[i]);
	if (l->end[0] < m->contexts && l->end[1] < m->contexts && l->end[0] != l->end[1])
		return 0;
	error_set(r->e, E_LINK_TO_NOBODY, "ends %s and %s", s->end[0], s->end[1]);
	for (unsigned i = 0; i < m->contexts; i++)
		error_explain(r->e, "%s%s", i ? " " : "; wanted: two of ", m->context[i].name);
	return r->e->code;
}

/*
 * A ring that one end sends in is the ring that the other receives from: one driver each. So a
 * symmetric end meets its like, and a master a remote; as numbers:
 */
static int read_roles(const struct manifest_reading *r, struct manifest_link *l,
		      const struct source *s)
{
	for (unsigned i = 0; i < 2; i++)
		l->role[i] = (enum link_role)find_word(link_roles, LINK_ROLES, s->role[i]);
	if (l->role[0] + l->role[1] == (l->role[0] == LINK_SYMMETRIC ? 4 : LINK_MASTER))
		return 0;
	error_set(r->e, E_LINK_ROLES, "roles %s and %s", s->role[0], s->role[1]);
	return error_explain(r->e, "; wanted: master and remote, or symmetric twice");
}

static int read_method(const struct manifest_reading *r, struct manifest_link *l,
		       const struct source *s, uint32_t seen)
{
	unsigned other;

	l->method = (enum link_method)find_word(link_methods, LINK_METHODS, s->method);
	if (l->method == LINK_METHODS) {
		error_set(r->e, E_MANIFEST_BROKEN, "method %s", s->method);
		return error_explain(r->e, "; wanted: preset, handshake or static");
	}
	other = l->method == LINK_STATIC ? VDEV : VRINGS;
	if (!(seen & 1u << other))
		return 0;
	return error_set(r->e, E_MANIFEST_BROKEN, "%s does not go with %s", fields[other].name,
			 s->method);
}

/* Whose table describes the link: the remote's, if nothing else is said. */
static int read_table(const struct manifest_reading *r, struct manifest_link *l,
		      const struct source *s)
{
	const unsigned named = s->table ? find_context(r->m, s->table) : 0;
	unsigned k = 0;

	while (k < 2 && (s->table ? l->end[k] != named : l->role[k] != LINK_REMOTE))
		k++;
	if (k == 2) {
		error_set(r->e, E_MANIFEST_BROKEN, "table %s", s->table ? s->table : "missing");
		return error_explain(r->e, "; wanted: %s or %s", s->end[0], s->end[1]);
	}
	l->table_end = k;
	/* A handshake is the master's filling in a table that another has laid out. */
	if (l->method == LINK_HANDSHAKE && l->role[k] == LINK_MASTER)
		return error_set(r->e, E_LINK_METHOD, "handshake by the table of its master %s",
				 s->table);
	return 0;
}

static int bad_buffers(const struct manifest_reading *r, uint32_t count, uint32_t len)
{
	error_set(r->e, E_MANIFEST_BROKEN, "buffers: %u of %u bytes", (unsigned)count,
		  (unsigned)len);
	return error_explain(r->e, "; wanted: up to 32768, of 24 to 65536 in steps of 8");
}

static int bad_vrings(const struct manifest_reading *r, const struct manifest_link *l)
{
	error_set(r->e, E_MANIFEST_BROKEN, "vrings of %u at multiples of %u",
		  (unsigned)l->vrings[0], (unsigned)l->vrings[1]);
	return error_explain(r->e, "; wanted: powers of 2, up to 32768");
}

static int read_numbers(const struct manifest_reading *r, struct manifest_link *l,
			const struct source *s)
{
	const uint32_t len = s->buffers[2];

	l->buffer_len = len;
	for (unsigned i = 0; i < 2; i++) {
		struct link_doorbell *d = &l->doorbell[i];

		l->buffer_count[i] = s->buffers[i];
		d->kind = s->doorbell[2 * i];
		d->cell[0] = s->doorbell[2 * i + 1];
		if (l->buffer_count[i] > BUFFERS_MAX || len <= 16 || len > BUFFER_MAX ||
		    len % BUFFER_ALIGN)
			return bad_buffers(r, l->buffer_count[i], len);
	}
	return vring_bytes(l->vrings[0], l->vrings[1]) ? 0 : bad_vrings(r, l);
}

int manifest_link_read(const struct manifest_reading *r, int node, void *link)
{
	struct manifest_link *l = link;
	struct source s = { .method = link_methods[LINK_PRESET],
			    .buffers = { 0, 0, BUFFER_LEN },
			    .link = { .vdev = NOT_GIVEN, .vrings = { VRING_NUM, VRING_ALIGN } } };
	uint32_t seen, missing;

	memcpy(s.link.name, l->name, sizeof(l->name));
	if (manifest_node_read(r, node, fields, FIELDS, &s, &seen))
		return r->e->code;
	*l = s.link;
	missing = REQUIRED & ~seen;
	if (missing)
		return error_set(r->e, E_MANIFEST_BROKEN, "no %s",
				 fields[__builtin_ctz(missing)].name);
	if (!features->stm32 && seen & 1u << REGISTERS)
		return error_set(r->e, E_MANIFEST_BROKEN, ERROR_NOT_IN_LOADER, "property",
				 fields[REGISTERS].name);
	if (read_ends(r, l, &s) || read_roles(r, l, &s) || read_method(r, l, &s, seen) ||
	    read_table(r, l, &s))
		return r->e->code;
	return read_numbers(r, l, &s);
}

/*
 * Links described by the same table need a vdev each: those given are kept, the others get the
 * rest.
 */
int manifest_give_vdevs(const struct manifest_reading *r)
{
	struct manifest *m = r->m;
	const struct manifest_link *end = m->link + m->links;

	for (struct manifest_link *l = m->link; l < end; l++) {
		uint32_t used = 0;

		if (l->method == LINK_STATIC)
			continue;
		manifest_about(r, l->name);
		for (const struct manifest_link *o = m->link; o < end; o++)
			if (o != l && o->vdev < TABLE_VDEVS &&
			    o->end[o->table_end] == l->end[l->table_end])
				used |= 1u << o->vdev;
		if (l->vdev == NOT_GIVEN)
			l->vdev = (unsigned)__builtin_ctz(~used);
		if (l->vdev >= TABLE_VDEVS)
			return error_set(r->e, E_TOO_MANY, "vdev %u is above %u", (unsigned)l->vdev,
					 TABLE_VDEVS - 1);
		if (used >> l->vdev & 1)
			return error_set(r->e, E_MANIFEST_BROKEN, "vdev %u is another link's, too",
					 (unsigned)l->vdev);
	}
	return 0;
}
