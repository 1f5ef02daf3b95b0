/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a manifest: what is read from it must make sense. */
#include "fdt/manifest.h"
#include "resource_table/table.h"
#include "test/fuzz/fuzz.h"

const unsigned fuzz_parts = 0;

static void check_name(const char name[MANIFEST_NAME])
{
	assert_non_null(memchr(name, 0, MANIFEST_NAME));
}

static void check_string(struct bytes tree, const char *s)
{
	const char *end = (const char *)tree.data + tree.size;

	assert_true(s > (const char *)tree.data && s < end);
	assert_non_null(memchr(s, 0, (size_t)(end - s)));
}

static void check_range(struct range r)
{
	assert_true(r.size && r.base + (r.size - 1) >= r.base);
}

static void check_context(struct bytes tree, const struct manifest_context *c)
{
	assert_true(c->name[0] && c->cores);
	assert_true(!c->image[0] != !c->kernel[0]);
	check_name(c->name);
	check_name(c->image);
	check_name(c->kernel);
	check_name(c->fdt);
	check_name(c->ramdisk);
	check_name(c->table_image);
	assert_true(c->kernel[0] || (!c->fdt[0] && !c->overlays && !c->ramdisk[0] &&
				     !c->table_image[0] && !c->bootargs));
	assert_true(!c->kernel[0] ||
		    (!c->early && !c->devices && !c->xamp.size && !c->k3_carveout.size));
	if (c->bootargs)
		check_string(tree, c->bootargs);
	assert_true(c->overlays <= MANIFEST_OVERLAYS);
	for (unsigned i = 0; i < c->overlays; i++)
		check_string(tree, c->overlay[i]);
	assert_true(c->devices <= MANIFEST_DEVICES && c->memories <= MANIFEST_MEMORIES);
	for (unsigned i = 0; i < c->devices; i++) {
		check_string(tree, c->device[i]);
		assert_int_equal(c->device[i][0], '/');
	}
	for (unsigned i = 0; i < c->memories; i++)
		check_range(c->memory[i]);
	if (c->table.size)
		check_range(c->table);
	if (c->xamp.size)
		check_range(c->xamp);
	if (c->k3_carveout.size)
		check_range(c->k3_carveout);
}

static void check_contexts(struct bytes tree, const struct manifest *m)
{
	unsigned kernels = 0;

	assert_true(m->contexts && m->contexts <= MANIFEST_CONTEXTS);
	for (unsigned i = 0; i < m->contexts; i++) {
		const struct manifest_context *c = &m->context[i];

		check_context(tree, c);
		kernels += !!c->kernel[0];
		for (unsigned k = 0; k < i; k++) {
			assert_string_not_equal(c->name, m->context[k].name);
			assert_true(strcmp(c->cluster, m->context[k].cluster) ||
				    !(c->cores & m->context[k].cores));
		}
	}
	assert_true(kernels <= 1);
}

/* The rings of a link: each has one driver and one device. */
static bool roles_fit(enum link_role a, enum link_role b)
{
	return !(a & LINK_ROLE_TX_DRIVER) != !(b & LINK_ROLE_RX_DRIVER) &&
	       !(b & LINK_ROLE_TX_DRIVER) != !(a & LINK_ROLE_RX_DRIVER);
}

static void check_link(const struct manifest *m, unsigned i)
{
	const struct manifest_link *l = &m->link[i];

	check_name(l->name);
	assert_true(l->end[0] < m->contexts && l->end[1] < m->contexts && l->end[0] != l->end[1]);
	assert_true(roles_fit(l->role[0], l->role[1]));
	assert_true(l->method <= LINK_STATIC && l->table_end <= 1);
	assert_true(l->method == LINK_STATIC || l->vdev < TABLE_VDEVS);
	assert_true(l->method != LINK_HANDSHAKE || l->role[l->table_end] != LINK_MASTER);
	assert_true(vring_bytes(l->vrings[0], l->vrings[1]));
	check_range(l->memory);
	assert_true(l->buffer_len > 16 && l->buffer_len <= 65536);
	for (unsigned k = 0; k < 2; k++)
		assert_true(l->buffer_count[k] <= 32768);
	for (unsigned k = 0; k < i && l->method != LINK_STATIC; k++) {
		const struct manifest_link *o = &m->link[k];

		assert_true(o->vdev != l->vdev || o->end[o->table_end] != l->end[l->table_end]);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes tree = bytes_copy(data, size);
	struct error e = { 0 };
	struct manifest m;
	int code = manifest_read(&m, tree, &e);

	fuzz_check_taken(code, &e);
	if (!code) {
		check_contexts(tree, &m);
		assert_true(m.links <= MANIFEST_LINKS);
		for (unsigned i = 0; i < m.links; i++)
			check_link(&m, i);
	}
	bytes_free(tree);
	return 0;
}
