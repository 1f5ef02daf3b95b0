/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The FIT reader on boot images that mkimage made (test/fixtures/boot.its: data in-line, behind
 * the tree, at a fixed position, aligned), and on the same changed by libfdt or byte by byte.
 */
#include <libfdt.h>

#include "boot/image/fit.h"
#include "test/unit/open_fit.h"
#include "test/unit/unit.h"

#define SLOT 0x8000 /* bytes: room for any fixture */

static const char *const fixtures[] = { FIXTURES "/inline.itb", FIXTURES "/external.itb",
					FIXTURES "/position.itb", FIXTURES "/aligned.itb" };

static struct bytes slot; /* erased flash with a fixture at its start */
static size_t file_size;

static void load(const char *path)
{
	struct bytes file = bytes_load(path);
	uint8_t *data = malloc(SLOT);

	assert_non_null(data);
	assert_true(file.size <= SLOT);
	memset(data, 0xff, SLOT);
	memcpy(data, file.data, file.size);
	bytes_free(slot);
	slot = (struct bytes){ data, SLOT };
	file_size = file.size;
	bytes_free(file);
}

static int set_up(void **state)
{
	(void)state;
	load(FIXTURES "/external.itb");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bytes_free(slot);
	slot = (struct bytes){ 0 };
	return 0;
}

static int open_slot(struct fit *fit, struct bytes s)
{
	struct error e = { 0 };
	int code = open_fit(fit, s, &e);

	assert_int_equal(code, e.code);
	assert_int_equal(code != 0, e.text[0] != 0);
	return code;
}

static int open_code(void)
{
	struct fit fit;

	return open_slot(&fit, slot);
}

static int image_code(const char *name, bool allow_unhashed, struct fit_image *image)
{
	struct error e = { 0 };
	struct fit fit;
	int code;

	assert_int_equal(open_slot(&fit, slot), 0);
	code = fit_image(image, &fit, name, allow_unhashed, &e);
	assert_int_equal(code, e.code);
	return code;
}

/* Of the image /images/kernel, or of another by its path. */
static int data_code(const char *path)
{
	struct fit_image image;

	return image_code(strrchr(path, '/') + 1, true, &image);
}

static int kernel_code(void)
{
	return data_code("/kernel");
}

/* Change the tree by libfdt, which moves the rest of it; external data stays where it was. */
static int node(const char *path)
{
	int offset = fdt_path_offset(slot.data, path);

	assert_true(offset >= 0);
	return offset;
}

static void *tree(void)
{
	return bytes_at(slot, 0);
}

static void set(const char *path, const char *property, const void *value, int size)
{
	assert_int_equal(fdt_setprop(tree(), node(path), property, value, size), 0);
}

static void set_u32(const char *path, const char *property, uint32_t value)
{
	assert_int_equal(fdt_setprop_u32(tree(), node(path), property, value), 0);
}

static void set_u64(const char *path, const char *property, uint64_t value)
{
	assert_int_equal(fdt_setprop_u64(tree(), node(path), property, value), 0);
}

static void remove_property(const char *path, const char *property)
{
	assert_int_equal(fdt_delprop(tree(), node(path), property), 0);
}

static void add_node(const char *path, const char *name)
{
	assert_true(fdt_add_subnode(tree(), node(path), name) >= 0);
}

/* The fixture at fixed positions, its tree with room to grow in front of them. */
static void load_editable(void)
{
	load(FIXTURES "/position.itb");
	assert_int_equal(fdt_open_into(slot.data, tree(), 0x2000), 0);
	assert_int_equal(open_code(), 0);
}

static void assert_hashes(const struct fit_image *image, unsigned count)
{
	assert_int_equal(image->hashes, count);
	for (unsigned i = 0; i < image->hashes; i++) {
		const struct hash_algorithm *a = image->hash[i].algorithm;
		uint8_t value[HASH_SIZE];
		struct hash_state h;

		h.algorithm = a;
		a->start(&h);
		a->add(&h, image->data.data, image->data.size);
		a->finish(&h, value);
		assert_memory_equal(value, image->hash[i].value, a->size);
	}
}

/* Data, hints and hashes as mkimage wrote them, wherever it put the data. */
static void what_mkimage_makes(void **state)
{
	struct bytes firmware = bytes_load(FIXTURES "/thumb.elf");

	(void)state;
	for (unsigned i = 0; i < COUNT(fixtures); i++) {
		struct fit_image image;
		struct fit fit;

		load(fixtures[i]);
		assert_int_equal(open_slot(&fit, slot), 0);
		assert_string_equal(fit.configuration_name, "demo");
		assert_int_equal(fit.tree.size, fdt_totalsize(slot.data));
		/* mkimage pads what it leaves behind an in-line tree and the last external data */
		assert_true(fit.size <= file_size && fit.size + 0x200 > file_size);
		/* just this much of the slot, no byte less */
		assert_int_equal(open_slot(&fit, (struct bytes){ slot.data, (size_t)fit.size }), 0);

		assert_int_equal(image_code("firmware", false, &image), 0);
		assert_string_equal(image.name, "firmware");
		assert_string_equal(image.type, "standalone");
		assert_string_equal(image.compression, "none");
		assert_int_equal(image.data.size, firmware.size);
		assert_memory_equal(image.data.data, firmware.data, firmware.size);
		assert_false(image.hint.has_load || image.hint.has_entry);
		assert_hashes(&image, 3);

		assert_int_equal(image_code("kernel", false, &image), 0);
		assert_int_equal(image.data.size, 11);
		assert_true(image.hint.has_load && image.hint.has_entry);
		assert_int_equal(image.hint.load, 0x42000000);
		assert_int_equal(image.hint.entry, 0x42000004);
		assert_hashes(&image, 1);

		assert_int_equal(image_code("wide@1", false, &image), 0);
		assert_memory_equal(image.data.data, "\xff\xfe\xfd", 3);
		assert_true(image.hint.load == 0x180000000);
		assert_hashes(&image, 1);

		assert_int_equal(image_code("manifest", false, &image), 0);
		assert_string_equal((const char *)image.data.data, "manifest");
		assert_hashes(&image, 1);
	}
	bytes_free(firmware);
}

static void configuration_strings(void **state)
{
	struct fit fit;

	(void)state;
	assert_int_equal(open_slot(&fit, slot), 0);
	assert_string_equal(fit_configuration_string(&fit, "kernel", 0), "kernel");
	assert_string_equal(fit_configuration_string(&fit, "loadables", 0), "firmware");
	assert_string_equal(fit_configuration_string(&fit, "loadables", 1), "unhashed");
	assert_null(fit_configuration_string(&fit, "loadables", 2));
	assert_null(fit_configuration_string(&fit, "ramdisk", 0));
}

static void nothing_there(void **state)
{
	(void)state;
	memset(tree(), 0xff, SLOT);
	assert_int_equal(open_code(), E_NO_IMAGE);
	memset(tree(), 0, SLOT);
	assert_int_equal(open_code(), E_NO_IMAGE);
	slot.size = 7;
	assert_int_equal(open_code(), E_NO_IMAGE);
	slot.size = 0;
	assert_int_equal(open_code(), E_NO_IMAGE);
	slot.size = SLOT;
	*bytes_at(slot, 7) = 1;
	assert_int_equal(open_code(), E_BAD_MAGIC);
}

static void bad_magic(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		*bytes_at(slot, i) ^= 0x10;
		assert_int_equal(open_code(), E_BAD_MAGIC);
		*bytes_at(slot, i) ^= 0x10;
	}
	assert_int_equal(open_code(), 0);
}

/* Flash that was not written to the end: the slot is whole, the tail of the image is not. */
static void cut_off(void **state)
{
	struct fit fit;
	size_t total;

	(void)state;
	load(FIXTURES "/inline.itb");
	total = fdt_totalsize(slot.data);
	for (size_t size = 8; size < total; size += size < 0x100 ? 1 : 131) {
		struct bytes copy = bytes_copy(slot.data, size);

		assert_int_equal(open_slot(&fit, copy), E_FIT_TRUNCATED);
		bytes_free(copy);
	}
	memset(bytes_at(slot, total - 16), 0xff, 16);
	assert_int_equal(open_code(), E_FIT_TRUNCATED);
	memset(bytes_at(slot, total / 2), 0xff, total - total / 2);
	assert_int_equal(open_code(), E_FIT_TRUNCATED);

	/* the tree fits, what lies behind it does not */
	load(FIXTURES "/external.itb");
	assert_int_equal(open_slot(&fit, slot), 0);
	assert_int_equal(open_slot(&fit, (struct bytes){ slot.data, (size_t)fit.size }), 0);
	slot.size = fdt_totalsize(slot.data);
	assert_int_equal(kernel_code(), E_IMAGE_DATA);
	slot.size = SLOT;
	assert_int_equal(kernel_code(), 0);

	/* or was never written */
	total = fdt_totalsize(slot.data);
	memset(bytes_at(slot, total), 0xff, SLOT - total);
	assert_int_equal(data_code("/firmware"), E_FIT_TRUNCATED);
	assert_int_equal(kernel_code(), 0); /* of 11 bytes: that may be what it is */
}

/* What somebody has put into the slot in place of a FIT. */
static void what_it_is_instead(void **state)
{
	static const struct {
		uint8_t head[4];
		const char *name;
	} others[] = {
		{ { 0x1f, 0x8b, 8, 0 }, "gzip" }, /* a .tar.gz */
		{ { 0x27, 0x05, 0x19, 0x56 }, "uimage" }, { { 0x7f, 'E', 'L', 'F' }, "elf32" },
		{ { 0xfd, '7', 'z', 'X' }, "xz" },	  { { 0x0f, 0, 0, 0xea }, "raw" },
	};
	static const char its[] = "/dts-v1/;\n\n/ {\n\tdescription = \"an .its\";\n};\n";

	(void)state;
	for (unsigned i = 0; i < COUNT(others); i++) {
		struct error e = { 0 };
		struct fit fit;

		memset(tree(), 0, SLOT);
		memcpy(tree(), others[i].head, 4);
		assert_int_equal(open_fit(&fit, slot, &e), E_BAD_MAGIC);
		assert_non_null(strstr(e.text, others[i].name));
	}
	{
		struct error e = { 0 };
		struct fit fit;

		memcpy(tree(), its, sizeof(its));
		assert_int_equal(open_fit(&fit, slot, &e), E_BAD_MAGIC);
		assert_non_null(strstr(e.text, "text"));
		put_le32(slot, 0, 0xea00000f);
		put_le32(slot, 0x24, 0x016f2818);
		e.code = 0;
		assert_int_equal(open_fit(&fit, slot, &e), E_BAD_MAGIC);
		assert_non_null(strstr(e.text, "zimage"));
	}
}

static void broken_trees(void **state)
{
	(void)state;
	put_le32(slot, fdt_off_dt_struct(slot.data), 0xffffffff); /* no node at all */
	assert_int_equal(open_code(), E_FIT_BROKEN);

	load(FIXTURES "/external.itb");
	fdt_set_totalsize(tree(), 32); /* shorter than a header */
	assert_int_equal(open_code(), E_FIT_BROKEN);

	load_editable();
	fdt_set_name(tree(), node("/images"), "imagos");
	assert_int_equal(open_code(), E_FIT_BROKEN);
	fdt_set_name(tree(), node("/imagos"), "images@1");
	assert_int_equal(open_code(), E_FIT_BROKEN);
}

static void configurations(void **state)
{
	static const char unterminated[] = { 'd', 'e', 'm', 'o' };

	(void)state;
	load_editable();
	fdt_set_name(tree(), node("/configurations/demo"), "demo@1");
	assert_int_equal(open_code(), E_NO_CONFIGURATION); /* libfdt would have found it */
	fdt_set_name(tree(), node("/configurations/demo@1"), "demo");
	assert_int_equal(open_code(), 0);
	set("/configurations", "default", "omed", 5);
	assert_int_equal(open_code(), E_NO_CONFIGURATION);
	set("/configurations", "default", unterminated, sizeof(unterminated));
	assert_int_equal(open_code(), E_NO_CONFIGURATION);
	set("/configurations", "default", "", 0);
	assert_int_equal(open_code(), E_NO_CONFIGURATION);
	remove_property("/configurations", "default");
	assert_int_equal(open_code(), E_NO_CONFIGURATION);
	fdt_del_node(tree(), node("/configurations"));
	assert_int_equal(open_code(), E_NO_CONFIGURATION);
}

/* Three configurations beside the default one, which is for nobody in particular. */
static void load_for_boards(void)
{
	static const char both[] = "vendor,family\0vendor,second", first[] = "vendor,first";

	load_editable(); /* libfdt adds in front */
	add_node("/configurations", "for-first-too");
	add_node("/configurations", "for-first");
	add_node("/configurations", "for-family");
	set("/configurations/for-family", "compatible", both, sizeof(both));
	set("/configurations/for-first", "compatible", first, sizeof(first));
	set("/configurations/for-first-too", "compatible", first, sizeof(first));
}

/* The name of what a board with these names gets; NULL: an error. */
static const char *chosen_for(const char *names, size_t size)
{
	struct bytes copy = bytes_copy(names, size);
	struct error e = { 0 };
	struct fit fit;
	int code;

	assert_int_equal(fit_open(&fit, slot, NULL, &e), 0);
	code = fit_choose(&fit, copy, &e);
	bytes_free(copy);
	assert_int_equal(code, e.code);
	if (code) {
		assert_int_equal(code, E_NO_CONFIGURATION);
		return NULL;
	}
	assert_string_equal(fdt_get_name(slot.data, fit.configuration, NULL),
			    fit.configuration_name);
	return fit.configuration_name;
}

#define CHOSEN(names) chosen_for(names, sizeof(names))

static void a_configuration_for_the_board(void **state)
{
	(void)state;
	load_for_boards();
	assert_string_equal(CHOSEN("vendor,first"), "for-first"); /* the first of two */
	assert_string_equal(CHOSEN("vendor,second"), "for-family");
	/* the board's order counts, not that of the boot image */
	assert_string_equal(CHOSEN("vendor,first\0vendor,family"), "for-first");
	assert_string_equal(CHOSEN("vendor,family\0vendor,first"), "for-family");
	assert_string_equal(CHOSEN("vendor,third\0vendor,family"), "for-family");
	/* whole names only */
	assert_string_equal(CHOSEN("vendor,fir"), "demo");
	assert_string_equal(CHOSEN("vendor,first-b"), "demo");
	assert_string_equal(CHOSEN(""), "demo");
	assert_string_equal(chosen_for("", 0), "demo");
	assert_string_equal(chosen_for("vendor,first", 12), "demo"); /* it does not end */
	/* the default one counts for everybody else, even if it says for whom it is */
	set("/configurations/demo", "compatible", "vendor,third", 13);
	assert_string_equal(CHOSEN("vendor,third"), "demo");
	assert_string_equal(CHOSEN("vendor,fourth"), "demo");
	/* without one */
	remove_property("/configurations", "default");
	assert_string_equal(CHOSEN("vendor,first"), "for-first");
	assert_null(CHOSEN("vendor,fourth"));
	assert_null(chosen_for("", 0));
}

static void who_asks_for_the_board(void **state)
{
	struct error e = { 0 };
	struct fit fit;

	(void)state;
	load_editable();
	assert_int_equal(fit_open(&fit, slot, NULL, &e), 0);
	assert_false(fit_asks_for_board(&fit));
	load_for_boards();
	assert_int_equal(fit_open(&fit, slot, NULL, &e), 0);
	assert_true(fit_asks_for_board(&fit));
	/* no string: for nobody */
	set("/configurations/for-first", "compatible", "vendor,first", 12);
	assert_string_equal(CHOSEN("vendor,first"), "for-first-too");
}

static void missing_images(void **state)
{
	static const char *const names[] = { "",       "firmwar", "firmware2",	     "wide",
					     "wide@2", "/",	  "firmware/hash-1", "Firmware" };
	struct fit_image image;

	(void)state;
	for (unsigned i = 0; i < COUNT(names); i++)
		assert_int_equal(image_code(names[i], true, &image), E_IMAGE_MISSING);
}

static void data_outside_the_slot(void **state)
{
	static const struct {
		const char *property;
		uint64_t value;
	} wrong[] = {
		{ "data-position", 0 },
		{ "data-position", 0x1fff },	/* the tree's last byte */
		{ "data-position", SLOT - 10 }, /* one byte outside */
		{ "data-position", SLOT + 1 },
		{ "data-position", 0xffffffff },
		{ "data-position", 0xfffffff5 }, /* + 11 is 0 in 32 bits */
		{ "data-position", 0x100002000 },
		{ "data-position", 0xfffffffffffffff5 },
		{ "data-size", 0xffffffff },
		{ "data-size", 0xfffffffffffffff5 },
		{ "data-size", SLOT },
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(wrong); i++) {
		load_editable();
		if (wrong[i].value > 0xffffffff)
			set_u64("/images/kernel", wrong[i].property, wrong[i].value);
		else
			set_u32("/images/kernel", wrong[i].property, (uint32_t)wrong[i].value);
		assert_int_equal(kernel_code(), E_IMAGE_DATA);
	}
	load_editable();
	set_u32("/images/kernel", "data-position", SLOT - 11);
	assert_int_equal(kernel_code(), 0);
	remove_property("/images/kernel", "data-position");
	assert_int_equal(kernel_code(), E_IMAGE_DATA);
	set_u32("/images/kernel", "data-offset", SLOT - 0x2000 - 11);
	assert_int_equal(kernel_code(), 0);
	set_u32("/images/kernel", "data-offset", SLOT - 0x2000 - 10);
	assert_int_equal(kernel_code(), E_IMAGE_DATA);
	set_u32("/images/kernel", "data-offset", 0xffffe000);
	assert_int_equal(kernel_code(), E_IMAGE_DATA);
	set_u64("/images/kernel", "data-offset", 0xffffffffffffe000);
	assert_int_equal(kernel_code(), E_IMAGE_DATA);
	set_u32("/images/kernel", "data-offset", SLOT - 0x2000 - 11);
	/* nobody has to use it */
	assert_int_equal(open_code(), 0);
	assert_int_equal(data_code("/firmware"), 0);
	remove_property("/images/kernel", "data-size");
	assert_int_equal(kernel_code(), E_IMAGE_DATA);
}

/* Every place around another image's data, both in front of it and behind it in the tree. */
static void data_over_another_images(void **state)
{
	static const char *const images[][2] = { { "/images/kernel", "/images/unhashed" },
						 { "/images/unhashed", "/images/kernel" },
						 { "/images/wide@1", "/images/unhashed" },
						 { "/images/manifest", "/images/firmware" } };

	(void)state;
	for (unsigned i = 0; i < COUNT(images); i++) {
		load_editable();
		set_u32(images[i][0], "data-position", 0x7000);
		set_u32(images[i][0], "data-size", 5);
		for (uint32_t base = 0x6ff8; base < 0x7008; base++)
			for (uint32_t size = 0; size < 16; size++) {
				bool overlap = size && base < 0x7005 && base + size > 0x7000 &&
					       !(base == 0x7000 && size == 5);
				int code = overlap ? E_IMAGE_DATA : 0;

				set_u32(images[i][1], "data-position", base);
				set_u32(images[i][1], "data-size", size);
				assert_int_equal(open_code(), 0);
				assert_int_equal(data_code(images[i][0]), code);
				assert_int_equal(data_code(images[i][1]), code);
			}
	}
}

/* Two contexts run one firmware, as newer mkimage writes it; hints and hashes are each node's own. */
static void two_of_the_same_data(void **state)
{
	struct fit_image image;

	(void)state;
	load_editable();
	remove_property("/images/unhashed", "data-position");
	remove_property("/images/unhashed", "data-size");
	assert_int_equal(data_code("/unhashed"), E_IMAGE_DATA);
	assert_int_equal(kernel_code(), 0); /* nobody has to use the other */
	set("/images/unhashed", "image-data", "kernel", 7);
	for (unsigned resolved = 0; resolved < 2; resolved++) {
		assert_int_equal(image_code("kernel", false, &image), 0);
		assert_int_equal(image_code("unhashed", false, &image), E_NO_HASH);
		assert_int_equal(image_code("unhashed", true, &image), 0);
		assert_int_equal(image.data.size, 11);
		assert_memory_equal(image.data.data, "\0\1\2\3", 4);
		assert_false(image.hint.has_load);
		/* by the tool: it has the place, too, and keeps the name */
		set("/images/unhashed", "data-size",
		    fdt_getprop(slot.data, node("/images/kernel"), "data-size", NULL), 4);
		set("/images/unhashed", "data-position",
		    fdt_getprop(slot.data, node("/images/kernel"), "data-position", NULL), 4);
	}
	/* in the tree: a copy */
	remove_property("/images/unhashed", "data-size");
	remove_property("/images/unhashed", "data-position");
	set("/images/unhashed", "data", "abc", 3);
	assert_int_equal(image_code("unhashed", true, &image), 0);
	assert_memory_equal(image.data.data, "abc", 3);
	/* and shared from there */
	set("/images/kernel", "image-data", "unhashed", 9);
	remove_property("/images/kernel", "data-size");
	remove_property("/images/kernel", "data-position");
	assert_int_equal(image_code("kernel", true, &image), 0);
	assert_memory_equal(image.data.data, "abc", 3);
}

static void data_of_nobody(void **state)
{
	static const char *const targets[] = { "nobody", "", "wide", "kernel", "unhashed" };

	(void)state;
	load_editable();
	remove_property("/images/unhashed", "data-position");
	remove_property("/images/unhashed", "data-size");
	remove_property("/images/kernel", "data-position");
	remove_property("/images/kernel", "data-size");
	set("/images/unhashed", "image-data", "kernel",
	    7); /* which refers on: to itself, or back */
	for (unsigned i = 0; i < COUNT(targets); i++) {
		struct error e = { 0 };
		struct fit_image image;
		struct fit fit;

		set("/images/kernel", "image-data", targets[i], (int)strlen(targets[i]) + 1);
		assert_int_equal(data_code("/unhashed"), E_IMAGE_DATA);
		assert_int_equal(open_slot(&fit, slot), 0);
		assert_int_equal(fit_image(&image, &fit, "kernel", true, &e), E_IMAGE_DATA);
		assert_non_null(strstr(e.text, targets[i]));
	}
	/* even if it ends well: no further than once */
	set("/images/kernel", "image-data", "firmware", 9);
	assert_int_equal(data_code("/unhashed"), E_IMAGE_DATA);
	assert_int_equal(kernel_code(), 0);
	/* half a place of its own is none */
	set_u32("/images/kernel", "data-size", 5);
	assert_int_equal(kernel_code(), E_IMAGE_DATA);
	remove_property("/images/kernel", "data-size");
	set("/images/kernel", "image-data", "firmware", 8); /* no string */
	assert_int_equal(kernel_code(), E_IMAGE_DATA);
}

static void an_offset_counts_from_an_aligned_end(void **state)
{
	struct fit_image image;

	(void)state;
	load_editable();
	remove_property("/images/kernel", "data-position");
	set_u32("/images/kernel", "data-offset", 0x5000);
	for (uint32_t less = 0; less < 4; less++) {
		fdt_set_totalsize(tree(), 0x2000 - less);
		assert_int_equal(image_code("kernel", false, &image), 0);
		assert_ptr_equal(image.data.data, bytes_at(slot, 0x7000));
	}
	fdt_set_totalsize(tree(), 0x2000 - 4);
	assert_int_equal(image_code("kernel", false, &image), 0);
	assert_ptr_equal(image.data.data, bytes_at(slot, 0x6ffc));
}

static void one_place_for_data(void **state)
{
	(void)state;
	load_editable();
	set_u32("/images/kernel", "data-offset", 0x5000);
	assert_int_equal(kernel_code(), E_FIT_BROKEN);
	remove_property("/images/kernel", "data-offset");
	set("/images/kernel", "data", "x", 1);
	assert_int_equal(kernel_code(), E_FIT_BROKEN);
	remove_property("/images/kernel", "data-position");
	assert_int_equal(kernel_code(), 0); /* now in-line; data-size is only said again */
}

static void numbers_of_odd_length(void **state)
{
	static const char *const properties[] = { "load", "entry", "data-position", "data-size" };
	struct fit_image image;

	(void)state;
	for (unsigned i = 0; i < COUNT(properties); i++)
		for (int length = 0; length < 20; length++) {
			load_editable();
			if (length == 4 || length == 8)
				continue;
			set("/images/kernel", properties[i], "0123456789abcdefghij", length);
			assert_int_equal(image_code("kernel", true, &image), E_FIT_BROKEN);
			assert_int_equal(image_code("firmware", true, &image), 0);
		}
}

static void strings_that_are_none(void **state)
{
	static const char *const properties[] = { "type", "compression", "arch", "os" };
	struct fit_image image;

	(void)state;
	for (unsigned i = 0; i < COUNT(properties); i++) {
		load_editable();
		set("/images/kernel", properties[i], "none", 4);
		assert_int_equal(image_code("kernel", true, &image), E_FIT_BROKEN);
		remove_property("/images/kernel", properties[i]);
		assert_int_equal(image_code("kernel", true, &image), 0);
		assert_string_equal(i == 0 ? image.type :
				    i == 1 ? image.compression :
				    i == 2 ? image.arch :
					     image.os,
				    i == 1 ? "none" : "");
	}
	set("/images/kernel", "compression", "gzip", 5);
	assert_int_equal(image_code("kernel", true, &image), 0); /* boot/unpack.c sees to it */
	assert_string_equal(image.compression, "gzip");
}

static void hashes(void **state)
{
	static const struct {
		const char *algorithm;
		int size; /* of the value; -1: none */
		int code;
	} cases[] = {
		{ "sha1", 20, 0 },
		{ "sha256", 32, 0 },
		{ "crc32", 4, 0 },
		{ "sha1", 19, E_FIT_BROKEN },
		{ "sha1", 21, E_FIT_BROKEN },
		{ "sha256", 20, E_FIT_BROKEN },
		{ "sha1", 0, E_FIT_BROKEN },
		{ "sha1", -1, E_FIT_BROKEN },
		{ "md5", 16, E_HASH_UNKNOWN },
		{ "sha512", 64, E_HASH_UNKNOWN },
		{ "SHA1", 20, E_HASH_UNKNOWN },
		{ "", 20, E_HASH_UNKNOWN },
		{ "sha256", 33, E_FIT_BROKEN },
	};
	static const uint8_t value[64] = { 1 };
	struct fit_image image;

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++)
		for (int allow = 0; allow < 2; allow++) {
			load_editable();
			set("/images/kernel/hash", "algo", cases[i].algorithm,
			    (int)strlen(cases[i].algorithm) + 1);
			set("/images/kernel/hash", "value", value,
			    cases[i].size < 0 ? 0 : cases[i].size);
			if (cases[i].size < 0)
				remove_property("/images/kernel/hash", "value");
			assert_int_equal(image_code("kernel", allow, &image), cases[i].code);
		}
	remove_property("/images/kernel/hash", "algo");
	assert_int_equal(image_code("kernel", true, &image), E_FIT_BROKEN);
}

/* Names as mkimage and others write them; all count, none is good for another. */
static void hash_nodes_by_any_name(void **state)
{
	static const char *const names[] = { "hash@1", "hash-2", "hashes" };
	static const uint8_t value[32] = { 1 };
	struct fit_image image;
	char path[40];

	(void)state;
	load_editable();
	for (unsigned i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof(path), "/images/unhashed/%s", names[i]);
		add_node("/images/unhashed", names[i]);
		set(path, "algo", i ? "sha256" : "crc32", i ? 7 : 6);
		set(path, "value", value, i ? 32 : 4);
		assert_int_equal(image_code("unhashed", false, &image), 0);
		assert_int_equal(image.hashes, i + 1);
	}
	set(path, "algo", "blake3", 7);
	assert_int_equal(image_code("unhashed", true, &image), E_HASH_UNKNOWN);
}

static void encrypted(void **state)
{
	static const char *const names[] = { "cipher", "cipher-1", "cipher@1" };

	(void)state;
	for (unsigned i = 0; i < COUNT(names); i++) {
		load_editable();
		add_node("/images/kernel", names[i]);
		assert_int_equal(kernel_code(), E_IMAGE_FORMAT);
		assert_int_equal(data_code("/firmware"), 0);
	}
}

static void no_hash_only_where_allowed(void **state)
{
	struct fit_image image;

	(void)state;
	assert_int_equal(image_code("unhashed", false, &image), E_NO_HASH);
	assert_int_equal(image_code("unhashed", true, &image), 0);
	assert_int_equal(image.hashes, 0);
	/* a signature is no hash, and `uboot-ignore` excuses nothing */
	load_editable();
	add_node("/images/unhashed", "signature-1");
	assert_int_equal(image_code("unhashed", false, &image), E_NO_HASH);
	set_u32("/images/kernel/hash", "uboot-ignore", 1);
	set("/images/kernel/hash", "algo", "none", 5);
	assert_int_equal(image_code("kernel", true, &image), E_HASH_UNKNOWN);
}

/* Boards that an image is made for may be many: each uses few of its images. */
static void more_images_than_anybody_uses(void **state)
{
	char name[24];

	(void)state;
	load_editable();
	assert_int_equal(fdt_open_into(slot.data, tree(), 0x4000), 0);
	for (unsigned i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), "more-%u", i);
		add_node("/images", name);
		snprintf(name, sizeof(name), "/images/more-%u", i);
		set_u32(name, "data-position", 0x6000 + 2 * i);
		set_u32(name, "data-size", i == 50 ? 3 : 2);
	}
	set_u32("/images/kernel", "data-position", 0x7000);
	assert_int_equal(kernel_code(), 0);
	assert_int_equal(data_code("/more-49"), 0);
	assert_int_equal(data_code("/more-50"), E_IMAGE_DATA);
	assert_int_equal(data_code("/more-51"), E_IMAGE_DATA);
	set_u32(name, "data-position", 0x7001);
	assert_int_equal(kernel_code(), E_IMAGE_DATA);
}

static void as_many_as_there_is_room_for(void **state)
{
	struct fit_image image;
	char name[16];

	(void)state;
	load_editable();
	for (unsigned i = 1; i <= FIT_HASHES; i++) {
		assert_int_equal(image_code("kernel", false, &image), 0);
		assert_int_equal(image.hashes, i);
		snprintf(name, sizeof(name), "hash-%u", i);
		add_node("/images/kernel", name);
		snprintf(name, sizeof(name), "kernel/hash-%u", i);
		{
			char path[40];

			snprintf(path, sizeof(path), "/images/%s", name);
			set(path, "algo", "crc32", 6);
			set_u32(path, "value", i);
		}
	}
	assert_int_equal(image_code("kernel", false, &image), E_TOO_MANY);
}

/* Every bit of the tree changed: refused, or all that is handed out lies in the slot. */
static void mutated(void **state)
{
	static const char *const names[] = { "firmware", "kernel", "manifest", "unhashed" };
	size_t size = fdt_totalsize(slot.data);
	struct bytes copy;
	struct fit fit;
	unsigned refused = 0;

	(void)state;
	assert_int_equal(open_slot(&fit, slot), 0);
	copy = bytes_copy(slot.data, (size_t)fit.size);
	for (size_t bit = 0; bit < 8 * size; bit++) {
		*bytes_at(copy, bit / 8) ^= (uint8_t)(1 << bit % 8);
		if (open_slot(&fit, copy))
			refused++;
		else
			for (unsigned i = 0; i < COUNT(names); i++) {
				struct error e = { 0 };
				struct fit_image image;

				if (fit_image(&image, &fit, names[i], true, &e))
					continue;
				assert_true(image.data.data >= copy.data);
				assert_true(image.data.size <= copy.size);
				assert_true((size_t)(image.data.data - copy.data) <=
					    copy.size - image.data.size);
				assert_true(image.hashes <= FIT_HASHES);
			}
		*bytes_at(copy, bit / 8) ^= (uint8_t)(1 << bit % 8);
	}
	assert_true(refused > size / 4);
	bytes_free(copy);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_mkimage_makes),
		TEST(configuration_strings),
		TEST(nothing_there),
		TEST(bad_magic),
		TEST(cut_off),
		TEST(what_it_is_instead),
		TEST(broken_trees),
		TEST(configurations),
		TEST(a_configuration_for_the_board),
		TEST(who_asks_for_the_board),
		TEST(missing_images),
		TEST(data_outside_the_slot),
		TEST(data_over_another_images),
		TEST(two_of_the_same_data),
		TEST(data_of_nobody),
		TEST(an_offset_counts_from_an_aligned_end),
		TEST(one_place_for_data),
		TEST(numbers_of_odd_length),
		TEST(strings_that_are_none),
		TEST(hashes),
		TEST(hash_nodes_by_any_name),
		TEST(no_hash_only_where_allowed),
		TEST(encrypted),
		TEST(more_images_than_anybody_uses),
		TEST(as_many_as_there_is_room_for),
		TEST(mutated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
