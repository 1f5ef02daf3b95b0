/* SPDX-License-Identifier: BSD-2-Clause */
#include "doorbell/kind.h"
#include "test/unit/make_tree.h"
#include "test/unit/tree.h"

#include "base/error.h"
#include "fdt/check.h"
#include "fdt/linux_tree.h"

#define VIRT  FIXTURES "/virt.dtb"
#define PART  FIXTURES "/part.dtb"
#define LINKS 12

static const struct range memory[] = { { 0x40000000, 0x1c000000 }, { 0x5f000000, 0x1000000 } };
static const struct reserved_region reserved[] = {
	{ "boot-record", { 0x5e040000, 0x10000 }, RESERVED_RECORD, 0 },
	{ "rsc-table", { 0x5d000000, 0x1000 }, RESERVED_PLAIN, 0 },
	{ "vdev0vring0", { 0x5d040000, 0x3000 }, RESERVED_PLAIN, 0 },
	{ "vdev0vring1", { 0x5d043000, 0x3000 }, RESERVED_PLAIN, 0 },
	{ "vdev0buffer", { 0x5d046000, 0x40000 }, RESERVED_POOL, 0 },
	{ "a-name-of-exactly-thirty-five-bytes", { 0x5c000000, 0x200000 }, RESERVED_PLAIN, 0 },
};
static const struct linux_link link[] = {
	{ .peer = "b",
	  .role = LINK_MASTER,
	  .table = 1,
	  .vring = { 2, 3 },
	  .buffers = 4,
	  .interrupt = { 0, 100, 1 },
	  .interrupt_cells = 3,
	  .send = { DOORBELL_SGI, { 8, 4 } } },
	{ .peer = "c", .role = LINK_SYMMETRIC, .failed = true },
	{ .peer = "b",
	  .role = LINK_REMOTE,
	  .end = LINK_PEER,
	  .method = LINK_HANDSHAKE,
	  .vdev = 1,
	  .table = 1,
	  .vring = { 3, 2 },
	  .buffers = 4,
	  .buffer_count = { 100, 50 },
	  .buffer_len = 256 },
	{ .peer = "d",
	  .role = LINK_SYMMETRIC,
	  .method = LINK_STATIC,
	  .table = 1,
	  .vring = { 3, 2 },
	  .buffers = 4,
	  .buffer_count = { 7, 8 },
	  .buffer_len = 64,
	  .vrings = { 16, 32 } },
};
static const char *const devices[] = { "/pl061@9030000", "/pcie@10000000" };
static const uint8_t seed[] = { 1, 2, 3, 4, 5 };

static const struct linux_tree demo = {
	.bootargs = "console=ttyAMA0",
	.initrd = { 0x45000000, 0x123456 },
	.cores = TREE_CORES(0x3),
	.memory = memory,
	.memories = COUNT(memory),
	.reserved = reserved,
	.reserved_count = COUNT(reserved),
	.link = link,
	.links = COUNT(link),
	.controller = { .is_roots = true },
	.disable = devices,
	.disables = COUNT(devices),
	.seed = seed,
	.seed_size = sizeof(seed),
};

static uint32_t phandle_of(const void *fdt, const char *path)
{
	uint32_t phandle = fdt_get_phandle(fdt, tree_node(fdt, path));

	assert_int_not_equal(phandle, 0);
	assert_int_equal(fdt_node_offset_by_phandle(fdt, phandle), tree_node(fdt, path));
	return phandle;
}

static void test_chosen(void **state)
{
	void *fdt = make_from(VIRT, &demo);

	(void)state;
	TREE_EXPECT_STRING(fdt, "/chosen", "bootargs", "console=ttyAMA0");
	TREE_EXPECT_CELLS(fdt, "/chosen", "linux,initrd-start", 0, 0x45000000);
	TREE_EXPECT_CELLS(fdt, "/chosen", "linux,initrd-end", 0, 0x45123456);
	tree_expect(fdt, "/chosen", "rng-seed", seed, sizeof(seed));
	TREE_EXPECT_STRING(fdt, "/chosen", "stdout-path", "/pl011@9000000");
	free(fdt);
}

static void test_chosen_keeps_what_is_not_given(void **state)
{
	struct linux_tree t = { .cores = TREE_CORES(0xf) };
	void *fdt = make_from(PART, &t);

	(void)state;
	TREE_EXPECT_STRING(fdt, "/chosen", "bootargs", "console=old");
	TREE_EXPECT_CELLS(fdt, "/chosen", "rng-seed", 1, 2, 3, 4);
	tree_expect_no_property(fdt, "/chosen", "linux,initrd-start");
	tree_expect_no_property(fdt, "/chosen", "linux,initrd-end");
	TREE_EXPECT_CELLS(fdt, "/chosen/framebuffer@9e000000", "reg", 0x9e000000, 0x100000);
	TREE_EXPECT_CELLS(fdt, "/memory@80000000", "reg", 0x80000000, 0x10000000);
	free(fdt);
}

static void test_chosen_of_one_cell(void **state)
{
	struct linux_tree t = { .cores = TREE_CORES(1),
				.initrd = { 0x81000000, 0x1000 },
				.bootargs = "new" };
	void *fdt = make_from(PART, &t);

	(void)state;
	TREE_EXPECT_STRING(fdt, "/chosen", "bootargs", "new");
	TREE_EXPECT_CELLS(fdt, "/chosen", "linux,initrd-start", 0x81000000);
	TREE_EXPECT_CELLS(fdt, "/chosen", "linux,initrd-end", 0x81001000);
	free(fdt);
}

static void test_memory(void **state)
{
	const struct range one = { 0x80000000, 0x30000000 };
	struct linux_tree t = { .cores = TREE_CORES(1), .memory = &one, .memories = 1 };
	void *fdt = make_from(VIRT, &demo);

	(void)state;
	TREE_EXPECT_CELLS(fdt, "/memory@40000000", "reg", 0, 0x40000000, 0, 0x1c000000);
	TREE_EXPECT_CELLS(fdt, "/memory@5f000000", "reg", 0, 0x5f000000, 0, 0x1000000);
	TREE_EXPECT_STRING(fdt, "/memory@40000000", "device_type", "memory");
	free(fdt);

	fdt = make_from(PART, &t);
	TREE_EXPECT_CELLS(fdt, "/memory@80000000", "reg", 0x80000000, 0x30000000);
	tree_expect_absent(fdt, "/memory@a0000000");
	free(fdt);
}

static void test_cores(void **state)
{
	void *fdt = make_from(VIRT, &demo);

	(void)state;
	assert_int_equal(count_nodes(fdt, "/cpus"), 3); /* and cpu-map */
	TREE_EXPECT_CELLS(fdt, "/cpus/cpu@0", "reg", 0);
	TREE_EXPECT_CELLS(fdt, "/cpus/cpu@1", "reg", 1);
	assert_int_equal(count_nodes(fdt, "/cpus/cpu-map/socket0/cluster0"), 2);
	TREE_EXPECT_CELLS(fdt, "/cpus/cpu-map/socket0/cluster0/core1", "cpu",
			  phandle_of(fdt, "/cpus/cpu@1"));
	tree_expect_absent(fdt, "/cpus/cpu-map/socket0/cluster0/core2");
	tree_node(fdt, "/pmu"); /* empty from the start: nobody's business */
	free(fdt);
}

/* Every cell of every property that lists phandles still names a node. */
static void test_references_to_cores(void **state)
{
	struct linux_tree t = { .cores = TREE_CORES(0x3) };
	void *fdt = make_from(PART, &t);

	(void)state;
	tree_expect_absent(fdt, "/cpus/cpu@2");
	tree_expect_absent(fdt, "/cpus/cpu@3");
	tree_expect_absent(fdt, "/cpus/cpu-map/socket1"); /* nothing left in what was in it */
	assert_int_equal(count_nodes(fdt, "/cpus/cpu-map/socket0/cluster0"), 2);
	tree_node(fdt, "/soc/cpu@fe002003");
	TREE_EXPECT_CELLS(fdt, "/pmu", "interrupt-affinity", phandle_of(fdt, "/cpus/cpu@0"),
			  phandle_of(fdt, "/cpus/cpu@1"));
	TREE_EXPECT_CELLS(fdt, "/pmu", "interrupts", 0, 60, 4, 0, 61, 4);
	tree_expect_absent(fdt, "/pmu-of-core-3");
	TREE_EXPECT_CELLS(fdt, "/thermal-zones/cpu-thermal/cooling-maps/map0", "cooling-device",
			  phandle_of(fdt, "/cpus/cpu@0"), 0, 1, phandle_of(fdt, "/cpus/cpu@1"), 2,
			  3);
	tree_expect_absent(fdt, "/thermal-zones/cpu-thermal/cooling-maps/map1");
	tree_node(fdt, "/etm0/port/endpoint");
	tree_expect_absent(fdt, "/etm3");
	tree_node(fdt, "/funnel/in-ports/port@0/endpoint");
	tree_expect_absent(fdt, "/funnel/in-ports/port@3");
	tree_expect_no_property(fdt, "/cpus/cpu@0", "next-level-cache"); /* it was in cpu@2 */
	TREE_EXPECT_CELLS(fdt, "/cpus/cpu@0", "cpu-idle-states",
			  phandle_of(fdt, "/cpus/idle-states/sleep"));
	TREE_EXPECT_CELLS(fdt, "/soc/timer@fe001000", "interrupts", 0, 5, 4);
	tree_node(fdt, "/empty");
	free(fdt);

	t.cores.mask = 0x4; /* only the other cluster's first */
	fdt = make_from(PART, &t);
	TREE_EXPECT_CELLS(fdt, "/pmu", "interrupts", 0, 62, 4);
	TREE_EXPECT_CELLS(fdt, "/cpus/cpu@2", "next-level-cache",
			  phandle_of(fdt, "/cpus/cpu@2/cache"));
	tree_expect_absent(fdt, "/cpus/cpu-map/socket0");
	tree_expect_absent(fdt, "/etm0");
	free(fdt);
}

static void test_long_lists(void **state)
{
	struct linux_tree t = { .cores = TREE_CORES(0x3) };
	void *fdt = tree_open(PART), *to;
	uint32_t stays = phandle_of(fdt, "/cpus/cpu@0"), goes = phandle_of(fdt, "/cpus/cpu@3");
	struct bytes from;
	int length;

	(void)state;
	for (unsigned i = 0; i < 200; i++)
		assert_int_equal(fdt_appendprop_u32(fdt, tree_node(fdt, "/empty"), "cpus",
						    i % 100 ? stays : goes),
				 0);
	from = tree_close(fdt);
	assert_int_equal(make(from, &t, &to), 0);
	assert_non_null(fdt_getprop(to, tree_node(to, "/empty"), "cpus", &length));
	assert_int_equal(length, 198 * 4);
	bytes_free(from);
	free(fdt);
	free(to);
}

/* A list that does not fit those beside it is not ours to cut. */
static void test_lists_of_another_shape(void **state)
{
	struct linux_tree t = { .cores = TREE_CORES(0x3) };
	void *fdt = tree_open(PART), *to;
	struct bytes from;

	(void)state;
	TREE_CELLS(fdt, "/pmu", "interrupts", 0, 60, 4, 0, 61, 4);
	from = tree_close(fdt);
	assert_int_equal(make(from, &t, &to), 0);
	TREE_EXPECT_CELLS(to, "/pmu", "interrupts", 0, 60, 4, 0, 61, 4);
	bytes_free(from);
	free(fdt);
	free(to);
}

static void test_reserved(void **state)
{
	void *fdt = make_from(VIRT, &demo);

	(void)state;
	TREE_EXPECT_CELLS(fdt, "/reserved-memory", "#address-cells", 2);
	TREE_EXPECT_CELLS(fdt, "/reserved-memory", "#size-cells", 2);
	tree_expect(fdt, "/reserved-memory", "ranges", "", 0);
	assert_int_equal(count_nodes(fdt, "/reserved-memory"), COUNT(reserved));
	TREE_EXPECT_CELLS(fdt, "/reserved-memory/rsc-table@5d000000", "reg", 0, 0x5d000000, 0,
			  0x1000);
	tree_expect(fdt, "/reserved-memory/rsc-table@5d000000", "no-map", "", 0);
	tree_expect_no_property(fdt, "/reserved-memory/rsc-table@5d000000", "compatible");
	TREE_EXPECT_STRING(fdt, "/reserved-memory/vdev0buffer@5d046000", "compatible",
			   "shared-dma-pool");
	tree_expect(fdt, "/reserved-memory/vdev0buffer@5d046000", "no-map", "", 0);
	TREE_EXPECT_STRING(fdt, "/reserved-memory/boot-record@5e040000", "compatible",
			   "peerboot,boot-record");
	phandle_of(fdt, "/reserved-memory/boot-record@5e040000"); /* nobody else's */
	tree_node(fdt, "/reserved-memory/a-name-of-exactly-thirty-five-bytes@5c000000");
	free(fdt);
}

static void test_reserved_joins_existing(void **state)
{
	const struct reserved_region r = { "rsc-table", { 0x8f000000, 0x8000 }, RESERVED_PLAIN, 0 };
	struct linux_tree t = { .cores = TREE_CORES(0xf), .reserved = &r, .reserved_count = 1 };
	void *fdt = make_from(PART, &t);

	(void)state;
	assert_int_equal(count_nodes(fdt, "/reserved-memory"), 2);
	tree_node(fdt, "/reserved-memory/secure@9f000000");
	TREE_EXPECT_CELLS(fdt, "/reserved-memory/rsc-table@8f000000", "reg", 0x8f000000, 0x8000);
	tree_expect(fdt, "/reserved-memory", "ranges", "", 0);
	free(fdt);
}

static void test_links(void **state)
{
	static const char names[] = "rsc-table\0vring0\0vring1\0buffer";
	static const char session_names[] = "session\0vring0\0vring1\0buffer";
	void *fdt = make_from(VIRT, &demo);

	(void)state;
	TREE_EXPECT_STRING(fdt, "/link-b", "compatible", "peerboot,rpmsg-link");
	TREE_EXPECT_STRING(fdt, "/link-b", "peerboot,peer", "b");
	TREE_EXPECT_STRING(fdt, "/link-b", "peerboot,role", "master");
	TREE_EXPECT_STRING(fdt, "/link-b", "status", "okay");
	TREE_EXPECT_STRING(fdt, "/link-b", "peerboot,method", "preset");
	TREE_EXPECT_CELLS(fdt, "/link-b", "peerboot,end", 0);
	TREE_EXPECT_CELLS(fdt, "/link-b", "peerboot,vdev", 0);
	tree_expect_no_property(fdt, "/link-b", "peerboot,buffers");
	tree_expect_no_property(fdt, "/link-b", "peerboot,vrings");
	TREE_EXPECT_CELLS(fdt, "/link-b", "interrupts", 0, 100, 1);
	tree_expect_no_property(fdt, "/link-b", "interrupt-parent");
	TREE_EXPECT_CELLS(fdt, "/link-b", "peerboot,send-doorbell", 1, 8, 4);
	TREE_EXPECT_CELLS(fdt, "/link-b", "memory-region",
			  phandle_of(fdt, "/reserved-memory/rsc-table@5d000000"),
			  phandle_of(fdt, "/reserved-memory/vdev0vring0@5d040000"),
			  phandle_of(fdt, "/reserved-memory/vdev0vring1@5d043000"),
			  phandle_of(fdt, "/reserved-memory/vdev0buffer@5d046000"));
	tree_expect(fdt, "/link-b", "memory-region-names", names, sizeof(names));

	TREE_EXPECT_STRING(fdt, "/link-c", "compatible", "peerboot,rpmsg-link");
	TREE_EXPECT_STRING(fdt, "/link-c", "peerboot,peer", "c");
	TREE_EXPECT_STRING(fdt, "/link-c", "peerboot,role", "symmetric");
	TREE_EXPECT_STRING(fdt, "/link-c", "status", "fail");
	tree_expect_no_property(fdt, "/link-c", "interrupts");
	tree_expect_no_property(fdt, "/link-c", "memory-region");
	tree_expect_no_property(fdt, "/link-c", "peerboot,send-doorbell");

	TREE_EXPECT_STRING(fdt, "/link-b-1", "peerboot,role", "remote");
	TREE_EXPECT_CELLS(fdt, "/link-b-1", "peerboot,vdev", 1);
	tree_expect_no_property(fdt, "/link-b-1", "interrupts"); /* it polls */
	TREE_EXPECT_STRING(fdt, "/link-b-1", "peerboot,method", "handshake");
	TREE_EXPECT_CELLS(fdt, "/link-b-1", "peerboot,end", 1);
	TREE_EXPECT_CELLS(fdt, "/link-b-1", "peerboot,buffers", 100, 50, 256);
	tree_expect_no_property(fdt, "/link-b-1", "peerboot,vrings");
	tree_expect(fdt, "/link-b-1", "memory-region-names", names, sizeof(names));

	TREE_EXPECT_STRING(fdt, "/link-d", "peerboot,method", "static");
	TREE_EXPECT_CELLS(fdt, "/link-d", "peerboot,buffers", 7, 8, 64);
	TREE_EXPECT_CELLS(fdt, "/link-d", "peerboot,vrings", 16, 32);
	tree_expect_no_property(fdt, "/link-d", "peerboot,vdev");
	tree_expect(fdt, "/link-d", "memory-region-names", session_names, sizeof(session_names));
	free(fdt);
}

/* A peer may be called what a further link to another one would be. */
static void test_links_have_names_of_their_own(void **state)
{
	static const char *const peers[] = { "b", "b-1", "b", "b-1", "b", "b-3" };
	static const char *const names[] = { "/link-b",	    "/link-b-1", "/link-b-2",
					     "/link-b-1-1", "/link-b-4", "/link-b-3" };
	struct linux_link links[COUNT(peers)];
	struct linux_tree t = { .cores = TREE_CORES(0xf), .link = links, .links = COUNT(peers) };
	void *fdt;

	(void)state;
	for (unsigned i = 0; i < COUNT(peers); i++)
		links[i] = (struct linux_link){ .peer = peers[i], .failed = true };
	fdt = make_from(VIRT, &t);
	for (unsigned i = 0; i < COUNT(peers); i++)
		TREE_EXPECT_STRING(fdt, names[i], "peerboot,peer", peers[i]);
	free(fdt);
}

static void test_interrupt_parent(void **state)
{
	struct linux_tree t = demo;
	void *fdt;

	(void)state;
	t.cores.mask = 1;
	t.disables = 0;
	fdt = make_from(PART, &t);
	TREE_EXPECT_CELLS(fdt, "/link-b", "interrupt-parent",
			  phandle_of(fdt, "/soc/interrupt-controller@ff000000"));
	free(fdt);
}

static void test_devices(void **state)
{
	static const char *const serial[] = { "/soc/serial@fe000000" };
	struct linux_tree t = { .cores = TREE_CORES(1), .disable = serial, .disables = 1 };
	void *fdt = make_from(VIRT, &demo);

	(void)state;
	TREE_EXPECT_STRING(fdt, "/pl061@9030000", "status", "disabled");
	TREE_EXPECT_STRING(fdt, "/pcie@10000000", "status", "disabled");
	tree_expect_no_property(fdt, "/pl011@9000000", "status");
	free(fdt);
	fdt = make_from(PART, &t);
	TREE_EXPECT_STRING(fdt, "/soc/serial@fe000000", "status", "disabled");
	free(fdt);
}

static void test_reservations_stay(void **state)
{
	void *fdt = make_from(PART, &(struct linux_tree){ .cores = TREE_CORES(1) });
	uint64_t base, size;

	(void)state;
	assert_int_equal(fdt_num_mem_rsv(fdt), 2);
	assert_int_equal(fdt_get_mem_rsv(fdt, 1, &base, &size), 0);
	assert_int_equal(base, 0x9ff00000);
	assert_int_equal(size, 0x100000);
	free(fdt);
}

/* With nothing asked for, everything else must be as it was: all properties of all nodes. */
static void test_the_rest_stays(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct bytes from = source(i ? PART : VIRT);
		unsigned properties = 0;
		void *to;
		char path[256];
		int at;

		assert_int_equal(make(from, &(struct linux_tree){ .cores = TREE_CORES(0xf) }, &to),
				 0);
		for (int node = 0; node >= 0; node = fdt_next_node(from.data, node, NULL)) {
			assert_int_equal(fdt_get_path(from.data, node, path, sizeof(path)), 0);
			fdt_for_each_property_offset(at, from.data, node) {
				const char *name;
				int len;
				const void *value =
					fdt_getprop_by_offset(from.data, at, &name, &len);

				if (strncmp(name, "linux,initrd", 12))
					tree_expect(to, path, name, value, (size_t)len);
				properties++;
			}
		}
		assert_true(properties > 50);
		bytes_free(from);
		free(to);
	}
}

/* A finished tree is as good a source: nothing comes twice. */
static void test_again_from_the_result(void **state)
{
	void *once = make_from(VIRT, &demo), *twice;
	unsigned nodes = count_nodes(once, "/");

	(void)state;
	assert_int_equal(make((struct bytes){ once, fdt_totalsize(once) }, &demo, &twice), 0);
	assert_int_equal(count_nodes(twice, "/"), nodes);
	assert_int_equal(count_nodes(twice, "/reserved-memory"), COUNT(reserved));
	free(once);
	free(twice);
}

/* A node of the new one's name, but not known as memory: it is replaced, or there were two. */
static void test_memory_without_a_type(void **state)
{
	void *fdt = tree_open(VIRT), *to;
	unsigned nodes = count_nodes(fdt, "/");
	struct linux_tree t = { .cores = TREE_CORES(0xf), .memory = memory, .memories = 1 };
	struct bytes from;

	(void)state;
	assert_int_equal(fdt_delprop(fdt, tree_node(fdt, "/memory@40000000"), "device_type"), 0);
	from = tree_close(fdt);
	assert_int_equal(make(from, &t, &to), 0);
	assert_int_equal(count_nodes(to, "/"), nodes + 1); /* /reserved-memory */
	TREE_EXPECT_STRING(to, "/memory@40000000", "device_type", "memory");
	bytes_free(from);
	free(fdt);
	free(to);
}

/* Nodes that Linux can't do without stay, whatever they say of a core that goes. */
static void test_places_do_not_go(void **state)
{
	static const char *const paths[] = { "/", "/chosen", "/cpus", "/cpus/cpu@0",
					     "/reserved-memory" };

	(void)state;
	for (unsigned i = 0; i < COUNT(paths); i++) {
		void *fdt = tree_open(PART), *to;
		struct linux_tree t = demo;
		struct bytes from;

		t.cores.mask = 1;
		t.disables = 0;
		TREE_CELLS(fdt, paths[i], "cpu", phandle_of(fdt, "/cpus/cpu@3"));
		from = tree_close(fdt);
		assert_int_equal(make(from, &t, &to), 0);
		tree_expect_no_property(to, paths[i], "cpu");
		bytes_free(from);
		free(fdt);
		free(to);
	}
}

static void test_padding_is_not_copied(void **state)
{
	struct bytes padded = bytes_load(VIRT);
	struct bytes packed = source(VIRT);

	(void)state;
	assert_true(padded.size >= 1 << 20);
	assert_int_equal(tree_size(padded, &demo), tree_size(packed, &demo));
	assert_true(tree_size(padded, &demo) < packed.size + 4096);
	bytes_free(padded);
	bytes_free(packed);
}

/* What lay in the room before is nowhere in the tree, between its strings neither. */
static void test_nothing_of_the_room_is_left(void **state)
{
	struct bytes from = source(VIRT);
	const size_t size = tree_size(from, &demo), room = size + 100;
	uint8_t *to[2];
	struct error e = { 0 };

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		to[i] = malloc(room);
		memset(to[i], i ? 0xa5 : 0, room);
		assert_int_equal(linux_tree_write(to[i], room, from, &demo, &e), 0);
	}
	assert_memory_equal(to[0], to[1], size);
	free(to[0]);
	free(to[1]);
	bytes_free(from);
}

static void test_refuses(void **state)
{
	static const char *const absent[] = { "/pl061@9030001" };
	/* Linux has none of these in the end: replaced, another's core, on it, below what is on it */
	static const char *const gone[] = { "/memory@40000000", "/cpus/cpu@1", "/etm3",
					    "/etm3/port", "/cpus/cpu-map/socket1" };
	const struct range high = { 0x100000000, 0x1000 }, wide = { 0x80000000, 0x100000000 };
	struct reserved_region region = reserved[0];
	struct {
		const char *path;
		struct linux_tree t;
		int rc;
	} cases[] = {
		{ VIRT, { .cores = TREE_CORES(0x1f) }, E_CORE_ABSENT },
		{ VIRT, { .cores = TREE_CORES(0) }, E_CORE_ABSENT },
		{ VIRT,
		  { .cores = TREE_CORES(1), .disable = absent, .disables = 1 },
		  E_MANIFEST_BROKEN },
#define GONE(i) .disable = &gone[i], .disables = 1
		{ VIRT,
		  { .cores = TREE_CORES(1), .memory = memory, .memories = 1, GONE(0) },
		  E_MANIFEST_BROKEN },
		{ VIRT, { .cores = TREE_CORES(1), GONE(1) }, E_MANIFEST_BROKEN },
		{ PART, { .cores = TREE_CORES(7), GONE(2) }, E_MANIFEST_BROKEN },
		{ PART, { .cores = TREE_CORES(7), GONE(3) }, E_MANIFEST_BROKEN },
		{ PART, { .cores = TREE_CORES(3), GONE(4) }, E_MANIFEST_BROKEN },
		{ PART, { .cores = TREE_CORES(1), .memory = &high, .memories = 1 }, E_OVERFLOW },
		{ PART, { .cores = TREE_CORES(1), .memory = &wide, .memories = 1 }, E_OVERFLOW },
		{ PART, { .cores = TREE_CORES(1), .initrd = high }, E_OVERFLOW },
		{ PART,
		  { .cores = TREE_CORES(1), .reserved = &region, .reserved_count = 1 },
		  E_OVERFLOW },
	};

	(void)state;
	region.range = high;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct bytes from = source(cases[i].path);
		void *to;

		if (make(from, &cases[i].t, &to) != cases[i].rc)
			fail_msg("case %u: not %d", i, cases[i].rc);
		assert_int_equal(tree_size(from, &cases[i].t), 0);
		free(to);
		bytes_free(from);
	}
}

static void test_refuses_sources(void **state)
{
	static const struct {
		const char *what;
		int rc;
	} cases[] = {
		{ "no phandles left", E_FDT_BROKEN },
		{ "cells of the root", E_FDT_BROKEN },
		{ "cells of reserved", E_FDT_BROKEN },
		{ "no cpus", E_FDT_BROKEN },
		{ "cut off", E_FDT_BROKEN },
		{ "cells of reserved", E_FDT_BROKEN },
		{ "interrupt controller hangs on a core", E_FDT_BROKEN },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		struct linux_tree t = demo;
		void *fdt = tree_open(PART), *to;
		struct bytes from;

		t.cores.mask = 1;
		t.disables = 0;
		switch (i) {
		case 0:
			TREE_CELLS(fdt, "/soc/serial@fe000000", "phandle", 0xfffffffa);
			break;
		case 1:
			TREE_CELLS(fdt, "/", "#address-cells", 3);
			break;
		case 2:
			TREE_CELLS(fdt, "/reserved-memory", "#size-cells", 2);
			break;
		case 3:
			assert_int_equal(fdt_del_node(fdt, tree_node(fdt, "/cpus")), 0);
			break;
		case 5:
			TREE_CELLS(fdt, "/reserved-memory", "#address-cells", 2);
			break;
		case 6:
			TREE_CELLS(fdt, "/soc/interrupt-controller@ff000000", "cpu",
				   phandle_of(fdt, "/cpus/cpu@3"));
			break;
		}
		from = tree_close(fdt);
		free(fdt);
		if (i == 4)
			from.size -= 5;
		if (make(from, &t, &to) != cases[i].rc)
			fail_msg("%s", cases[i].what);
		free(to);
		bytes_free(from);
	}
}

/* Any plan: the size said before is exact, fits, and one byte less does not. */
static void test_size_is_exact(void **state)
{
	struct bytes from[] = { source(VIRT), source(PART) };
	char text[200];

	(void)state;
	srand(4);
	for (unsigned round = 0; round < 300; round++) {
		struct bytes f = from[round % 2];
		struct reserved_region r[24] = { 0 };
		struct linux_link l[LINKS];
		struct linux_tree t = demo;
		struct error e = { 0 };
		uint8_t *to;
		size_t size;

		memset(text, 'x', sizeof(text));
		text[rand() % (int)sizeof(text)] = 0;
		t.bootargs = rand() % 4 ? text : NULL;
		text[sizeof(text) - 1] = 0;
		t.cores.mask = 1 + (unsigned)rand() % 15;
		t.memories = (unsigned)rand() % 3;
		t.initrd.size = rand() % 2 ? (unsigned)rand() % 0x1000000 : 0;
		t.seed = rand() % 2 ? seed : NULL;
		t.disables = round % 2 ? 0 : (unsigned)rand() % 3;
		t.reserved = r;
		t.reserved_count = 1 + (unsigned)rand() % (unsigned)COUNT(r);
		for (unsigned i = 0; i < t.reserved_count; i++) {
			snprintf(r[i].name, sizeof(r[i].name), "%.*s%u", rand() % 24,
				 "region-with-a-name-of-some-bytes", i);
			r[i].range = (struct range){ (uint64_t)1 << rand() % 31, 0x1000 };
			r[i].kind = (enum reserved_kind)(rand() % 3);
		}
		t.link = l;
		t.links = (unsigned)rand() % (LINKS + 1);
		for (unsigned i = 0; i < t.links; i++) {
			l[i] = link[rand() % (int)COUNT(link)];
			l[i].table = (unsigned)rand() % t.reserved_count;
			l[i].vring[0] = l[i].vring[1] = l[i].buffers = l[i].table;
			l[i].failed = rand() % 2;
		}
		size = tree_size(f, &t);
		assert_int_not_equal(size, 0);
		to = malloc(size);
		if (write_tree(to, size, f, &t, &e))
			fail_msg("round %u: %s", round, e.text);
		assert_int_equal(fdt_totalsize(to), size);
		free(to);
		for (size_t less = size - 1; less; less = less > 3 ? less / 3 : 0) {
			memset(&e, 0, sizeof(e));
			to = malloc(less);
			assert_int_equal(write_tree(to, less, f, &t, &e), E_FDT_FULL);
			free(to);
		}
	}
	bytes_free(from[0]);
	bytes_free(from[1]);
}

/* libfdt's writer reckons with short names. Blocks of each size are exactly that long. */
static void test_long_names_in_any_room(void **state)
{
	struct linux_tree t = { .cores = TREE_CORES(0xf) };
	void *fdt = tree_open(PART);
	struct error e = { 0 };
	struct bytes from;
	char name[400];
	size_t size;

	(void)state;
	memset(name, 'n', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	for (unsigned i = 0; i < 8; i++) {
		name[0] = (char)('a' + i);
		assert_int_equal(fdt_setprop_u32(fdt, 0, name, i), 0);
	}
	from = tree_close(fdt);
	size = tree_size(from, &t);
	for (size_t room = 0; room < size; room++) {
		void *to = malloc(room + !room);

		e.code = 0;
		assert_int_equal(linux_tree_write(to, room, from, &t, &e), E_FDT_FULL);
		free(to);
	}
	bytes_free(from);
	free(fdt);
}

/* Each thing that was asked for, taken back out of a finished tree: verifying finds it. */
static void test_verify_finds(void **state)
{
	static const struct {
		const char *path, *property; /* no property: the node; a value: it is changed */
	} cases[] = {
		{ "/chosen", "bootargs" },
		{ "/chosen", "linux,initrd-start" },
		{ "/chosen", "linux,initrd-end" },
		{ "/chosen", "rng-seed" },
		{ "/memory@40000000", "reg" },
		{ "/memory@40000000", "device_type" },
		{ "/cpus/cpu@1", NULL },
		{ "/reserved-memory", NULL },
		{ "/reserved-memory/rsc-table@5d000000", NULL },
		{ "/reserved-memory/rsc-table@5d000000", "reg" },
		{ "/reserved-memory/rsc-table@5d000000", "no-map" },
		{ "/reserved-memory/rsc-table@5d000000", "phandle" },
		{ "/reserved-memory/vdev0buffer@5d046000", "compatible" },
		{ "/link-b", NULL },
		{ "/link-b", "compatible" },
		{ "/link-b", "status" },
		{ "/link-b", "interrupts" },
		{ "/link-b", "memory-region" },
		{ "/link-b", "peerboot,peer" },
		{ "/link-b", "peerboot,role" },
		{ "/link-b", "peerboot,method" },
		{ "/link-b", "peerboot,end" },
		{ "/link-b-1", "peerboot,buffers" },
		{ "/link-d", "peerboot,vrings" },
		{ "/link-b", "peerboot,send-doorbell" },
		{ "/link-c", "status" },
		{ "/link-c", NULL },
		{ "/pl061@9030000", "status" },
		{ "/pcie@10000000", NULL },
	};
	void *good = make_from(VIRT, &demo);
	uint32_t size = fdt_totalsize(good);

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		for (unsigned change = 0; change < (cases[i].property ? 2 : 1); change++) {
			void *fdt = malloc(size);
			struct error e = { 0 };
			int node, len;

			memcpy(fdt, good, size);
			node = tree_node(fdt, cases[i].path);
			if (!cases[i].property) {
				assert_int_equal(fdt_nop_node(fdt, node), 0);
			} else if (!change) {
				assert_int_equal(fdt_nop_property(fdt, node, cases[i].property), 0);
			} else {
				uint8_t *value = fdt_getprop_w(fdt, node, cases[i].property, &len);

				assert_non_null(value);
				if (len)
					value[len > 7 ? 7 : len - 1] ^= 1;
			}
			len = linux_tree_verify((struct bytes){ fdt, size }, &demo, &e);
			if (strcmp(cases[i].property ? cases[i].property : "", "no-map") || !change)
				if (len != E_FDT_CHECK && len != E_FDT_BROKEN)
					fail_msg("%s %s (%u): not seen", cases[i].path,
						 cases[i].property, change);
			free(fdt);
		}
	}
	free(good);
}

static int verify_changed(const void *good, const struct linux_tree *t, void (*change)(void *fdt))
{
	size_t size = fdt_totalsize(good) + 1024;
	void *fdt = malloc(size);
	struct error e = { 0 };
	int rc;

	assert_int_equal(fdt_open_into(good, fdt, (int)size), 0);
	if (change)
		change(fdt);
	rc = linux_tree_verify((struct bytes){ fdt, size }, t, &e);
	assert_int_equal(rc, e.code);
	free(fdt);
	return rc;
}

static void add_memory(void *fdt)
{
	assert_true(fdt_add_subnode(fdt, 0, "memory@0") >= 0);
	assert_int_equal(
		fdt_setprop_string(fdt, tree_node(fdt, "/memory@0"), "device_type", "memory"), 0);
	TREE_CELLS(fdt, "/memory@0", "reg", 0, 0, 0, 0x1000);
}

static void lengthen_seed(void *fdt)
{
	assert_int_equal(fdt_appendprop(fdt, tree_node(fdt, "/chosen"), "rng-seed", "x", 1), 0);
}

/* A node of a new one's name in front of all others, which Linux takes for it. */
static void shadow(void *fdt, const char *parent, const char *name)
{
	char other[32];
	int node;

	snprintf(other, sizeof(other), "%s", name);
	other[0] ^= 1;
	node = fdt_add_subnode(fdt, tree_node(fdt, parent), other);
	assert_true(node >= 0);
	assert_int_equal(fdt_set_name(fdt, node, name), 0);
}

static void shadow_region(void *fdt)
{
	shadow(fdt, "/reserved-memory", "vdev0buffer@5d046000");
}

static void shadow_link(void *fdt)
{
	shadow(fdt, "/", "link-c");
}

/* What is too much is as wrong. */
static void test_verify_finds_more(void **state)
{
	struct linux_tree no_initrd = demo;
	void *good = make_from(VIRT, &demo);

	(void)state;
	no_initrd.initrd.size = 0;
	assert_int_equal(verify_changed(good, &demo, NULL), 0);
	assert_int_equal(verify_changed(good, &demo, add_memory), E_FDT_CHECK);
	assert_int_equal(verify_changed(good, &demo, lengthen_seed), E_FDT_CHECK);
	assert_int_equal(verify_changed(good, &demo, shadow_region), E_FDT_CHECK);
	assert_int_equal(verify_changed(good, &demo, shadow_link), E_FDT_CHECK);
	assert_int_equal(verify_changed(good, &no_initrd, NULL), E_FDT_CHECK);
	free(good);
}

/* Two regions in one place, of which one is longer: nobody checks that before. */
static void test_writing_verifies(void **state)
{
	const struct reserved_region twice[] = {
		{ "b", { 0x5c000000, 0x1000 }, RESERVED_PLAIN, 0 },
		{ "b", { 0x5c000000, 0x2000 }, RESERVED_PLAIN, 0 },
	};
	struct linux_tree t = { .cores = TREE_CORES(1),
				.reserved = twice,
				.reserved_count = COUNT(twice) };
	struct bytes from = source(VIRT);
	size_t size = 2 * from.size + 0x10000;
	struct error e = { 0 };
	void *to = malloc(size);

	(void)state;
	assert_int_equal(write_tree(to, size, from, &t, &e), E_FDT_CHECK);
	free(to);
	bytes_free(from);
}

/* Hostile sources: refused, or made into a tree that holds; nothing outside them is read. */
static void test_survives_noise(void **state)
{
	unsigned made = 0, refused = 0;

	(void)state;
	srand(5);
	for (unsigned file = 0; file < 2; file++) {
		struct bytes original = source(file ? PART : VIRT);

		for (unsigned round = 0; round < 800; round++) {
			struct bytes b = bytes_copy(original.data, original.size);
			struct linux_tree t = demo;
			struct error e = { 0 };
			size_t size;

			t.disables = 0;
			t.cores.mask = 1 + (unsigned)rand() % 15;
			for (int n = rand() % 4; n >= 0; n--)
				*bytes_at(b, 40 + (size_t)rand() % (b.size - 40)) ^=
					(uint8_t)(1 << rand() % 8);
			size = tree_size(b, &t);
			if (size) {
				uint8_t *to = malloc(size);

				if (!write_tree(to, size, b, &t, &e)) {
					made++;
					assert_int_equal(
						tree_check_full((struct bytes){ to, size }), 0);
				}
				free(to);
			} else {
				refused++;
			}
			bytes_free(b);
		}
		bytes_free(original);
	}
	assert_true(made > 100 && refused > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chosen),
		cmocka_unit_test(test_chosen_keeps_what_is_not_given),
		cmocka_unit_test(test_chosen_of_one_cell),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_cores),
		cmocka_unit_test(test_references_to_cores),
		cmocka_unit_test(test_long_lists),
		cmocka_unit_test(test_long_names_in_any_room),
		cmocka_unit_test(test_lists_of_another_shape),
		cmocka_unit_test(test_reserved),
		cmocka_unit_test(test_reserved_joins_existing),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_links_have_names_of_their_own),
		cmocka_unit_test(test_interrupt_parent),
		cmocka_unit_test(test_devices),
		cmocka_unit_test(test_reservations_stay),
		cmocka_unit_test(test_the_rest_stays),
		cmocka_unit_test(test_again_from_the_result),
		cmocka_unit_test(test_memory_without_a_type),
		cmocka_unit_test(test_places_do_not_go),
		cmocka_unit_test(test_padding_is_not_copied),
		cmocka_unit_test(test_nothing_of_the_room_is_left),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_refuses_sources),
		cmocka_unit_test(test_size_is_exact),
		cmocka_unit_test(test_verify_finds),
		cmocka_unit_test(test_verify_finds_more),
		cmocka_unit_test(test_writing_verifies),
		cmocka_unit_test(test_survives_noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
