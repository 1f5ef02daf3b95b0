/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <string.h>

#include "fdt/link_roles.h"
#include "fdt/linux_tree_edit.h"

void linux_link_name(char *to, const struct linux_tree *t, unsigned link)
{
	const char *peer = t->link[link].peer;
	unsigned before = 0;

	for (unsigned i = 0; i < link; i++)
		before += !strcmp(t->link[i].peer, peer);
	snprintf(to, EDIT_UNIT_NAME, before ? "link-%s-%u" : "link-%s", peer, before);
}

/* A property of addresses and sizes while it is put together. */
struct numbers {
	struct edit *edit;
	unsigned count;
	uint32_t cell[EDIT_CELLS];
};

/* One address or size; each goes through here, so none is cut. */
static void put_number(struct numbers *n, uint32_t cells, uint64_t number)
{
	if (cells == 2)
		n->cell[n->count++] = (uint32_t)(number >> 32);
	else if (number >> 32)
		error_set(n->edit->e, E_OVERFLOW, "device tree: 0x%llx does not fit a cell",
			  (unsigned long long)number);
	n->cell[n->count++] = (uint32_t)number;
}

static void put_address(struct edit *edit, enum edit_name name, phys_addr_t address)
{
	struct numbers n;

	n.edit = edit;
	n.count = 0;
	put_number(&n, edit->root.address, address);
	out_cells(edit, name, n.cell, n.count);
}

static void put_reg(struct edit *edit, const struct range *range, unsigned ranges)
{
	struct numbers n;

	n.edit = edit;
	n.count = 0;
	for (; ranges--; range++) {
		put_number(&n, edit->root.address, range->base);
		put_number(&n, edit->root.size, range->size);
	}
	out_cells(edit, NAME_REG, n.cell, n.count);
}

static void chosen_properties(struct edit *edit)
{
	const struct linux_tree *t = edit->t;

	if (t->bootargs)
		out_string(edit, NAME_BOOTARGS, t->bootargs);
	if (t->initrd.size) {
		put_address(edit, NAME_INITRD_START, t->initrd.base);
		put_address(edit, NAME_INITRD_END, range_end(t->initrd));
	}
	if (t->seed)
		out_property(edit, NAME_RNG_SEED, t->seed, t->seed_size);
}

static void memory_node(struct edit *edit)
{
	char name[EDIT_UNIT_NAME];

	edit_unit_name(name, "memory", edit->t->memory[0].base);
	out_begin(edit, name);
	out_string(edit, NAME_DEVICE_TYPE, "memory");
	put_reg(edit, edit->t->memory, edit->t->memories);
	out_end(edit);
}

/* Linux ignores all of /reserved-memory if its #cells are not the root's. */
static void reserved_properties(struct edit *edit)
{
	out_cells(edit, NAME_ADDRESS_CELLS, &edit->root.address, 1);
	out_cells(edit, NAME_SIZE_CELLS, &edit->root.size, 1);
	out_property(edit, NAME_RANGES, "", 0);
}

static void reserved_nodes(struct edit *edit)
{
	static const char *const compatible[] = {
		[RESERVED_POOL] = "shared-dma-pool",
		[RESERVED_RECORD] = "peerboot,boot-record",
	};

	for (uint32_t i = 0; i < edit->t->reserved_count; i++) {
		const struct reserved_region *r = &edit->t->reserved[i];
		const uint32_t phandle = edit->phandle + i;
		char name[EDIT_UNIT_NAME];

		edit_unit_name(name, r->name, r->range.base);
		out_begin(edit, name);
		if (r->kind != RESERVED_PLAIN)
			out_string(edit, NAME_COMPATIBLE, compatible[r->kind]);
		put_reg(edit, &r->range, 1);
		out_property(edit, NAME_NO_MAP, "", 0);
		out_cells(edit, NAME_PHANDLE, &phandle, 1);
		out_end(edit);
	}
}

_Static_assert(offsetof(struct linux_link, buffer_len) ==
		       offsetof(struct linux_link, buffer_count[2]),
	       "three cells in a row");

/* Numbers that a link's node has as they are, and with which methods. */
static const struct {
	enum edit_name name;
	uint8_t first; /* offset in struct linux_link */
	uint8_t count;
	uint8_t methods; /* 1 << enum link_method */
} link_numbers[] = {
#define PRESET	  (1u << LINK_PRESET)
#define HANDSHAKE (1u << LINK_HANDSHAKE)
#define STATIC	  (1u << LINK_STATIC)
	{ NAME_END, offsetof(struct linux_link, end), 1, PRESET | HANDSHAKE | STATIC },
	{ NAME_VDEV, offsetof(struct linux_link, vdev), 1, PRESET | HANDSHAKE },
	/* with the length of one, which comes next */
	{ NAME_BUFFERS, offsetof(struct linux_link, buffer_count), 3, HANDSHAKE | STATIC },
	{ NAME_VRINGS, offsetof(struct linux_link, vrings), 2, STATIC },
	{ NAME_SEND_DOORBELL, offsetof(struct linux_link, send), 3, PRESET | HANDSHAKE | STATIC },
};

static void link_resources(struct edit *edit, const struct linux_link *l)
{
	static const char table_names[] = "rsc-table\0vring0\0vring1\0buffer";
	static const char session_names[] = "session\0vring0\0vring1\0buffer";
	const bool table = l->method != LINK_STATIC;
	const uint32_t regions[] = {
		edit->phandle + l->table,
		edit->phandle + l->vring[0],
		edit->phandle + l->vring[1],
		edit->phandle + l->buffers,
	};
	const uint32_t interrupt[] = { 0, l->receive.number, 1, 0 }; /* an SPI's rising edge */

	out_string(edit, NAME_METHOD, link_methods[l->method]);
	out_cells(edit, NAME_MEMORY_REGION, regions, 4);
	out_property(edit, NAME_MEMORY_REGION_NAMES, table ? table_names : session_names,
		     table ? sizeof(table_names) : sizeof(session_names));
	for (unsigned i = 0; i < sizeof(link_numbers) / sizeof(link_numbers[0]); i++)
		if (link_numbers[i].methods >> l->method & 1)
			out_cells(edit, link_numbers[i].name,
				  (const void *)((const uint8_t *)l + link_numbers[i].first),
				  link_numbers[i].count);
	if (l->receive.type == LINK_DOORBELL_SPI) {
		if (edit->interrupt)
			out_cells(edit, NAME_INTERRUPT_PARENT, &edit->interrupt, 1);
		out_cells(edit, NAME_INTERRUPTS, interrupt, edit->interrupt_cells);
	}
}

static void link_nodes(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->links; i++) {
		const struct linux_link *l = &edit->t->link[i];
		char name[EDIT_UNIT_NAME];

		linux_link_name(name, edit->t, i);
		out_begin(edit, name);
		out_string(edit, NAME_COMPATIBLE, "peerboot,rpmsg-link");
		out_string(edit, NAME_PEER, l->peer);
		out_string(edit, NAME_ROLE, link_roles[l->role]);
		out_string(edit, NAME_STATUS, l->failed ? "fail" : "okay");
		if (!l->failed)
			link_resources(edit, l);
		out_end(edit);
	}
}

/* Properties that a place gets from here. */
static const struct {
	enum edit_place place;
	enum edit_name name;
} replaced[] = {
	{ PLACE_CHOSEN, NAME_BOOTARGS },	{ PLACE_CHOSEN, NAME_INITRD_START },
	{ PLACE_CHOSEN, NAME_INITRD_END },	{ PLACE_CHOSEN, NAME_RNG_SEED },
	{ PLACE_RESERVED, NAME_ADDRESS_CELLS }, { PLACE_RESERVED, NAME_SIZE_CELLS },
	{ PLACE_RESERVED, NAME_RANGES },
};

bool nodes_replace_property(const struct edit *edit, enum edit_place place, const char *name)
{
	for (unsigned i = 0; i < sizeof(replaced) / sizeof(replaced[0]); i++) {
		enum edit_name ours = replaced[i].name;

		if (replaced[i].place != place || strcmp(edit_name(ours), name))
			continue;
		/* A stale initrd must go in any case; what we have no better of stays. */
		return (ours != NAME_BOOTARGS || edit->t->bootargs) &&
		       (ours != NAME_RNG_SEED || edit->t->seed);
	}
	return false;
}

bool nodes_replace_node(const struct edit *edit, enum edit_place place, int node, const char *name)
{
	unsigned count = place == PLACE_RESERVED ? edit->t->reserved_count :
			 place == PLACE_ROOT	 ? edit->t->links :
						   0;
	char ours[EDIT_UNIT_NAME];

	for (unsigned i = 0; i < count; i++) {
		const struct reserved_region *r = &edit->t->reserved[i];

		if (place == PLACE_RESERVED)
			edit_unit_name(ours, r->name, r->range.base);
		else
			linux_link_name(ours, edit->t, i);
		if (!strcmp(ours, name))
			return true;
	}
	if (place != PLACE_ROOT || !edit->t->memories)
		return false;
	edit_unit_name(ours, "memory", edit->t->memory[0].base);
	return !strcmp(ours, name) || property_is(edit->fdt, node, "device_type", "memory");
}

void nodes_begin(struct edit *edit, enum edit_place place)
{
	if (place == PLACE_CHOSEN)
		chosen_properties(edit);
	else if (place == PLACE_RESERVED)
		reserved_properties(edit);
}

void nodes_end(struct edit *edit, enum edit_place place)
{
	static const struct {
		enum edit_place place;
		const char *name;
	} missing[] = { { PLACE_CHOSEN, "chosen" }, { PLACE_RESERVED, "reserved-memory" } };

	if (place == PLACE_RESERVED)
		reserved_nodes(edit);
	if (place != PLACE_ROOT)
		return;
	for (unsigned i = 0; i < sizeof(missing) / sizeof(missing[0]); i++) {
		if (edit->seen & 1u << missing[i].place)
			continue;
		out_begin(edit, missing[i].name);
		nodes_begin(edit, missing[i].place);
		nodes_end(edit, missing[i].place);
		out_end(edit);
	}
	if (edit->t->memories)
		memory_node(edit);
	link_nodes(edit);
}
