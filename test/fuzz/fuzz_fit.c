/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a slot: what a FIT names must be in it, and its own. */
#include <libfdt.h>

#include "boot/image/fit.h"
#include "test/fuzz/fuzz.h"
#include "test/unit/image_model.h"
#include "test/unit/tree.h"

#define BOARD  "test,board"
#define IMAGES 64 /* of those that are taken, so many are compared with each other */

const unsigned fuzz_parts = 0;

static void check_string(const struct fit *fit, const char *s)
{
	const char *end = (const char *)fit->tree.data + fit->tree.size;

	assert_true(s >= (const char *)fit->tree.data && s < end);
	assert_non_null(memchr(s, 0, (size_t)(end - s)));
}

static struct range range_in_slot(const struct fit *fit, struct bytes data)
{
	return (struct range){ (uint64_t)(data.data - fit->slot.data), data.size };
}

static void check_image(const struct fit *fit, const struct fit_image *image)
{
	assert_bytes_within(image->data, fit->slot);
	assert_true(!image->data.size || range_end(range_in_slot(fit, image->data)) <= fit->size);
	check_string(fit, image->name);
	assert_true(image->hashes <= FIT_HASHES);
	for (unsigned i = 0; i < image->hashes; i++) {
		assert_non_null(image->hash[i].algorithm);
		assert_true(image->hash[i].algorithm->size <= HASH_SIZE);
	}
}

/* One image's data is another's as a whole or not at all, and the tree's only as its property. */
static void check_apart(const struct fit *fit, const struct fit_image *image, unsigned count)
{
	const struct range tree = { 0, fit->tree.size };

	for (unsigned i = 0; i < count; i++) {
		struct range r = range_in_slot(fit, image[i].data);

		assert_true(!fuzz_meet(r, tree) || fuzz_holds(tree, r));
		for (unsigned k = 0; k < i; k++) {
			struct range other = range_in_slot(fit, image[k].data);

			assert_true(!fuzz_meet(r, other) ||
				    (r.base == other.base && r.size == other.size));
		}
	}
}

/* What the board's name has to do with it: the first that has it, or else the default one. */
static void check_choice(const struct fit *fit, bool named)
{
	int node;

	fdt_for_each_subnode(node, fit->tree.data, fit->configurations) {
		if (named &&
		    fdt_stringlist_search(fit->tree.data, node, "compatible", BOARD) >= 0) {
			assert_int_equal(node, fit->configuration);
			return;
		}
	}
	assert_string_equal(fit->configuration_name,
			    fdt_getprop(fit->tree.data, fit->configurations, "default", NULL));
}

static void check_fit(const struct fit *fit)
{
	static const char *const lists[] = { "manifest", "loadables", "kernel" };
	struct fit_image image[IMAGES];
	unsigned count = 0;
	int node;

	assert_bytes_within(fit->tree, fit->slot);
	assert_true(fit->size >= fit->tree.size && fit->size <= fit->slot.size);
	assert_int_equal(tree_check_full(fit->tree), 0);
	check_string(fit, fit->configuration_name);
	assert_string_equal(fdt_get_name(fit->tree.data, fit->configuration, NULL),
			    fit->configuration_name);
	for (unsigned i = 0; i < 9; i++) {
		const char *s = fit_configuration_string(fit, lists[i / 3], (int)i % 3);

		if (s)
			check_string(fit, s);
	}
	fdt_for_each_subnode(node, fit->tree.data, fit->images) {
		const char *name = fdt_get_name(fit->tree.data, node, NULL);
		struct error e = { 0 }, strict = { 0 };
		int code;

		if (count == IMAGES)
			break;
		code = fit_image(&image[count], fit, name, true, &e);
		fuzz_check_error(code, &e);
		if (code)
			continue;
		assert_string_equal(image[count].name, name);
		check_image(fit, &image[count]);
		/* The hash is all that may be missing. */
		assert_int_equal(fit_image(&image[count], fit, name, false, &strict),
				 image[count].hashes ? 0 : E_NO_HASH);
		/* Of two nodes of one name the first is found, twice. */
		if (fdt_subnode_offset(fit->tree.data, fit->images, name) == node)
			count++;
	}
	check_apart(fit, image, count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct bytes names[] = { { 0 }, { (const uint8_t *)BOARD, sizeof(BOARD) } };
	struct bytes slot = bytes_copy(data, size);
	struct error e = { 0 };
	struct fit fit;
	int code = fit_open(&fit, slot, NULL, &e);

	for (unsigned i = 0; i < COUNT(names) && !e.code; i++) {
		code = fit_choose(&fit, names[i], &e);
		if (code)
			break;
		check_choice(&fit, names[i].size);
		check_fit(&fit);
	}
	fuzz_check_taken(code, &e);
	bytes_free(slot);
	return 0;
}
