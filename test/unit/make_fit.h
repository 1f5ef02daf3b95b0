/* SPDX-License-Identifier: BSD-2-Clause */
/* Boot images for tests, made in memory: ELFs, resource tables, manifests, FITs, board trees. */
#ifndef TEST_UNIT_MAKE_FIT_H
#define TEST_UNIT_MAKE_FIT_H

#include <libfdt.h>
#include <zlib.h>

#include "base/range.h"
#include "resource_table/layout.h"
#include "resource_table/link_resource.h"
#include "test/unit/unit.h"

/* Each image lies in a place of its own behind the tree; the slot is all of that. */
#define MAKE_PLACE 0x10000
#define MAKE_SLOT  (12 * MAKE_PLACE)

struct make_segment {
	uint32_t to, filesz, memsz;
	bool data; /* not executable */
};

struct make_table {
	bool there;
	uint32_t at; /* loaded by a segment of its own */
	uint32_t ver, vdevs, num, vring_da[2];
	uint32_t num1, align;	    /* of vring 1, of both; 0: num, 4096 */
	uint32_t others;	    /* vdevs before, each of another id, with three vrings */
	const char *carveout[3];    /* names of the first ones */
	uint32_t carveout_place[3]; /* their addresses; 0: as carveout_da says */
	const char *trace_name;
	uint32_t trace_da, trace_len;
	uint32_t carveouts, carveout_da, carveout_len, carveout_step;
	bool no_link;
	uint32_t references;
};

struct make_elf {
	uint32_t entry;
	unsigned segments;
	struct make_segment segment[12];
	struct make_table table;
};

struct make_image {
	const char *name;
	struct bytes data;
	uint32_t load, entry;	     /* 0: none */
	bool gzip, unhashed, spoilt; /* no hash; a wrong one */
};

struct make_context {
	const char *name, *image, *kernel, *fdt, *ramdisk, *table_image, *bootargs, *device,
		*overlay, *region, *cluster;
	size_t device_size; /* of several in `device`; 0: it is one */
	const char *controls;
	size_t controls_size; /* all of it */
	uint32_t cpus;
	struct range memory[3], table, xamp, k3_carveout;
	bool early, optional, allow_unhashed;
};

struct make_link {
	const char *name, *end[2], *role[2], *method, *table;
	int vdev; /* -1: not given */
	struct range memory;
	uint32_t doorbell[4], buffers[3], vrings[2]; /* 0: not given */
};

static inline void put(uint8_t **at, const void *data, size_t size)
{
	memcpy(*at, data, size);
	*at += size;
}

/* Entries by their types' order: carve-outs, trace, vdevs, links. Returns the bytes. */
static inline size_t make_table(uint8_t *to, const struct make_table *t)
{
	unsigned count = t->carveouts + !!t->trace_len + t->others +
			 t->vdevs * (t->no_link ? 1 : 2) + t->references,
		 n = 0;
	uint32_t *offset = (uint32_t *)(void *)(to + sizeof(struct resource_table));
	uint8_t *at = to + sizeof(struct resource_table) + 4 * count;

	*(struct resource_table *)(void *)to =
		(struct resource_table){ .ver = t->ver, .num = count };
	for (unsigned i = 0; i < t->carveouts; i++) {
		struct resource_carveout c = {
			.type = RESOURCE_CARVEOUT,
			.da = t->carveout_da +
			      (t->carveout_da == RESOURCE_ANY ? 0 : i * t->carveout_step),
			.len = t->carveout_len,
		};

		if (i < 3 && t->carveout[i])
			memcpy(c.name, t->carveout[i], strlen(t->carveout[i]));
		if (i < 3 && t->carveout_place[i])
			c.da = t->carveout_place[i];

		offset[n++] = (uint32_t)(at - to);
		put(&at, &c, sizeof(c));
	}
	if (t->trace_len) {
		struct resource_trace trace = {
			.type = RESOURCE_TRACE,
			.da = t->trace_da,
			.len = t->trace_len,
		};

		if (t->trace_name)
			memcpy(trace.name, t->trace_name, strlen(t->trace_name));

		offset[n++] = (uint32_t)(at - to);
		put(&at, &trace, sizeof(trace));
	}
	for (unsigned i = 0; i < t->others; i++) {
		static const struct {
			struct resource_vdev vdev;
			uint32_t words[15]; /* no vrings that make sense */
		} other = { .vdev = { .type = RESOURCE_VDEV, .id = 4, .num_of_vrings = 3 } };

		offset[n++] = (uint32_t)(at - to);
		put(&at, &other, sizeof(other));
	}
	for (unsigned i = 0; i < t->vdevs; i++) {
		struct resource_vdev v = {
			.type = RESOURCE_VDEV,
			.id = VIRTIO_ID_RPMSG_DEVICE,
			.dfeatures = RPMSG_FEATURE_NS,
			.status = 0x55, /* what an earlier boot left */
			.num_of_vrings = 2,
		};

		offset[n++] = (uint32_t)(at - to);
		put(&at, &v, sizeof(v));
		for (unsigned k = 0; k < 2; k++) {
			struct resource_vring ring = {
				.da = t->vring_da[k],
				.align = t->align ? t->align : 4096,
				.num = k && t->num1 ? t->num1 : t->num,
			};

			put(&at, &ring, sizeof(ring));
		}
	}
	for (unsigned i = t->no_link ? t->vdevs : 0; i < t->vdevs + t->references; i++) {
		struct link_resource l = {
			.type = RESOURCE_LINK,
			.magic = LINK_MAGIC,
			.version = LINK_VERSION,
			.length = sizeof(l),
			.vdev = i < t->vdevs ? t->others + i : LINK_NO_VDEV,
		};

		offset[n++] = (uint32_t)(at - to);
		put(&at, &l, sizeof(l));
	}
	return (size_t)(at - to);
}

/* ELF32 for Arm: header, program headers, contents, names of sections, section headers. */
static inline struct bytes make_elf(const struct make_elf *elf)
{
	static const char names[] = "\0.resource_table\0.shstrtab";
	uint8_t file[8192] = { 0x7f, 'E', 'L', 'F', 1, 1, 1 }, table[RESOURCE_TABLE_MAX] = { 0 };
	size_t table_size = elf->table.there ? make_table(table, &elf->table) : 0;
	unsigned segments = elf->segments + elf->table.there;
	uint32_t head[9] = { 2 | 40 << 16, 1, elf->entry, 52, 0, 0, 52 | 32 << 16 };
	uint32_t section[3][10] = { { 0 } };
	uint32_t at = 52 + 32 * segments, table_offset = 0, names_offset;

	for (unsigned i = 0; i < segments; i++) {
		bool own = i < elf->segments;
		struct make_segment s = own ? elf->segment[i] :
					      (struct make_segment){ elf->table.at,
								     (uint32_t)table_size,
								     (uint32_t)table_size, true };
		uint32_t p[8] = { 1, at, s.to, s.to, s.filesz, s.memsz, s.data ? 4 : 5, 1 };

		assert_true(at + s.filesz < sizeof(file) - 512);
		if (own) {
			memset(file + at, 0xb0, s.filesz);
		} else {
			memcpy(file + at, table, table_size);
			table_offset = at;
		}
		memcpy(file + 52 + 32 * i, p, sizeof(p));
		at += s.filesz;
	}
	names_offset = at;
	memcpy(file + at, names, sizeof(names));
	at = (at + (uint32_t)sizeof(names) + 3) & ~3u;
	memcpy(section[1],
	       (uint32_t[]){ 1, 1, 2, elf->table.at, table_offset, (uint32_t)table_size }, 24);
	memcpy(section[2], (uint32_t[]){ 17, 3, 0, 0, names_offset, sizeof(names) }, 24);
	if (!elf->table.there)
		section[1][0] = 0;
	memcpy(file + at, section, sizeof(section));
	head[4] = at;
	head[7] = segments | 40 << 16;
	head[8] = 3 | 2 << 16;
	memcpy(file + 16, head, sizeof(head));
	return bytes_copy(file, at + sizeof(section));
}

/* A zImage's header, without the tags that newer ones have; @size bytes. */
static inline struct bytes make_zimage(size_t size)
{
	struct bytes b;
	uint8_t *data = calloc(1, size);

	assert_non_null(data);
	b = (struct bytes){ data, size };
	put_le32(b, 0x24, 0x016f2818);
	put_le32(b, 0x2c, (uint32_t)size);
	return b;
}

static inline void make_string(void *fdt, const char *name, const char *value)
{
	if (value)
		assert_int_equal(fdt_property(fdt, name, value, (int)strlen(value) + 1), 0);
}

static inline void make_ranges(void *fdt, const char *name, const struct range *r, unsigned max)
{
	fdt64_t cells[8];
	unsigned n = 0;

	for (; n / 2 < max && r[n / 2].size; n += 2) {
		cells[n] = cpu_to_fdt64(r[n / 2].base);
		cells[n + 1] = cpu_to_fdt64(r[n / 2].size);
	}
	if (n)
		assert_int_equal(fdt_property(fdt, name, cells, (int)(8 * n)), 0);
}

static inline void *make_start(size_t size)
{
	void *fdt = calloc(1, size);

	assert_non_null(fdt);
	assert_int_equal(fdt_create(fdt, (int)size), 0);
	assert_int_equal(fdt_finish_reservemap(fdt), 0);
	fdt_begin_node(fdt, "");
	return fdt;
}

static inline struct bytes make_finish(void *fdt)
{
	struct bytes b;

	fdt_end_node(fdt);
	assert_int_equal(fdt_finish(fdt), 0);
	b = bytes_copy(fdt, fdt_totalsize(fdt));
	free(fdt);
	return b;
}

static inline void make_context(void *fdt, const struct make_context *c)
{
	fdt_begin_node(fdt, c->name);
	fdt_property_u32(fdt, "cpus", c->cpus);
	make_string(fdt, "cluster", c->cluster);
	make_ranges(fdt, "memory", c->memory, 3);
	make_ranges(fdt, "resource-table", &c->table, 1);
	make_ranges(fdt, "xamp", &c->xamp, 1);
	make_ranges(fdt, "k3-carveout", &c->k3_carveout, 1);
	make_string(fdt, "image", c->image);
	make_string(fdt, "kernel", c->kernel);
	make_string(fdt, "fdt", c->fdt);
	make_string(fdt, "ramdisk", c->ramdisk);
	make_string(fdt, "table-image", c->table_image);
	make_string(fdt, "bootargs", c->bootargs);
	if (c->device_size)
		fdt_property(fdt, "devices", c->device, (int)c->device_size);
	else
		make_string(fdt, "devices", c->device);
	if (c->controls)
		fdt_property(fdt, "controls", c->controls, (int)c->controls_size);
	make_string(fdt, "overlays", c->overlay);
	make_string(fdt, "reserved-memory", c->region);
	if (c->early)
		fdt_property(fdt, "early", "", 0);
	if (c->optional)
		fdt_property(fdt, "optional", "", 0);
	if (c->allow_unhashed)
		fdt_property(fdt, "allow-unhashed", "", 0);
	fdt_end_node(fdt);
}

static inline void make_strings(void *fdt, const char *name, const char *const s[2])
{
	char text[128];
	int n = snprintf(text, sizeof(text), "%s%c%s", s[0], 0, s[1]);

	fdt_property(fdt, name, text, n + 1);
}

static inline void make_cells(void *fdt, const char *name, const uint32_t *value, unsigned count)
{
	fdt32_t cells[4];

	for (unsigned i = 0; i < count; i++)
		cells[i] = cpu_to_fdt32(value[i]);
	fdt_property(fdt, name, cells, (int)(4 * count));
}

static inline void make_link(void *fdt, const struct make_link *l)
{
	fdt_begin_node(fdt, l->name);
	make_strings(fdt, "ends", l->end);
	make_strings(fdt, "roles", l->role);
	make_string(fdt, "method", l->method);
	make_string(fdt, "table", l->table);
	make_ranges(fdt, "memory", &l->memory, 1);
	if (l->vdev >= 0)
		fdt_property_u32(fdt, "vdev", (uint32_t)l->vdev);
	make_cells(fdt, "doorbells", l->doorbell, 4);
	if (l->buffers[2])
		make_cells(fdt, "buffers", l->buffers, 3);
	if (l->vrings[0])
		make_cells(fdt, "vrings", l->vrings, 2);
	fdt_end_node(fdt);
}

static inline struct bytes make_manifest(const struct make_context *context, unsigned contexts,
					 const struct make_link *link, unsigned links)
{
	void *fdt = make_start(8192);

	make_string(fdt, "compatible", "peerboot,manifest-v1");
	fdt_property_u32(fdt, "#address-cells", 2);
	fdt_property_u32(fdt, "#size-cells", 2);
	fdt_begin_node(fdt, "contexts");
	for (unsigned i = 0; i < contexts; i++)
		make_context(fdt, &context[i]);
	fdt_end_node(fdt);
	fdt_begin_node(fdt, "links");
	for (unsigned i = 0; i < links; i++)
		make_link(fdt, &link[i]);
	fdt_end_node(fdt);
	return make_finish(fdt);
}

/* By zlib, which the loader does not use for it. */
static inline struct bytes make_gzip(struct bytes data)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)data.data, .avail_in = (uInt)data.size };
	struct bytes packed = bytes_copy(NULL, 0);

	assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.avail_out = (uInt)deflateBound(&z, data.size);
	packed.data = z.next_out = realloc((void *)(uintptr_t)packed.data, z.avail_out);
	assert_non_null(packed.data);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	packed.size = z.total_out;
	deflateEnd(&z);
	return packed;
}

static inline struct bytes make_fit(const struct make_image *image, unsigned images)
{
	void *fdt = make_start(MAKE_PLACE);
	struct bytes tree, slot;
	uint8_t *data = calloc(1, MAKE_SLOT);

	assert_non_null(data);
	fdt_begin_node(fdt, "images");
	for (unsigned i = 0; i < images; i++) {
		uint32_t position = (i + 1) * MAKE_PLACE;
		struct bytes part = image[i].gzip ?
					    make_gzip(image[i].data) :
					    bytes_copy(image[i].data.data, image[i].data.size);

		assert_true(part.size <= MAKE_PLACE);
		assert_true(position + MAKE_PLACE <= MAKE_SLOT);
		fdt_begin_node(fdt, image[i].name);
		fdt_property_u32(fdt, "data-position", position);
		fdt_property_u32(fdt, "data-size", (uint32_t)part.size);
		make_string(fdt, "compression", image[i].gzip ? "gzip" : NULL);
		if (image[i].load)
			fdt_property_u32(fdt, "load", image[i].load);
		if (image[i].entry)
			fdt_property_u32(fdt, "entry", image[i].entry);
		if (!image[i].unhashed) {
			fdt_begin_node(fdt, "hash-1");
			make_string(fdt, "algo", "crc32");
			fdt_property_u32(fdt, "value",
					 (uint32_t)crc32(0, part.data, (uInt)part.size) ^
						 image[i].spoilt);
			fdt_end_node(fdt);
		}
		fdt_end_node(fdt);
		memcpy(data + position, part.data, part.size);
		bytes_free(part);
	}
	fdt_end_node(fdt);
	fdt_begin_node(fdt, "configurations");
	make_string(fdt, "default", "conf");
	fdt_begin_node(fdt, "conf");
	make_string(fdt, "description", "made by a test");
	fdt_end_node(fdt);
	fdt_end_node(fdt);
	tree = make_finish(fdt);
	memcpy(data, tree.data, tree.size);
	bytes_free(tree);
	slot = (struct bytes){ data, MAKE_SLOT };
	return slot;
}

/* A node /added. */
static inline struct bytes make_overlay(void)
{
	void *fdt = make_start(1024);

	fdt_begin_node(fdt, "fragment@0");
	make_string(fdt, "target-path", "/");
	fdt_begin_node(fdt, "__overlay__");
	fdt_begin_node(fdt, "added");
	fdt_end_node(fdt);
	fdt_end_node(fdt);
	fdt_end_node(fdt);
	return make_finish(fdt);
}

/* What the planner and Linux's tree look at: cores, memory, one device. */
/* Hardware ids of cores that are called by their numbers. */
static const core_id_t make_numbers[32] = { 0,	1,  2,	3,  4,	5,  6,	7,  8,	9,  10,
					    11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
					    22, 23, 24, 25, 26, 27, 28, 29, 30, 31 };

static inline struct bytes make_board_tree_of(const core_id_t *id, uint32_t cores,
					      const struct range *ram)
{
	void *fdt = make_start(8192);
	char name[32];

	fdt_property_u32(fdt, "#address-cells", 2);
	fdt_property_u32(fdt, "#size-cells", 2);
	fdt_property_u32(fdt, "interrupt-parent", 1);
	make_string(fdt, "compatible", "test,board");
	fdt_begin_node(fdt, "cpus");
	fdt_property_u32(fdt, "#address-cells", 1);
	fdt_property_u32(fdt, "#size-cells", 0);
	for (unsigned i = 0; i < 32; i++) {
		if (!(cores >> i & 1))
			continue;
		snprintf(name, sizeof(name), "cpu@%lx", id[i]);
		fdt_begin_node(fdt, name);
		make_string(fdt, "device_type", "cpu");
		fdt_property_u32(fdt, "reg", (uint32_t)id[i]);
		fdt_end_node(fdt);
	}
	fdt_end_node(fdt);
	fdt_begin_node(fdt, "intc@8000000");
	make_string(fdt, "compatible", "arm,cortex-a15-gic");
	fdt_property(fdt, "interrupt-controller", "", 0);
	fdt_property_u32(fdt, "#interrupt-cells", 3);
	fdt_property_u32(fdt, "phandle", 1);
	fdt_end_node(fdt);
	fdt_begin_node(fdt, "gpio@9030000");
	make_string(fdt, "compatible", "arm,pl061");
	fdt_end_node(fdt);
	if (ram[0].size) {
		snprintf(name, sizeof(name), "memory@%llx", (unsigned long long)ram[0].base);
		fdt_begin_node(fdt, name);
		make_string(fdt, "device_type", "memory");
		make_ranges(fdt, "reg", ram, 2);
		fdt_end_node(fdt);
	}
	return make_finish(fdt);
}

static inline struct bytes make_board_tree(uint32_t cores, const struct range *ram)
{
	return make_board_tree_of(make_numbers, cores, ram);
}

#endif
