/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <string.h>

#include "base/explain.h"
#include "base/features.h"
#include "fdt/link_roles.h"
#include "fdt/linux_tree_edit.h"

#define LINK	      "link-"
#define ENABLE_METHOD "enable-method"

static bool is_peer(const struct linux_tree *t, const char *name)
{
	for (unsigned i = 0; i < t->links; i++)
		if (!strcmp(t->link[i].peer, name))
			return true;
	return false;
}

/* A peer may be called what another one's further link would be: the number goes on from there. */
void linux_link_name(char *to, const struct linux_tree *t, unsigned link)
{
	const char *peer = t->link[link].peer;
	unsigned number = 0;

	snprintf(to, TREE_UNIT_NAME, LINK "%s", peer);
	for (unsigned i = 0; i < link; i++) {
		if (strcmp(t->link[i].peer, peer))
			continue;
		do
			snprintf(to, TREE_UNIT_NAME, LINK "%s-%u", peer, ++number);
		while (is_peer(t, to + strlen(LINK)));
	}
}

/* A property of addresses and sizes while it is put together. */
struct numbers {
	struct edit *edit;
	unsigned count;
	uint32_t cell[OUT_CELLS];
};

/* One address or size; each goes through here, so none is cut. */
static void put_number(struct numbers *n, uint32_t cells, uint64_t number)
{
	if (cells == 2)
		n->cell[n->count++] = (uint32_t)(number >> 32);
	else if (number >> 32)
		error_set(n->edit->e, E_OVERFLOW, "0x%llx does not fit a cell",
			  (unsigned long long)number);
	n->cell[n->count++] = (uint32_t)number;
}

static void put_address(struct edit *edit, const char *name, phys_addr_t address)
{
	struct numbers n;

	n.edit = edit;
	n.count = 0;
	put_number(&n, edit->root.address, address);
	out_cells(edit, name, n.cell, n.count);
}

void out_reg(struct edit *edit, const struct range *range)
{
	struct numbers n;

	n.edit = edit;
	n.count = 0;
	put_number(&n, edit->root.address, range->base);
	put_number(&n, edit->root.size, range->size);
	out_cells(edit, "reg", n.cell, n.count);
}

static void chosen_properties(struct edit *edit)
{
	const struct linux_tree *t = edit->t;

	if (t->bootargs)
		out_string(edit, "bootargs", t->bootargs);
	if (t->initrd.size) {
		put_address(edit, "linux,initrd-start", t->initrd.base);
		put_address(edit, "linux,initrd-end", range_end(t->initrd));
	}
	if (t->seed)
		out_property(edit, "rng-seed", t->seed, t->seed_size);
}

static void memory_nodes(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->memories; i++) {
		const struct range *range = &edit->t->memory[i];
		char name[TREE_UNIT_NAME];

		tree_unit_name(name, "memory", range->base);
		out_begin(edit, name);
		out_string(edit, "device_type", "memory");
		out_reg(edit, range);
		out_end(edit);
	}
}

static void link_resources(struct edit *edit, const struct linux_link *l)
{
	static const char table_names[] = "rsc-table\0vring0\0vring1\0buffer";
	static const char session_names[] = "session\0vring0\0vring1\0buffer";
	const bool table = l->method != LINK_STATIC;
	const uint32_t regions[] = {
		edit->phandle[l->table],
		edit->phandle[l->vring[0]],
		edit->phandle[l->vring[1]],
		edit->phandle[l->buffers],
	};
	const uint32_t buffers[] = { l->buffer_count[0], l->buffer_count[1], l->buffer_len };
	const uint32_t send[] = { l->send.kind, l->send.cell[0], l->send.cell[1] };
	const uint32_t receive[] = { l->receive, l->interrupt[1], (uint32_t)l->registers };

	out_string(edit, "peerboot,method", link_methods[l->method]);
	out_cells(edit, "memory-region", regions, 4);
	out_property(edit, "memory-region-names", table ? table_names : session_names,
		     table ? sizeof(table_names) : sizeof(session_names));
	out_cells(edit, "peerboot,end", &l->end, 1);
	if (table)
		out_cells(edit, "peerboot,vdev", &l->vdev, 1);
	if (l->method != LINK_PRESET)
		out_cells(edit, "peerboot,buffers", buffers, 3);
	if (!table)
		out_cells(edit, "peerboot,vrings", l->vrings, 2);
	out_cells(edit, "peerboot,send-doorbell", send, 3);
	if (l->interrupt_cells) {
		out_interrupt_parent(edit);
		out_cells(edit, "interrupts", l->interrupt, l->interrupt_cells);
	}
	if (features->adma && l->receive)
		out_cells(edit, "peerboot,receive-doorbell", receive, 3);
}

static void link_nodes(struct edit *edit)
{
	for (unsigned i = 0; i < edit->t->links; i++) {
		const struct linux_link *l = &edit->t->link[i];
		char name[TREE_UNIT_NAME];

		linux_link_name(name, edit->t, i);
		out_begin(edit, name);
		out_string(edit, "peerboot,peer", l->peer);
		out_string(edit, "peerboot,role", link_roles[l->role]);
		out_string(edit, "status", l->failed ? "fail" : "okay");
		if (features->stm32 && l->driver) {
			l->driver(edit, l);
		} else {
			out_string(edit, "compatible", LINK_COMPATIBLE);
			if (!l->failed)
				link_resources(edit, l);
		}
		out_end(edit);
	}
}

/*
 * What an earlier boot left, and Linux would believe: ramdisk, EFI, kdump and kexec
 * (drivers/of/fdt.c, drivers/of/kexec.c, drivers/firmware/efi/fdtparams.c). Two of that prefix are
 * about the board.
 */
static bool chosen_loses(const struct linux_tree *t, const char *name)
{
	if (!strncmp(name, "linux,", 6))
		return strcmp(name, "linux,stdout-path") && strcmp(name, "linux,pci-probe-only");
	return (t->bootargs && !strcmp(name, "bootargs")) ||
	       ((t->seed || t->old_seeds) && !strcmp(name, "rng-seed")) ||
	       (t->old_seeds && !strcmp(name, "kaslr-seed"));
}

/* How Linux starts its cores; NULL: as the source says. */
static const struct linux_firmware *firmware_of(const struct edit *edit)
{
	return features->monitor ? edit->t->firmware : NULL;
}

static void firmware_node(struct edit *edit)
{
	const struct linux_firmware *f = firmware_of(edit);

	if (!f)
		return;
	out_begin(edit, f->node);
	out_property(edit, "compatible", f->compatible, f->compatible_size);
	out_string(edit, "method", f->method);
	out_end(edit);
}

bool nodes_replace_property(const struct edit *edit, enum edit_place place, const char *name)
{
	if (place == PLACE_CORE)
		return firmware_of(edit) && !strcmp(name, ENABLE_METHOD);
	if (place == PLACE_RESERVED)
		return !strcmp(name, "#address-cells") || !strcmp(name, "#size-cells") ||
		       !strcmp(name, "ranges");
	return place == PLACE_CHOSEN && chosen_loses(edit->t, name);
}

/* Links of an earlier boot go; what else has a name that a link of ours would have can't stay. */
static bool replaces_link(const struct edit *edit, int node, const char *name)
{
	char ours[TREE_UNIT_NAME];

	if (strncmp(name, LINK, strlen(LINK)))
		return false;
	if (node_is_one_of(edit->fdt, node, LINK_COMPATIBLES))
		return true;
	for (unsigned i = 0; i < edit->t->links; i++) {
		linux_link_name(ours, edit->t, i);
		if (strcmp(ours, name))
			continue;
		error_set(edit->e, E_FDT_BROKEN, "/%s is no link of ours", name);
		if (advises())
			error_append(edit->e, ": rename it, or the link of that name");
	}
	return false;
}

bool nodes_replace_node(const struct edit *edit, enum edit_place place, int node, const char *name)
{
	if (place == PLACE_RESERVED)
		return reserved_replaces(edit, node);
	if (place != PLACE_ROOT)
		return false;
	if (firmware_of(edit) && !strcmp(name, firmware_of(edit)->node))
		return true;
	if (control_replaces(edit, name))
		return true;
	return replaces_link(edit, node, name) ||
	       (edit->t->memories && (!strncmp(name, "memory@", 7) ||
				      property_is(edit->fdt, node, "device_type", "memory")));
}

void nodes_begin(struct edit *edit, enum edit_place place)
{
	if (place == PLACE_CHOSEN)
		chosen_properties(edit);
	else if (place == PLACE_RESERVED)
		reserved_properties(edit);
	else if (place == PLACE_CORE && firmware_of(edit))
		out_string(edit, ENABLE_METHOD, firmware_of(edit)->enable_method);
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
		if (edit->at[missing[i].place] && !edit->expecting)
			continue;
		out_begin(edit, missing[i].name);
		nodes_begin(edit, missing[i].place);
		nodes_end(edit, missing[i].place);
		out_end(edit);
	}
	memory_nodes(edit);
	firmware_node(edit);
	control_nodes(edit);
	link_nodes(edit);
}
