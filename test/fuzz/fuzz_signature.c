/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes as public keys and as a slot: nobody here has a private key, so what is taken as signed
 * must be what mkimage signed for the fixtures. What has to be covered is found here by names, in
 * another way than the loader does it, and kept as one digest of all of it.
 */
#include <libfdt.h>

#include "boot/feature/signature.h"
#include "boot/feature/signature/covered.h"
#include "boot/feature/signature/verify.h"
#include "test/fuzz/fuzz.h"
#include "test/unit/open_fit.h"

#define STRONG 32 /* bytes of a hash that binds */

const unsigned fuzz_parts = 1;

static const char *const fixtures[] = { "rsa2048",  "rsa3072",	"rsa4096",
					"ecdsa256", "external", "twice" };
static const char *const configurations[] = { "demo", "other" };

/* Each configuration of each fixture: what was signed, and the loader's digest of that. */
static struct {
	uint8_t content[HASH_SIZE], digest[HASH_SIZE];
} known[COUNT(fixtures) * COUNT(configurations)];
static unsigned known_count;

struct content {
	const struct fit *fit;
	struct hash_state hash;
};

static void add(struct content *c, const void *data, size_t size)
{
	c->hash.algorithm->add(&c->hash, &size, sizeof(size));
	c->hash.algorithm->add(&c->hash, data, size);
}

static const char *name_of(const struct content *c, int node)
{
	return fdt_get_name(c->fit->tree.data, node, NULL);
}

/* Properties but those that mkimage writes when it has signed, and the names of sub-nodes. */
static void add_node(struct content *c, int node)
{
	const void *tree = c->fit->tree.data;
	int at, size;

	add(c, name_of(c, node), strlen(name_of(c, node)));
	fdt_for_each_property_offset(at, tree, node) {
		const char *name;
		const void *value = fdt_getprop_by_offset(tree, at, &name, &size);

		if (!strcmp(name, "data") || !strncmp(name, "data-", 5))
			continue;
		add(c, name, strlen(name));
		add(c, value, (size_t)size);
	}
	fdt_for_each_subnode(at, tree, node)
		add(c, name_of(c, at), strlen(name_of(c, at)));
}

/* By the configuration. */
static bool is_named(const struct content *c, const char *image)
{
	static const char *const by[] = { "manifest", "kernel", "fdt", "ramdisk", "loadables" };
	const char *name;

	for (size_t i = 0; i < COUNT(by); i++)
		for (int k = 0; (name = fit_configuration_string(c->fit, by[i], k)); k++)
			if (!strcmp(name, image))
				return true;
	return false;
}

static void add_image(struct content *c, int node)
{
	int child;

	if (!is_named(c, name_of(c, node)))
		return;
	add_node(c, node);
	fdt_for_each_subnode(child, c->fit->tree.data, node)
		if (!strncmp(name_of(c, child), "hash", 4))
			add_node(c, child);
}

static void content_of(const struct fit *fit, uint8_t digest[HASH_SIZE])
{
	struct content c = { .fit = fit, .hash.algorithm = hash_find("sha256") };
	int section, node;

	c.hash.algorithm->start(&c.hash);
	add_node(&c, 0);
	fdt_for_each_subnode(section, fit->tree.data, 0)
		fdt_for_each_subnode(node, fit->tree.data, section) {
			if (!strcmp(name_of(&c, section), "images"))
				add_image(&c, node);
			else if (!strcmp(name_of(&c, section), "configurations") &&
				 !strcmp(name_of(&c, node), fit->configuration_name))
				add_node(&c, node);
		}
	c.hash.algorithm->finish(&c.hash, digest);
}

/* How many bytes of strings the first signature says that it covers. */
static uint32_t strings_of(const struct fit *fit)
{
	int node = fdt_subnode_offset(fit->tree.data, fit->configuration, "signature-1"), length;
	const fdt32_t *p = fdt_getprop(fit->tree.data, node, "hashed-strings", &length);

	return p && length == 8 ? fdt32_to_cpu(p[1]) : UINT32_MAX;
}

static void learn(const char *fixture, const char *configuration)
{
	struct error e = { 0 };
	struct bytes file;
	char path[200];
	struct fit fit;

	snprintf(path, sizeof(path), FIXTURES "/signed-%s.itb", fixture);
	file = bytes_load(path);
	fuzz_check_good(open_fit(&fit, file, &e), &e);
	fit.configuration_name = configuration;
	fit.configuration = fdt_subnode_offset(
		file.data, fdt_path_offset(file.data, "/configurations"), configuration);
	assert_true(fit.configuration > 0);
	content_of(&fit, known[known_count].content);
	fuzz_check_good(covered_digest(&fit, strings_of(&fit), known[known_count].digest, &e), &e);
	known_count++;
	bytes_free(file);
}

static bool is_known(const struct fit *fit)
{
	uint8_t content[HASH_SIZE];

	content_of(fit, content);
	for (unsigned i = 0; i < known_count; i++)
		if (!memcmp(known[i].content, content, sizeof(content)))
			return true;
	return false;
}

/* Whatever the signature is, an equal digest stands for equal content. */
static void check_digest(const struct fit *fit)
{
	uint8_t digest[HASH_SIZE];
	struct error e = { 0 };
	int code = covered_digest(fit, strings_of(fit), digest, &e);

	fuzz_check_error(code, &e);
	for (unsigned i = 0; !code && i < known_count; i++)
		if (!memcmp(known[i].digest, digest, sizeof(digest)))
			assert_true(is_known(fit));
}

/* What may be loaded is named by the configuration, and bound by a hash. */
static void check_images(const struct fit *fit)
{
	const struct content c = { .fit = fit };
	struct fit_image image;
	int node;

	fdt_for_each_subnode(node, fit->tree.data, fit->images) {
		struct error e = { 0 };
		size_t strongest = 0;

		if (fit_image(&image, fit, name_of(&c, node), true, &e))
			continue;
		assert_true(is_named(&c, image.name));
		for (unsigned i = 0; i < image.hashes; i++)
			if (image.hash[i].algorithm->size > strongest)
				strongest = image.hash[i].algorithm->size;
		assert_true(strongest >= STRONG);
	}
}

static void check_signed(const struct fit *fit, const struct signature *signature,
			 struct bytes keys)
{
	int length;
	const fdt32_t *version =
		fdt_getprop(fit->tree.data, fit->configuration, "version", &length);

	assert_true(is_known(fit));
	assert_true(fit->verified);
	assert_int_equal(fit->version, signature->version);
	assert_int_equal(fit->version, version ? fdt32_to_cpu(*version) : 0);
	assert_true((const uint8_t *)signature->signer > keys.data &&
		    (const uint8_t *)signature->signer < keys.data + keys.size);
	check_images(fit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes input = { data, size }, part = fuzz_part(&input);
	struct bytes dtb = bytes_copy(part.data, part.size);
	struct bytes slot = bytes_copy(input.data, input.size);
	struct signature signature;
	struct error e = { 0 };
	struct keys keys;
	struct fit fit;

	for (size_t i = 0; known_count < COUNT(known); i++)
		learn(fixtures[i / COUNT(configurations)],
		      configurations[i % COUNT(configurations)]);
	if (!open_fit(&fit, slot, &e)) {
		check_digest(&fit);
		if (!keys_open(&keys, dtb, &e) && !signature_verify(&signature, &fit, &keys, 0, &e))
			check_signed(&fit, &signature, dtb);
		else
			assert_false(fit.verified);
	}
	fuzz_check_taken(e.code, &e);
	bytes_free(dtb);
	bytes_free(slot);
	return 0;
}
