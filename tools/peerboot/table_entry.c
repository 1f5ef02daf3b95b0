/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <string.h>

#include "tools/peerboot/file.h"
#include "tools/peerboot/plan_view.h"
#include "tools/peerboot/table_entry.h"

#define INDENT "            " /* as wide as the caller's number and offset */

static void put_name(const void *name)
{
	char text[33];

	memcpy(text, name, 32);
	text[32] = '\0';
	printf(" \"");
	file_put_text(stdout, text);
	printf("\"%s", memchr(name, 0, 32) ? "" : " (not ended by a NUL)");
}

static void put_address(uint32_t address)
{
	if (address == RESOURCE_ANY)
		printf("any address");
	else
		printf("0x%08x", (unsigned)address);
}

static void put_cut_off(void)
{
	printf(": cut off by the table's end\n");
}

/* As remoteproc looks for the carve-outs of a vdev: rproc_find_carveout_by_name(). */
static void print_place(const struct table *t, uint32_t offset)
{
	static const char *const what[LINK_PLACES] = { "vring 0", "vring 1", "the buffers" };

	for (unsigned vdev = 0; table_find(t, RESOURCE_VDEV, vdev); vdev++)
		for (unsigned k = 0; k < LINK_PLACES; k++) {
			const void *carveout = table_find_place(t, vdev, k);

			if (carveout && carveout == t->data + offset)
				printf(INDENT "by its name the place of %s of vdev %u\n", what[k],
				       vdev);
		}
}

static void print_area(struct bytes table, uint32_t offset, const char *what)
{
	struct resource_carveout c;

	printf("%s", what);
	if (!bytes_read(&table, offset, &c, sizeof(c))) {
		put_cut_off();
		return;
	}
	put_name(c.name);
	printf(": 0x%x bytes at ", (unsigned)c.len);
	put_address(c.da);
	printf(" (physical ");
	put_address(c.pa);
	printf("), flags 0x%x\n", (unsigned)c.flags);
	if (c.reserved)
		printf(INDENT "reserved word is 0x%x, not 0\n", (unsigned)c.reserved);
}

static void print_carveout(struct bytes table, uint32_t offset, const struct table *read)
{
	print_area(table, offset, "carve-out");
	print_place(read, offset);
}

static void print_trace(struct bytes table, uint32_t offset)
{
	struct resource_trace t;

	printf("trace");
	if (!bytes_read(&table, offset, &t, sizeof(t))) {
		put_cut_off();
		return;
	}
	put_name(t.name);
	printf(": 0x%x bytes at ", (unsigned)t.len);
	put_address(t.da);
	printf("%s\n", t.da == RESOURCE_ANY ? ", which nobody chooses: left out" : "");
	if (t.reserved)
		printf(INDENT "reserved word is 0x%x, not 0\n", (unsigned)t.reserved);
}

static void print_vring(unsigned n, const struct resource_vring *v)
{
	uint64_t bytes = vring_bytes(v->num, v->align);

	printf(INDENT "vring %u: %u buffers at align %u, ", n, (unsigned)v->num,
	       (unsigned)v->align);
	if (bytes)
		printf("0x%llx bytes at ", (unsigned long long)bytes);
	else
		printf("which no link can use, at ");
	put_address(v->da);
	printf(", notify id %u\n", (unsigned)v->notifyid);
}

/*
 * What is said of it where a link uses it: of the addresses that it brings, since anywhere else
 * there is room. Address 0 is one, or none: that is for the board to say.
 */
static void print_links_fault(const struct table *read, unsigned vdev)
{
	const struct link_description d = {
		.name = { "", "" },
		.role = { LINK_REMOTE, LINK_MASTER },
		.buffer_len = 512,
		.memory = { 0, (uint64_t)1 << 32 },
	};
	const struct resource_vdev *v = table_find(read, RESOURCE_VDEV, vdev);
	struct table t = *read;
	struct link_layout layout;
	struct error e = { 0 };

	if (!v || v->id != VIRTIO_ID_RPMSG_DEVICE || v->num_of_vrings != 2)
		return;
	t.zero_is_any = true;
	for (unsigned i = 0; i < 2; i++)
		if (!vring_bytes(v->vring[i].num, v->vring[i].align))
			return; /* it says so itself */
	if (table_lay_out_link(&t, vdev, &d, &layout, &e))
		printf(INDENT "no link can use it: %s\n", e.text);
}

static void print_vdev(struct bytes table, uint32_t offset, const struct table *read,
		       unsigned *vdevs)
{
	const unsigned vdev = (*vdevs)++;
	struct resource_vdev v;

	printf("vdev %u", vdev);
	if (!bytes_read(&table, offset, &v, sizeof(v))) {
		put_cut_off();
		return;
	}
	printf(": virtio id %u%s, notify id %u, features 0x%x%s, %u vrings, %u bytes of config\n",
	       (unsigned)v.id, v.id == VIRTIO_ID_RPMSG_DEVICE ? " (RPMsg)" : "",
	       (unsigned)v.notifyid, (unsigned)v.dfeatures,
	       v.dfeatures & RPMSG_FEATURE_NS ? " (name service)" : "", v.num_of_vrings,
	       (unsigned)v.config_len);
	if (v.reserved[0] || v.reserved[1])
		printf(INDENT "reserved bytes are 0x%02x, 0x%02x, not 0\n", v.reserved[0],
		       v.reserved[1]);
	if (v.id == VIRTIO_ID_RPMSG_DEVICE && v.num_of_vrings != 2)
		printf(INDENT "no link can use it: that takes 2 vrings\n");
	for (unsigned n = 0; n < v.num_of_vrings; n++) {
		struct resource_vring vring;

		if (!bytes_read(&table, offset + sizeof(v) + n * sizeof(vring), &vring,
				sizeof(vring))) {
			printf(INDENT "vring %u", n);
			put_cut_off();
			return;
		}
		print_vring(n, &vring);
	}
	print_links_fault(read, vdev);
}

static void print_link_end(const struct link_resource *l, unsigned end)
{
	printf(INDENT "%s", end == LINK_OWNER ? "owner" : "peer ");
	put_name(l->name[end]);
	printf(": %s, sends in %u buffers, woken by %s", plan_role_name(l->role[end]),
	       (unsigned)l->buffer_count[end], plan_doorbell_name(l->doorbell[end].kind));
	if (l->doorbell[end].kind)
		printf(" %u", (unsigned)l->doorbell[end].cell[0]);
	printf("\n");
}

static void print_link(struct bytes table, uint32_t offset)
{
	struct link_resource l;

	printf("link resource");
	if (!bytes_read(&table, offset, &l, sizeof(l))) {
		put_cut_off();
		return;
	}
	if (l.vdev == LINK_NO_VDEV)
		printf(", reference to another's table");
	else
		printf(" of vdev %u", (unsigned)l.vdev);
	printf(", version %u, %u bytes", l.version, l.length);
	if (!l.buffer_len) {
		printf(": to be filled in by the loader\n");
		return;
	}
	printf(", %s: buffers of %u bytes in 0x%llx at 0x%08llx\n", plan_method_name(l.method),
	       (unsigned)l.buffer_len, (unsigned long long)l.buffer_size,
	       (unsigned long long)l.buffer_base);
	print_link_end(&l, LINK_OWNER);
	print_link_end(&l, LINK_PEER);
}

static bool is_link(struct bytes table, uint32_t offset)
{
	uint32_t magic;

	return bytes_read_le32(&table, offset + offsetof(struct link_resource, magic), &magic) &&
	       magic == LINK_MAGIC;
}

void table_entry_print(struct bytes table, uint32_t offset, const struct table *read,
		       unsigned *vdevs)
{
	uint32_t type;

	if (!bytes_read_le32(&table, offset, &type))
		printf("outside the table of 0x%zx bytes\n", table.size);
	else if (type == RESOURCE_CARVEOUT)
		print_carveout(table, offset, read);
	else if (type == RESOURCE_DEVMEM)
		print_area(table, offset, "device memory");
	else if (type == RESOURCE_TRACE)
		print_trace(table, offset);
	else if (type == RESOURCE_VDEV)
		print_vdev(table, offset, read, vdevs);
	else if (type == RESOURCE_LINK && is_link(table, offset))
		print_link(table, offset);
	else if (type >= RESOURCE_VENDOR_FIRST && type <= RESOURCE_VENDOR_LAST)
		printf("vendor resource %u: stepped over\n", (unsigned)type);
	else
		printf("unknown type %u: stepped over\n", (unsigned)type);
}
