/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/tree.h"

#include "fdt/manifest.h"

#define MANIFEST FIXTURES "/manifest.dtb"

#define assert_range(r, b, s)                  \
	do {                                   \
		assert_int_equal((r).base, b); \
		assert_int_equal((r).size, s); \
	} while (0)

/* @m keeps pointers into what is left in @bytes. */
static int read_tree(void *fdt, struct manifest *m, struct bytes *bytes)
{
	struct error e = { 0 };
	int rc;

	*bytes = tree_close(fdt);
	rc = manifest_read(m, *bytes, &e);
	assert_int_equal(rc, e.code);
	return rc;
}

static void test_contexts(void **state)
{
	void *fdt = tree_open(MANIFEST);
	struct bytes b;
	struct manifest m;
	const struct manifest_context *c = m.context;

	(void)state;
	assert_int_equal(read_tree(fdt, &m, &b), 0);
	assert_int_equal(m.contexts, 3);

	assert_string_equal(c[0].name, "linux");
	assert_int_equal(c[0].cores, 0x3);
	assert_int_equal(c[0].memories, 2);
	assert_range(c[0].memory[0], 0x40000000, 0x10000000);
	assert_range(c[0].memory[1], 0x800000000, 0x80000000);
	assert_string_equal(c[0].image, "");
	assert_string_equal(c[0].kernel, "kernel");
	assert_string_equal(c[0].fdt, "fdt");
	assert_int_equal(c[0].overlays, 2);
	assert_string_equal(c[0].overlay[0], "lcd");
	assert_string_equal(c[0].overlay[1], "can");
	assert_string_equal(c[0].ramdisk, "ramdisk");
	assert_string_equal(c[0].table_image, "table-of-linux");
	assert_string_equal(c[0].bootargs, "console=ttyAMA0 quiet");
	assert_int_equal(c[0].table.size, 0);
	assert_false(c[0].early || c[0].optional || c[0].allow_unhashed || c[0].devices);

	assert_string_equal(c[1].name, "b");
	assert_string_equal(c[1].image, "firmware-b");
	assert_null(c[1].bootargs);
	assert_range(c[1].table, 0x5d000000, 0x1000);
	assert_range(c[1].xamp, 0x5d001000, 0x1000);
	assert_range(c[1].k3_carveout, 0x5d002000, 0x10000);
	assert_true(c[1].early && c[1].optional && c[1].allow_unhashed);
	assert_int_equal(c[1].devices, 2);
	assert_string_equal(c[1].device[0], "/pl061@9030000");
	assert_string_equal(c[1].device[1], "/soc/timer@1");

	assert_int_equal(c[2].cores, 0x80000008);
	assert_int_equal(c[2].memories, 0);
	free(fdt);
	bytes_free(b);
}

static void test_links(void **state)
{
	void *fdt = tree_open(MANIFEST);
	struct bytes b;
	struct manifest m;
	const struct manifest_link *l = m.link;

	(void)state;
	assert_int_equal(read_tree(fdt, &m, &b), 0);
	assert_int_equal(m.links, 4);

	assert_string_equal(l[0].name, "linux-b");
	assert_int_equal(l[0].end[0], 0);
	assert_int_equal(l[0].end[1], 1);
	assert_int_equal(l[0].role[0], LINK_MASTER);
	assert_int_equal(l[0].role[1], LINK_REMOTE);
	assert_int_equal(l[0].method, LINK_HANDSHAKE);
	assert_int_equal(l[0].table_end, 1);
	assert_int_equal(l[0].vdev, 1);
	assert_range(l[0].memory, 0x5d040000, 0x80000);
	assert_int_equal(l[0].buffer_count[0], 32);
	assert_int_equal(l[0].buffer_count[1], 64);
	assert_int_equal(l[0].buffer_len, 256);
	assert_int_equal(l[0].doorbell[0].kind, DOORBELL_SPI);
	assert_int_equal(l[0].doorbell[0].cell[0], 100);
	assert_int_equal(l[0].doorbell[1].kind, DOORBELL_SGI);
	assert_int_equal(l[0].doorbell[1].cell[0], 8);
	assert_int_equal(l[0].doorbell[1].cell[1], 0);

	assert_int_equal(l[1].role[0], LINK_SYMMETRIC);
	assert_int_equal(l[1].method, LINK_STATIC);
	assert_int_equal(l[1].table_end, 0);
	assert_int_equal(l[1].vrings[0], 8);
	assert_int_equal(l[1].vrings[1], 64);
	assert_int_equal(l[1].buffer_len, 512);
	assert_int_equal(l[1].buffer_count[0], 0);
	assert_int_equal(l[1].doorbell[0].kind, DOORBELL_NONE);

	assert_int_equal(l[2].end[0], 2);
	assert_int_equal(l[2].method, LINK_PRESET);
	assert_int_equal(l[2].table_end, 0);
	assert_int_equal(l[2].vdev, 0);
	assert_int_equal(l[3].table_end, 1);
	assert_int_equal(l[3].vdev, 0); /* 1 is linux-b's, and b-c has none */
	free(fdt);
	bytes_free(b);
}

/* One property set (or removed, value NULL), and what the reader says. */
struct change {
	int rc;
	const char *path, *name;
	const void *value;
	size_t size;
};

#define STRING(rc, path, name, value)                \
	{                                            \
		rc, path, name, value, sizeof(value) \
	}
#define CELLS(rc, path, name, ...)                                         \
	{                                                                  \
		rc, path, name, (const uint32_t[]){ __VA_ARGS__ },         \
			0x1000 + sizeof((const uint32_t[]){ __VA_ARGS__ }) \
	}
#define DELETE(rc, path, name)          \
	{                               \
		rc, path, name, NULL, 0 \
	}
/* Masks are places in a cluster: the same one in another cluster is another core. */
static void test_clusters(void **state)
{
	void *fdt = tree_open(MANIFEST);
	struct bytes b;
	struct manifest m;

	(void)state;
	fdt_setprop_string(fdt, tree_node(fdt, "/contexts/b"), "cluster", "m4");
	TREE_CELLS(fdt, "/contexts/b", "cpus", 0x3);
	assert_int_equal(read_tree(fdt, &m, &b), 0);
	assert_string_equal(m.context[0].cluster, "");
	assert_string_equal(m.context[1].cluster, "m4");
	assert_int_equal(m.context[1].cores, 0x3);
	bytes_free(b);
	fdt_setprop_string(fdt, tree_node(fdt, "/contexts/c"), "cluster", "m4");
	TREE_CELLS(fdt, "/contexts/c", "cpus", 0x2);
	assert_int_equal(read_tree(fdt, &m, &b), E_CORE_TWICE);
	bytes_free(b);
	free(fdt);
}

#define PAGE	0x1000
#define NAME_31 "a-name-of-just-thirty-one-bytes"

static const struct change changes[] = {
	/* the root */
	STRING(E_MANIFEST_BROKEN, "/", "compatible", "peerboot,manifest-v2"),
	DELETE(E_MANIFEST_BROKEN, "/", "compatible"),
	STRING(E_MANIFEST_BROKEN, "/", "model", "odd"),
	CELLS(E_MANIFEST_BROKEN, "/", "#address-cells", 3),
	CELLS(E_MANIFEST_BROKEN, "/", "#size-cells", 0),
	CELLS(E_MANIFEST_BROKEN, "/", "#address-cells", 1), /* memory is no list of 2 cells */
	CELLS(E_MANIFEST_BROKEN, "/contexts", "cpus", 1),
	/* contexts */
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "cpu", 4), /* a typing mistake */
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "cpus", 0),
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "cpus", 4, 4),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "cpus", ""),
	DELETE(E_MANIFEST_BROKEN, "/contexts/b", "cpus"),
	STRING(0, "/contexts/b", "cluster", NAME_31),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "cluster", NAME_31 "x"),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "cluster", ""),
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "cluster", 1),
	CELLS(E_CORE_TWICE, "/contexts/b", "cpus", 0x5),
	CELLS(E_CORE_TWICE, "/contexts/c", "cpus", 0x6),
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "memory", 0, 0x5c000000),
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "memory", 0, 0x5c000000, 0),
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "memory", 0xffffffff, 0xfffff000, 0x1001),
	CELLS(0, "/contexts/b", "memory", 0xffffffff, 0xfffff000, 0x1000),
	CELLS(0, "/contexts/b", "memory", 0, 0, PAGE, 0, 0x2000, PAGE, 0, 0x4000, PAGE, 0, 0x6000,
	      PAGE),
	CELLS(E_TOO_MANY, "/contexts/b", "memory", 0, 0, PAGE, 0, 0x2000, PAGE, 0, 0x4000, PAGE, 0,
	      0x6000, PAGE, 0, 0x8000, PAGE),
	STRING(0, "/contexts/b", "reserved-memory", "a\0b\0c\0d\0e\0f\0g\0h"),
	STRING(E_TOO_MANY, "/contexts/b", "reserved-memory", "a\0b\0c\0d\0e\0f\0g\0h\0i"),
	{ E_MANIFEST_BROKEN, "/contexts/b", "reserved-memory", "", 0 },
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "image", ""),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "image", "b\0c"),
	{ E_MANIFEST_BROKEN, "/contexts/b", "image", "bcd", 3 }, /* no NUL */
	STRING(0, "/contexts/b", "image", NAME_31),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "image", NAME_31 "x"),
	DELETE(E_MANIFEST_BROKEN, "/contexts/b", "image"),
	STRING(E_MANIFEST_BROKEN, "/contexts/linux", "image", "both"),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "kernel", "both"),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "fdt", "for-no-kernel"),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "overlays", "for-no-kernel"),
	{ E_MANIFEST_BROKEN, "/contexts/linux", "overlays", "", 0 },
	STRING(E_MANIFEST_BROKEN, "/contexts/linux", "overlays", "a\0\0b"),
	STRING(0, "/contexts/linux", "overlays", "a\0b\0c\0d\0e\0f\0g\0h"),
	STRING(E_TOO_MANY, "/contexts/linux", "overlays", "a\0b\0c\0d\0e\0f\0g\0h\0i"),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "ramdisk", "for-no-kernel"),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "bootargs", "for-no-kernel"),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "table-image", "for-no-kernel"),
	CELLS(E_MANIFEST_BROKEN, "/contexts/linux", "xamp", 0, 0x5d000000, 0x1000),
	CELLS(E_MANIFEST_BROKEN, "/contexts/linux", "k3-carveout", 0, 0x5d000000, 0x1000),
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "xamp", 0, 0x5d000000),
	CELLS(E_TOO_MANY, "/contexts/b", "k3-carveout", 0, 1, 1, 0, 2, 1),
	{ E_MANIFEST_BROKEN, "/contexts/linux", "early", "", 0 },
	STRING(E_MANIFEST_BROKEN, "/contexts/linux", "devices", "/uart"),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "early", "yes"),
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "optional", 1),
	CELLS(E_MANIFEST_BROKEN, "/contexts/b", "resource-table", 0, 0x5d000000, 0),
	CELLS(E_TOO_MANY, "/contexts/b", "resource-table", 0, 1, 1, 0, 2, 1),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "devices", "uart"),
	STRING(E_MANIFEST_BROKEN, "/contexts/b", "devices", "/a\0\0/b"),
	{ E_MANIFEST_BROKEN, "/contexts/b", "devices", "/a", 2 },
	{ E_MANIFEST_BROKEN, "/contexts/b", "devices", "", 0 },
	{ E_MANIFEST_BROKEN, "/contexts/b", "devices", "/a\0/b\0/c\0/d\0/e\0/f\0/g\0/h", 23 },
	STRING(0, "/contexts/b", "devices", "/a\0/b\0/c\0/d\0/e\0/f\0/g\0/h"),
	STRING(E_TOO_MANY, "/contexts/b", "devices", "/a\0/b\0/c\0/d\0/e\0/f\0/g\0/h\0/i"),
	/* links */
	STRING(E_LINK_TO_NOBODY, "/links/linux-b", "ends", "linux\0d"),
	STRING(E_LINK_TO_NOBODY, "/links/linux-b", "ends", "d\0b"),
	STRING(E_LINK_TO_NOBODY, "/links/linux-b", "ends", "b\0b"),
	STRING(E_MANIFEST_BROKEN, "/links/linux-b", "ends", "linux"),
	STRING(E_MANIFEST_BROKEN, "/links/linux-b", "ends", "linux\0b\0c"),
	DELETE(E_MANIFEST_BROKEN, "/links/linux-b", "ends"),
	STRING(E_LINK_ROLES, "/links/linux-b", "roles", "master\0master"),
	STRING(E_LINK_ROLES, "/links/linux-b", "roles", "remote\0remote"),
	STRING(E_LINK_ROLES, "/links/linux-b", "roles", "master\0symmetric"),
	STRING(E_LINK_ROLES, "/links/linux-b", "roles", "symmetric\0remote"),
	STRING(E_LINK_ROLES, "/links/linux-b", "roles", "master\0slave"),
	STRING(E_MANIFEST_BROKEN, "/links/linux-b", "roles", "master"),
	DELETE(E_MANIFEST_BROKEN, "/links/linux-b", "roles"),
	STRING(E_MANIFEST_BROKEN, "/links/linux-b", "method", "magic"),
	STRING(E_LINK_METHOD, "/links/linux-b", "table", "linux"), /* the master's own */
	STRING(0, "/links/linux-b-too", "table", "linux"),
	STRING(0, "/links/b-c", "method", "static"),
	STRING(E_MANIFEST_BROKEN, "/links/b-c", "method", "handshake"),	 /* with vrings */
	STRING(E_MANIFEST_BROKEN, "/links/linux-b", "method", "static"), /* with a vdev */
	CELLS(E_MANIFEST_BROKEN, "/links/b-c", "vdev", 0),
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b", "vrings", 256, 4096),
	CELLS(0, "/links/b-c", "vrings", 32768, 65536),
	CELLS(E_MANIFEST_BROKEN, "/links/b-c", "vrings", 255, 4096),
	CELLS(E_MANIFEST_BROKEN, "/links/b-c", "vrings", 256, 0),
	CELLS(E_MANIFEST_BROKEN, "/links/b-c", "vrings", 65536, 4096),
	CELLS(E_MANIFEST_BROKEN, "/links/b-c", "vrings", 256),
	STRING(E_MANIFEST_BROKEN, "/links/linux-b", "table", "c"),
	DELETE(E_MANIFEST_BROKEN, "/links/b-c", "table"),
	CELLS(0, "/links/linux-b", "vdev", 3),
	CELLS(0, "/links/linux-b", "vdev", 31),
	CELLS(E_TOO_MANY, "/links/linux-b", "vdev", 32),
	CELLS(E_TOO_MANY, "/links/linux-b", "vdev", 0xfffffffe),
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b-too", "vdev", 1),
	DELETE(E_MANIFEST_BROKEN, "/links/linux-b", "memory"),
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b", "memory", 0, 0x5d040000, 0),
	CELLS(0, "/links/linux-b", "buffers", 32768, 32768, 65536),
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b", "buffers", 32769, 1, 512),
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b", "buffers", 1, 32769, 512),
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b", "buffers", 1, 1, 65544),
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b", "buffers", 1, 1, 16),
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b", "buffers", 1, 1, 500),
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b", "buffers", 1, 1),
	CELLS(0, "/links/linux-b", "doorbells", 0xffffffff, 0xffffffff, 3, 988), /* the plan's */
	CELLS(E_MANIFEST_BROKEN, "/links/linux-b", "doorbells", 2, 100, 1),
};

static struct bytes changed(const struct change *c, void **tree)
{
	void *fdt = tree_open(MANIFEST);

	if (c->size > 0x1000)
		tree_set_cells(fdt, c->path, c->name, c->value, (unsigned)(c->size - 0x1000) / 4);
	else if (c->value)
		assert_int_equal(fdt_setprop(fdt, tree_node(fdt, c->path), c->name, c->value,
					     (int)c->size),
				 0);
	else
		assert_int_equal(fdt_delprop(fdt, tree_node(fdt, c->path), c->name), 0);
	*tree = fdt;
	return tree_close(fdt);
}

static void test_changes(void **state)
{
	(void)state;
	for (unsigned i = 0; i < COUNT(changes); i++) {
		const struct change *c = &changes[i];
		struct error e = { 0 };
		struct manifest m;
		void *fdt;
		struct bytes b = changed(c, &fdt);
		int rc = manifest_read(&m, b, &e);

		assert_int_equal(rc, e.code);
		if (rc != c->rc)
			fail_msg("change %u, %s of %s: %d, wanted %d", i, c->name, c->path, rc,
				 c->rc);
		bytes_free(b);
		free(fdt);
	}
}

#define BAD E_MANIFEST_BROKEN
/* The mistake is named, and what would be right. */
static const struct sentence {
	struct change change;
	const char *words[4];
} sentences[] = {
	{ DELETE(BAD, "/", "compatible"), { "/: compatible" } },
	{ DELETE(BAD, "/", "#address-cells"), { "/: #address-cells", "1 or 2" } },
	{ DELETE(BAD, "/", "#size-cells"), { "#size-cells", "1 or 2" } },
	{ STRING(BAD, "/", "compatible", "x"), { "/: compatible", "peerboot,manifest-v1" } },
	{ CELLS(BAD, "/", "#size-cells", 3), { "#size-cells", "1 or 2" } },
	{ STRING(BAD, "/", "model", "x"), { "/: unknown property model", " compatible" } },
	{ CELLS(BAD, "/contexts/b", "cpu", 4),
	  { "b: unknown property cpu;", " cpus cluster memory ", " reserved-memory ",
	    " bootargs" } },
	{ CELLS(BAD, "/links/b-c", "end", 4), { "b-c: unknown property end;", " ends " } },
	{ CELLS(BAD, "/contexts/b", "cpus", 4, 4), { "b: bad cpus (8 bytes)", "1 cell" } },
	{ CELLS(BAD, "/contexts/b", "memory", 0, 1),
	  { "b: bad memory (8 bytes)", "up to 4 ranges of #address-cells" } },
	{ CELLS(BAD, "/contexts/b", "xamp", 0, 1), { "bad xamp (8 bytes)", " 1 range" } },
	{ CELLS(BAD, "/contexts/linux", "memory", 0, 0x40000000, 0x1ff800),
	  { "linux: memory 0 ", "pages of 0x1000" } },
	{ CELLS(BAD, "/contexts/linux", "memory", 0, 0x40000000, PAGE, 0, 0x50000800, PAGE),
	  { "linux: memory 1 ", "pages of 0x1000" } },
	{ STRING(BAD, "/contexts/b", "image", NAME_31 "x"),
	  { "b: bad image (33 bytes)", "31 characters" } },
	{ STRING(BAD, "/contexts/b", "early", "yes"), { "b: bad early (4 bytes)", "flag" } },
	{ STRING(BAD, "/contexts/b", "devices", "uart"),
	  { "b: bad devices (5 bytes)", "up to 8 paths" } },
	{ STRING(BAD, "/links/b-c", "roles", "master"),
	  { "b-c: bad roles (7 bytes)", "2 strings" } },
	{ DELETE(BAD, "/contexts/b", "cpus"), { "b: no cpus" } },
	{ CELLS(BAD, "/contexts/b", "cpus", 0), { "b: no cpus" } },
	{ DELETE(BAD, "/contexts/b", "image"), { "b: neither image nor kernel" } },
	{ STRING(BAD, "/contexts/b", "kernel", "k"), { "b: image does not go with kernel" } },
	{ STRING(BAD, "/contexts/b", "ramdisk", "r"), { "b: ramdisk does not go with image" } },
	{ { BAD, "/contexts/linux", "early", "", 0 }, { "linux: early does not go with kernel" } },
	{ STRING(BAD, "/contexts/linux", "reserved-memory", "x@1"),
	  { "linux: reserved-memory does not go with kernel" } },
	{ CELLS(E_CORE_TWICE, "/contexts/b", "cpus", 5), { "b: cores 0x5", "0x1 are linux's" } },
	{ STRING(E_LINK_TO_NOBODY, "/links/linux-b", "ends", "linux\0senser"),
	  { "linux-b: ends linux and senser", " linux b c" } },
	{ STRING(E_LINK_TO_NOBODY, "/links/linux-b", "ends", "b\0b"), { "ends b and b" } },
	{ STRING(E_LINK_ROLES, "/links/linux-b", "roles", "master\0slave"),
	  { "linux-b: roles master and slave", "remote", "symmetric" } },
	{ STRING(BAD, "/links/linux-b", "method", "handshak"),
	  { "linux-b: method handshak;", "preset, handshake or static" } },
	{ STRING(BAD, "/links/linux-b", "method", "static"),
	  { "linux-b: vdev does not go with static" } },
	{ STRING(BAD, "/links/b-c", "method", "preset"),
	  { "b-c: vrings does not go with preset" } },
	{ DELETE(BAD, "/links/b-c", "ends"), { "b-c: no ends" } },
	{ DELETE(BAD, "/links/b-c", "roles"), { "b-c: no roles" } },
	{ DELETE(BAD, "/links/b-c", "memory"), { "b-c: no memory" } },
	{ DELETE(BAD, "/links/b-c", "table"), { "b-c: table missing", "b or c" } },
	{ STRING(BAD, "/links/linux-b", "table", "c"), { "linux-b: table c", "linux or b" } },
	{ STRING(E_LINK_METHOD, "/links/linux-b", "table", "linux"),
	  { "linux-b: handshake", "linux" } },
	{ CELLS(E_TOO_MANY, "/links/linux-b", "vdev", 32), { "linux-b: vdev 32", "above 31" } },
	{ CELLS(BAD, "/links/linux-b-too", "vdev", 1), { "vdev 1" } },
	{ CELLS(BAD, "/links/linux-b", "buffers", 1, 32769, 512),
	  { "buffers: 32769 of 512 bytes", "up to 32768" } },
	{ CELLS(BAD, "/links/linux-b", "buffers", 1, 1, 500),
	  { "buffers: 1 of 500", "24 to 65536" } },
	{ CELLS(BAD, "/links/b-c", "vrings", 255, 4096), { "vrings of 255", "powers of 2" } },
};
#undef BAD

static void test_sentences(void **state)
{
	(void)state;
	for (unsigned i = 0; i < COUNT(sentences); i++) {
		void *fdt;
		struct bytes b = changed(&sentences[i].change, &fdt);
		struct error e = { 0 };
		struct manifest m;

		assert_int_equal(manifest_read(&m, b, &e), sentences[i].change.rc);
		for (unsigned k = 0; k < COUNT(sentences[i].words) && sentences[i].words[k]; k++)
			if (!strstr(e.text, sentences[i].words[k]))
				fail_msg("case %u: '%s' is not in: %s", i, sentences[i].words[k],
					 e.text);
		assert_true(strlen(e.text) + 1 < sizeof(e.text)); /* all of it */
		bytes_free(b);
		free(fdt);
	}
}

static void test_reserved_memory(void **state)
{
	const struct change change =
		STRING(0, "/contexts/b", "reserved-memory", "secure@5c000000\0memreserve@5d046000");
	void *fdt;
	struct bytes b = changed(&change, &fdt);
	struct error e = { 0 };
	struct manifest m;

	(void)state;
	assert_int_equal(manifest_read(&m, b, &e), 0);
	assert_int_equal(m.context[1].regions, 2);
	assert_string_equal(m.context[1].region[0], "secure@5c000000");
	assert_string_equal(m.context[1].region[1], "memreserve@5d046000");
	assert_int_equal(m.context[1].devices, 2); /* what stands beside it is as it was */
	assert_int_equal(m.context[1].overlays, 0);
	bytes_free(b);
	free(fdt);
}

/* Two ranges that touch are one piece of memory. */
static void test_memory_joins(void **state)
{
	void *fdt = tree_open(MANIFEST);
	struct manifest m;
	struct bytes b;

	(void)state;
	TREE_CELLS(fdt, "/contexts/b", "memory", 0, 0x5c001000, PAGE, 0, 0x5c004000, PAGE, 0,
		   0x5c000000, PAGE);
	assert_int_equal(read_tree(fdt, &m, &b), 0);
	assert_int_equal(m.context[1].memories, 2);
	assert_range(m.context[1].memory[0], 0x5c004000, PAGE);
	assert_range(m.context[1].memory[1], 0x5c000000, 2 * PAGE);
	bytes_free(b);
	free(fdt);
}

static int read_with_node(const char *parent, const char *name, const char *copy_of)
{
	void *fdt = tree_open(MANIFEST);
	struct manifest m;
	struct bytes b;
	int rc, at, len;

	rc = fdt_add_subnode(fdt, tree_node(fdt, parent), name);
	assert_true(rc >= 0);
	if (copy_of) {
		void *other = tree_open(MANIFEST);

		fdt_for_each_property_offset(at, other, tree_node(other, copy_of)) {
			const char *property;
			const void *value = fdt_getprop_by_offset(other, at, &property, &len);

			assert_int_equal(fdt_setprop(fdt, rc, property, value, len), 0);
		}
		free(other);
	}
	rc = read_tree(fdt, &m, &b);
	bytes_free(b);
	free(fdt);
	return rc;
}

/* No tool makes this: which of the two would count? */
static void test_property_twice(void **state)
{
	void *fdt = tree_open(MANIFEST);
	int node = tree_node(fdt, "/contexts/b");
	struct fdt_property *early = fdt_get_property_w(fdt, node, "early", NULL);
	struct fdt_property *optional = fdt_get_property_w(fdt, node, "optional", NULL);
	struct manifest m;
	struct bytes b;

	(void)state;
	assert_true(early && optional);
	optional->nameoff = early->nameoff;
	assert_int_equal(read_tree(fdt, &m, &b), E_MANIFEST_BROKEN);
	bytes_free(b);
	free(fdt);
}

static void test_nodes(void **state)
{
	(void)state;
	assert_int_equal(read_with_node("/", "context", NULL), E_MANIFEST_BROKEN);
	assert_int_equal(read_with_node("/", "links@1", NULL), E_MANIFEST_BROKEN);
	assert_int_equal(read_with_node("/contexts/b", "inner", NULL), E_MANIFEST_BROKEN);
	assert_int_equal(read_with_node("/links/b-c", "inner", NULL), E_MANIFEST_BROKEN);
	assert_int_equal(read_with_node("/contexts", "d", NULL), E_MANIFEST_BROKEN);
	assert_int_equal(read_with_node("/contexts", "d", "/contexts/c"), E_CORE_TWICE);
	assert_int_equal(read_with_node("/links", NAME_31, "/links/c-linux"), 0);
	assert_int_equal(read_with_node("/links", NAME_31 "x", "/links/c-linux"),
			 E_MANIFEST_BROKEN);
}

static void test_names_are_one_context_s(void **state)
{
	void *fdt = tree_open(MANIFEST);
	struct manifest m;
	struct bytes b;

	(void)state;
	assert_int_equal(fdt_set_name(fdt, tree_node(fdt, "/contexts/c"), "b"), 0);
	assert_int_equal(read_tree(fdt, &m, &b), E_MANIFEST_BROKEN);
	assert_int_equal(m.links, 0); /* it is the contexts that are wrong */
	bytes_free(b);
	free(fdt);
}

static void test_one_kernel(void **state)
{
	void *fdt = tree_open(MANIFEST);
	struct manifest m;
	struct bytes b;

	(void)state;
	assert_int_equal(fdt_delprop(fdt, tree_node(fdt, "/contexts/c"), "image"), 0);
	assert_int_equal(fdt_setprop_string(fdt, tree_node(fdt, "/contexts/c"), "kernel", "two"),
			 0);
	assert_int_equal(read_tree(fdt, &m, &b), E_MANIFEST_BROKEN);
	bytes_free(b);
	free(fdt);
}

static void test_counts(void **state)
{
	(void)state;
	for (unsigned n = MANIFEST_CONTEXTS - 3; n <= MANIFEST_CONTEXTS - 2; n++) {
		void *fdt = tree_open(MANIFEST);
		struct manifest m;
		struct bytes b;
		char path[32];

		for (unsigned i = 0; i < n; i++) {
			int node = fdt_add_subnode(fdt, tree_node(fdt, "/contexts"),
						   (char[]){ 'k', (char)('0' + i), 0 });

			assert_true(node >= 0);
			snprintf(path, sizeof(path), "/contexts/k%u", i);
			TREE_CELLS(fdt, path, "cpus", 0x10u << i);
			assert_int_equal(
				fdt_setprop_string(fdt, tree_node(fdt, path), "image", "k"), 0);
		}
		assert_int_equal(read_tree(fdt, &m, &b),
				 n <= MANIFEST_CONTEXTS - 3 ? 0 : E_TOO_MANY);
		bytes_free(b);
		free(fdt);
	}
}

static void test_links_are_few(void **state)
{
	(void)state;
	for (unsigned n = 4; n <= MANIFEST_LINKS - 3; n++) { /* there are 4 */
		void *fdt = tree_open(MANIFEST);
		struct manifest m;
		struct bytes b;

		for (unsigned i = 0; i < n; i++) {
			char path[32], name[] = { 'x', (char)('0' + i), 0 };

			assert_true(fdt_add_subnode(fdt, tree_node(fdt, "/links"), name) >= 0);
			snprintf(path, sizeof(path), "/links/x%u", i);
			assert_int_equal(
				fdt_setprop(fdt, tree_node(fdt, path), "ends", "linux\0c", 8), 0);
			assert_int_equal(fdt_setprop(fdt, tree_node(fdt, path), "roles",
						     "remote\0master", 14),
					 0);
			TREE_CELLS(fdt, path, "memory", 0, 0x10000000, 0x1000);
		}
		assert_int_equal(read_tree(fdt, &m, &b), n <= MANIFEST_LINKS - 4 ? 0 : E_TOO_MANY);
		bytes_free(b);
		free(fdt);
	}
}

static void test_needs_contexts_not_links(void **state)
{
	void *fdt = tree_open(MANIFEST);
	struct manifest m;
	struct bytes b;

	(void)state;
	assert_int_equal(fdt_del_node(fdt, tree_node(fdt, "/links")), 0);
	assert_int_equal(read_tree(fdt, &m, &b), 0);
	assert_int_equal(m.links, 0);
	bytes_free(b);
	assert_int_equal(fdt_del_node(fdt, tree_node(fdt, "/contexts")), 0);
	assert_int_equal(read_tree(fdt, &m, &b), E_MANIFEST_BROKEN);
	bytes_free(b);
	free(fdt);
}

/* Hostile bytes: an error or a manifest within its bounds; nothing outside them is read. */
static void test_survives_noise(void **state)
{
	void *fdt = tree_open(MANIFEST);
	struct bytes original = tree_close(fdt);
	unsigned taken = 0, refused = 0;

	(void)state;
	free(fdt);
	srand(6);
	for (unsigned round = 0; round < 5000; round++) {
		struct bytes b = bytes_copy(original.data, original.size);
		struct error e = { 0 };
		struct manifest m;

		for (int n = rand() % 3; n >= 0; n--)
			*bytes_at(b, (size_t)rand() % b.size) = (uint8_t)rand();
		if (manifest_read(&m, b, &e)) {
			refused++;
		} else {
			taken++;
			assert_true(m.contexts <= MANIFEST_CONTEXTS && m.links <= MANIFEST_LINKS);
			for (unsigned i = 0; i < m.contexts; i++) {
				assert_non_null(memchr(m.context[i].image, 0, MANIFEST_NAME));
				assert_non_null(memchr(m.context[i].name, 0, MANIFEST_NAME));
			}
			for (unsigned i = 0; i < m.links; i++)
				assert_true(m.link[i].end[0] < m.contexts &&
					    m.link[i].end[1] < m.contexts);
		}
		bytes_free(b);
	}
	assert_true(taken > 50 && refused > 50);
	bytes_free(original);
}

static void test_not_a_tree(void **state)
{
	struct error e = { 0 };
	struct manifest m;

	(void)state;
	assert_int_equal(manifest_read(&m, (struct bytes){ (const uint8_t *)"", 0 }, &e),
			 E_FDT_BROKEN);
	assert_int_equal(m.contexts, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contexts),
		cmocka_unit_test(test_clusters),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_reserved_memory),
		cmocka_unit_test(test_memory_joins),
		cmocka_unit_test(test_property_twice),
		cmocka_unit_test(test_nodes),
		cmocka_unit_test(test_names_are_one_context_s),
		cmocka_unit_test(test_one_kernel),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_links_are_few),
		cmocka_unit_test(test_needs_contexts_not_links),
		cmocka_unit_test(test_survives_noise),
		cmocka_unit_test(test_not_a_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
