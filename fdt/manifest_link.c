/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

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

/* How many doorbells of a type a GICv2 or v3 has; SPIs are its interrupts 32 to 1019. */
static const uint16_t doorbells[] = {
	[LINK_DOORBELL_NONE] = 1,
	[LINK_DOORBELL_SGI] = 16,
	[LINK_DOORBELL_SPI] = 988,
};

/* A link as its node has it: names to look up, doorbells, and what is taken as it stands. */
struct source {
	const char *end[2], *role[2], *method, *table;
	uint32_t doorbell[4];
	struct manifest_link link;
};

enum {
	ENDS,
	ROLES,
	MEMORY,
	VDEV,
	VRINGS,
	OTHERS
};
#define REQUIRED (1u << ENDS | 1u << ROLES | 1u << MEMORY)

#define FIELD(name, kind, member, count)                           \
	{                                                          \
		name, kind, count, offsetof(struct source, member) \
	}
_Static_assert(offsetof(struct manifest_link, buffer_len) ==
		       offsetof(struct manifest_link, buffer_count[2]),
	       "three cells in a row");

static const struct field fields[] = {
	[ENDS] = FIELD("ends", FIELD_STRING, end, 2),
	[ROLES] = FIELD("roles", FIELD_STRING, role, 2),
	[MEMORY] = FIELD("memory", FIELD_RANGE, link.memory, 1),
	[VDEV] = FIELD("vdev", FIELD_CELLS, link.vdev, 1),
	[VRINGS] = FIELD("vrings", FIELD_CELLS, link.vrings, 2),
	[OTHERS] = FIELD("method", FIELD_STRING, method, 1),
	FIELD("table", FIELD_STRING, table, 1),
	FIELD("buffers", FIELD_CELLS, link.buffer_count, 3), /* buffer_len comes next */
	FIELD("doorbells", FIELD_CELLS, doorbell, 4),
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
	for (unsigned i = 0; i < 2; i++) {
		l->end[i] = find_context(r->m, s->end[i]);
		l->role[i] = (enum link_role)find_word(link_roles, LINK_ROLES, s->role[i]);
	}
	if (l->end[0] == r->m->contexts || l->end[1] == r->m->contexts || l->end[0] == l->end[1])
		return error_set(r->e, E_LINK_TO_NOBODY, "manifest: %s: from %s to %s", l->name,
				 s->end[0], s->end[1]);
	/*
	 * A ring that one end sends in is the ring that the other receives from: one driver each.
	 * So a symmetric end meets its like, and a master a remote; as numbers:
	 */
	if (l->role[0] + l->role[1] != (l->role[0] == LINK_SYMMETRIC ? 4 : LINK_MASTER))
		return error_set(r->e, E_LINK_ROLES, "manifest: %s: roles %s and %s", l->name,
				 s->role[0], s->role[1]);
	return 0;
}

/* Whose table describes the link: the remote's, if nothing else is said. */
static bool read_table(const struct manifest_reading *r, struct manifest_link *l,
		       const struct source *s)
{
	if (s->table)
		l->table_end = find_context(r->m, s->table) != l->end[0];
	else
		l->table_end = l->role[0] != LINK_REMOTE;
	return s->table ? find_context(r->m, s->table) == l->end[l->table_end] :
			  l->role[l->table_end] == LINK_REMOTE;
}

static bool read_numbers(struct manifest_link *l, const uint32_t *doorbell)
{
	for (unsigned i = 0; i < 2; i++) {
		struct link_doorbell *d = &l->doorbell[i];

		d->type = *doorbell++;
		d->number = *doorbell++;
		if (l->buffer_count[i] > BUFFERS_MAX || d->type > LINK_DOORBELL_SPI ||
		    d->number >= doorbells[d->type])
			return false;
	}
	return l->buffer_len > 16 && l->buffer_len <= BUFFER_MAX &&
	       l->buffer_len % BUFFER_ALIGN == 0 && vring_bytes(l->vrings[0], l->vrings[1]);
}

int manifest_link_read(const struct manifest_reading *r, int node, void *link)
{
	struct manifest_link *l = link;
	struct source s = { .method = link_methods[LINK_PRESET],
			    .link = { .vdev = NOT_GIVEN,
				      .buffer_len = BUFFER_LEN,
				      .vrings = { VRING_NUM, VRING_ALIGN } } };
	const char *why = NULL;
	uint32_t seen;

	memcpy(s.link.name, l->name, sizeof(l->name));
	if (manifest_node_read(r, node, fields, sizeof(fields) / sizeof(fields[0]), &s, &seen))
		return r->e->code;
	*l = s.link;
	if ((seen & REQUIRED) != REQUIRED)
		return manifest_error(r, E_MANIFEST_BROKEN, l->name,
				      "wants ends, roles and memory");
	if (read_ends(r, l, &s))
		return r->e->code;
	l->method = (enum link_method)find_word(link_methods, LINK_METHODS, s.method);
	if (l->method == LINK_METHODS)
		why = "no such method";
	else if (seen & 1u << (l->method == LINK_STATIC ? VDEV : VRINGS))
		why = "vdev with a table, vrings without";
	else if (!read_table(r, l, &s))
		why = "whose table?";
	else if (!read_numbers(l, s.doorbell))
		why = "no such buffers, vrings or doorbells";
	if (why)
		return manifest_error(r, E_MANIFEST_BROKEN, l->name, why);
	/* A handshake is the master's filling in a table that another has laid out. */
	if (l->method == LINK_HANDSHAKE && l->role[l->table_end] == LINK_MASTER)
		return manifest_error(r, E_LINK_METHOD, l->name,
				      "a handshake by the master's own table");
	return 0;
}

/* Links described by the same table need a vdev each: those given are kept, the others get the rest. */
int manifest_give_vdevs(const struct manifest_reading *r)
{
	struct manifest *m = r->m;
	const struct manifest_link *end = m->link + m->links;

	for (struct manifest_link *l = m->link; l < end; l++) {
		uint32_t used = 0;

		if (l->method == LINK_STATIC)
			continue;
		for (const struct manifest_link *o = m->link; o < end; o++)
			if (o != l && o->vdev < TABLE_VDEVS &&
			    o->end[o->table_end] == l->end[l->table_end])
				used |= 1u << o->vdev;
		if (l->vdev == NOT_GIVEN)
			l->vdev = (unsigned)__builtin_ctz(~used);
		if (l->vdev >= TABLE_VDEVS)
			return manifest_error(r, E_TOO_MANY, l->name, "too many vdevs");
		if (used >> l->vdev & 1)
			return manifest_error(r, E_MANIFEST_BROKEN, l->name, "vdev used twice");
	}
	return 0;
}
