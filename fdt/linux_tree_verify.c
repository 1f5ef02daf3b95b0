/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Read a finished tree as Linux will: by name, with libfdt, knowing nothing of how it
 * was made.
 */
#include <string.h>

#include "fdt/board_tree.h"
#include "fdt/linux_tree_edit.h"

struct verifying {
	const void *fdt;
	const struct linux_tree *t;
	struct cells root;
	struct error *e;
};

static int differs(const struct verifying *v, const char *what)
{
	return error_set(v->e, E_FDT_CHECK, "finished device tree: %s is missing or differs", what);
}

static bool has_value(const struct verifying *v, int node, const char *name, const void *value,
		      size_t size)
{
	struct bytes p = property_get(v->fdt, node, name);

	return p.data && p.size == size && (!size || !memcmp(p.data, value, size));
}

static bool has_string(const struct verifying *v, int node, const char *name, const char *value)
{
	return has_value(v, node, name, value, strlen(value) + 1);
}

static bool has_address(const struct verifying *v, int node, const char *name, uint64_t value)
{
	struct bytes p = property_get(v->fdt, node, name);

	return p.size == 4 * v->root.address && cells_get(p.data, v->root.address) == value;
}

static bool has_range(const struct verifying *v, int node, struct range want)
{
	struct bytes reg = property_get(v->fdt, node, "reg");
	struct range r;

	return reg.size == 4 * (v->root.address + v->root.size) && range_get(reg, v->root, 0, &r) &&
	       r.base == want.base && r.size == want.size;
}

static int verify_chosen(const struct verifying *v)
{
	const struct linux_tree *t = v->t;
	int chosen = fdt_subnode_offset(v->fdt, 0, "chosen");

	if (chosen < 0 || (t->bootargs && !has_string(v, chosen, "bootargs", t->bootargs)))
		return differs(v, "/chosen/bootargs");
	if (t->initrd.size ?
		    !has_address(v, chosen, "linux,initrd-start", t->initrd.base) ||
			    !has_address(v, chosen, "linux,initrd-end", range_end(t->initrd)) :
		    !!property_get(v->fdt, chosen, "linux,initrd-start").data)
		return differs(v, "/chosen/linux,initrd-start or -end");
	if (t->seed && !has_value(v, chosen, "rng-seed", t->seed, t->seed_size))
		return differs(v, "/chosen/rng-seed");
	return 0;
}

static int verify_memory(const struct verifying *v, struct bytes tree)
{
	struct range ram[LINUX_MEMORIES];
	unsigned count;

	if (!v->t->memories)
		return 0;
	if (board_tree_memory(tree, ram, LINUX_MEMORIES, &count, v->e))
		return v->e->code;
	for (unsigned i = 0; i < count; i++)
		if (count != v->t->memories || ram[i].base != v->t->memory[i].base ||
		    ram[i].size != v->t->memory[i].size)
			return differs(v, "/memory");
	return count ? 0 : differs(v, "/memory");
}

static int verify_cores(const struct verifying *v, struct bytes tree)
{
	uint32_t cores;

	if (board_tree_cores(tree, &cores, v->e))
		return v->e->code;
	return cores == v->t->cores ? 0 : differs(v, "/cpus");
}

static int find_region(const struct verifying *v, unsigned region)
{
	const struct reserved_region *r = &v->t->reserved[region];
	char name[EDIT_UNIT_NAME];
	int parent = fdt_subnode_offset(v->fdt, 0, "reserved-memory");

	edit_unit_name(name, r->name, r->range.base);
	return fdt_subnode_offset(v->fdt, parent, name);
}

static int verify_reserved(const struct verifying *v)
{
	for (unsigned i = 0; i < v->t->reserved_count; i++) {
		int node = find_region(v, i);

		if (node < 0 || !has_range(v, node, v->t->reserved[i].range) ||
		    !property_get(v->fdt, node, "no-map").data ||
		    (v->t->reserved[i].kind == RESERVED_POOL) !=
			    property_is(v->fdt, node, "compatible", "shared-dma-pool"))
			return differs(v, v->t->reserved[i].name);
	}
	return 0;
}

static bool link_holds(const struct verifying *v, int node, const struct linux_link *l)
{
	const unsigned regions[] = { l->table, l->vring[0], l->vring[1], l->buffers };
	struct bytes list = property_get(v->fdt, node, "memory-region");
	struct bytes interrupts = property_get(v->fdt, node, "interrupts");
	struct bytes send = property_get(v->fdt, node, "peerboot,send-doorbell");

	if (!has_string(v, node, "compatible", "peerboot,rpmsg-link") ||
	    !has_string(v, node, "peerboot,peer", l->peer) ||
	    !has_string(v, node, "peerboot,role", linux_link_role(l->role)) ||
	    !has_string(v, node, "status", l->failed ? "fail" : "okay"))
		return false;
	if (l->failed)
		return !list.data && !interrupts.data && !send.data;
	if (list.size != 16 || send.size != 12 || cells_get(send.data, 1) != l->send.type ||
	    cells_get(send.data + 4, 1) != l->send.number ||
	    cells_get(send.data + 8, 1) != l->send.target)
		return false;
	if ((l->receive.type == LINK_DOORBELL_SPI) !=
	    (interrupts.size >= 12 && cells_get(interrupts.data + 4, 1) == l->receive.number))
		return false;
	for (unsigned i = 0; i < 4; i++) {
		int region = find_region(v, regions[i]);

		/* Cheaper than to look for the phandle, and as good: it is above all of the source's. */
		if (region < 0 ||
		    cells_get(list.data + 4 * i, 1) != fdt_get_phandle(v->fdt, region))
			return false;
	}
	return true;
}

static int verify_links(const struct verifying *v)
{
	char name[EDIT_UNIT_NAME];

	for (unsigned i = 0; i < v->t->links; i++) {
		int node;

		linux_link_name(name, v->t, i);
		node = fdt_subnode_offset(v->fdt, 0, name);
		if (node < 0 || !link_holds(v, node, &v->t->link[i]))
			return differs(v, name);
	}
	return 0;
}

static int verify_disabled(const struct verifying *v)
{
	for (unsigned i = 0; i < v->t->disables; i++) {
		int node = fdt_path_offset(v->fdt, v->t->disable[i]);

		if (node < 0 || !has_string(v, node, "status", "disabled"))
			return differs(v, v->t->disable[i]);
	}
	return 0;
}

int linux_tree_verify(struct bytes tree, const struct linux_tree *t, struct error *e)
{
	struct verifying v = { .fdt = tree.data, .t = t, .e = e };

	if (verify_cores(&v, tree) || verify_memory(&v, tree)) /* and the tree as such */
		return e->code;
	if (!cells_of(v.fdt, 0, &v.root))
		return differs(&v, "#address-cells");
	if (verify_chosen(&v) || verify_reserved(&v) || verify_links(&v) || verify_disabled(&v))
		return e->code;
	return 0;
}
