/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signatures that mkimage made with each algorithm, then everything changed that may not be: each
 * bit of boot image, signature and key. What a signature covers is found here in another way than
 * the loader does it: by paths and libfdt's own look-ups, as ranges of the file.
 */
#include <libfdt.h>

#include "boot/feature/signature.h"
#include "boot/feature/signature/covered.h"
#include "boot/feature/signature/verify.h"
#include "test/unit/open_fit.h"
#include "test/unit/unit.h"

#define SLOT 0x4000 /* bytes: room for any fixture, and for what a test adds */
#define ROOM 0x1000 /* for keys */

static const char *const signers[] = { "rsa2048", "rsa3072", "rsa4096", "ecdsa256" };

static uint8_t slot_data[SLOT] __attribute__((aligned(8)));
static uint8_t key_data[ROOM * 4] __attribute__((aligned(8)));
static const struct bytes slot = { slot_data, SLOT };
static void *const tree = slot_data;
static void *const key_tree = key_data;
static struct signature found;

static void load(const char *name)
{
	char path[200];
	struct bytes file;

	snprintf(path, sizeof(path), FIXTURES "/signed-%s.itb", name);
	file = bytes_load(path);
	assert_true(file.size <= SLOT);
	memset(slot_data, 0, SLOT);
	memcpy(slot_data, file.data, file.size);
	bytes_free(file);
}

/* With room for libfdt to add to it; in-line data alone stays with its image then. */
static void load_editable(const char *name)
{
	load(name);
	assert_int_equal(fdt_open_into(tree, tree, SLOT), 0);
}

static void load_keys(void)
{
	struct bytes file = bytes_load(FIXTURES "/keys/keys.dtb");

	assert_int_equal(fdt_open_into(file.data, key_tree, sizeof(key_data)), 0);
	bytes_free(file);
}

static int set_up(void **state)
{
	(void)state;
	load_editable("rsa2048");
	load_keys();
	return 0;
}

static int verify_from(struct fit *fit, uint32_t minimum)
{
	struct error e = { 0 };
	struct keys keys;
	int code;

	memset(&found, 0, sizeof(found));
	code = open_fit(fit, slot, &e);
	if (!code)
		code = keys_open(&keys, (struct bytes){ key_data, sizeof(key_data) }, &e);
	if (!code)
		code = signature_verify(&found, fit, &keys, minimum, &e);
	assert_int_equal(code, e.code);
	assert_int_equal(code != 0, e.text[0] != 0);
	assert_int_equal(fit->verified, code == 0);
	return code;
}

static int verify(void)
{
	struct fit fit;

	return verify_from(&fit, 0);
}

static int at(const void *fdt, const char *path)
{
	int offset = fdt_path_offset(fdt, path);

	assert_true(offset >= 0);
	return offset;
}

static void set(const char *path, const char *property, const void *value, size_t size)
{
	assert_int_equal(fdt_setprop(tree, at(tree, path), property, value, (int)size), 0);
}

static void set_string(const char *path, const char *property, const char *value)
{
	set(path, property, value, strlen(value) + 1);
}

static void set_key_string(const char *path, const char *property, const char *value)
{
	assert_int_equal(fdt_setprop(key_tree, at(key_tree, path), property, value,
				     (int)strlen(value) + 1),
			 0);
}

static uint8_t *value_of(void *fdt, const char *path, const char *property, int *length)
{
	uint8_t *value = fdt_getprop_w(fdt, at(fdt, path), property, length);

	assert_non_null(value);
	return value;
}

#define CONF	  "/configurations/demo"
#define SIGNATURE CONF "/signature-1"

static void what_mkimage_signs(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(signers); i++) {
		load(signers[i]);
		assert_int_equal(verify(), 0);
		assert_string_equal(found.signer, signers[i]);
		assert_int_equal(found.version, 5);
	}
	load("external");
	assert_int_equal(verify(), 0);
	assert_string_equal(found.signer, "rsa2048");
}

static void what_is_not_accepted(void **state)
{
	(void)state;
	load("sha1");
	assert_int_equal(verify(), E_SIGNATURE_ALGORITHM);
	load("pss");
	assert_int_equal(verify(), E_SIGNATURE_ALGORITHM);
	load("partly"); /* loadables are not in sign-images */
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
	load_editable("rsa2048");
	assert_int_equal(fdt_del_node(tree, at(tree, SIGNATURE)), 0);
	assert_int_equal(verify(), E_SIGNATURE_MISSING);
}

static void each_bit_of_signature_and_key(void **state)
{
	static const char *const part[][3] = {
		{ "/signature/key-rsa2048", "rsa,modulus", "rsa,exponent" },
		{ "/signature/key-rsa3072", "rsa,modulus", "rsa,exponent" },
		{ "/signature/key-rsa4096", "rsa,modulus", "rsa,exponent" },
		{ "/signature/ecdsa256", "ecdsa,x-point", "ecdsa,y-point" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(signers); i++) {
		int length, step;
		uint8_t *value;

		load(signers[i]);
		value = value_of(tree, SIGNATURE, "value", &length);
		step = i ? 61 : 7; /* of 8 bits a byte; the big keys take their time */
		for (int bit = 0; bit < 8 * length; bit += step) {
			value[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_int_equal(verify(), E_SIGNATURE_WRONG);
			value[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		for (size_t k = 1; k < 3; k++) {
			value = value_of(key_tree, part[i][0], part[i][k], &length);
			for (int bit = 0; bit < 8 * length; bit += step) {
				value[bit / 8] ^= (uint8_t)(1 << bit % 8);
				assert_int_not_equal(verify(), 0);
				value[bit / 8] ^= (uint8_t)(1 << bit % 8);
			}
		}
		assert_int_equal(verify(), 0);
	}
}

/* Values that are no number below the modulus, or no point: zeros, ones, another key's. */
static void values_out_of_range(void **state)
{
	static const int fill[] = { 0x00, 0xff };
	uint8_t copy[512];
	uint8_t *value;
	int length;

	(void)state;
	for (size_t i = 0; i < COUNT(signers); i++)
		for (size_t k = 0; k < COUNT(fill); k++) {
			load(signers[i]);
			value = value_of(tree, SIGNATURE, "value", &length);
			memset(value, fill[k], (size_t)length);
			assert_int_equal(verify(), E_SIGNATURE_WRONG);
		}
	load_editable("rsa2048");
	value = value_of(tree, SIGNATURE, "value", &length);
	memset(copy, 0, sizeof(copy));
	memcpy(copy + 1, value, (size_t)length);
	set(SIGNATURE, "value", copy, (size_t)length + 1); /* the same number, longer */
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
	set(SIGNATURE, "value", copy + 1, (size_t)length - 1);
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
	set(SIGNATURE, "value", copy, 0);
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
}

/* Ranges of the file that the signature must cover, found by libfdt. */
static uint8_t covered[SLOT];

static void cover(const void *from, size_t size)
{
	memset(covered + ((const uint8_t *)from - slot_data), 1, size);
}

static void cover_node(const char *path)
{
	int node = at(tree, path), property, length, child;
	const struct fdt_property *p;
	const char *name = fdt_get_name(tree, node, &length);

	cover(name - 4, (size_t)length + 5); /* the tag before it, its NUL */
	fdt_for_each_property_offset(property, tree, node) {
		p = fdt_get_property_by_offset(tree, property, &length);
		name = fdt_string(tree, (int)fdt32_to_cpu(p->nameoff));
		if (strncmp(name, "data", 4)) {
			cover(p, sizeof(*p) + (size_t)length);
			cover(name, strlen(name) + 1);
		}
	}
	fdt_for_each_subnode(child, tree, node) {
		name = fdt_get_name(tree, child, &length);
		cover(name - 4, (size_t)length + 5);
	}
}

static void cover_all(void)
{
	static const char *const paths[] = {
		"/",
		"/configurations/demo",
		"/images/manifest",
		"/images/manifest/hash-1",
		"/images/kernel",
		"/images/kernel/hash-1",
		"/images/kernel/hash-2",
		"/images/weak",
		"/images/weak/hash-1",
	};

	memset(covered, 0, sizeof(covered));
	for (size_t i = 0; i < COUNT(paths); i++)
		cover_node(paths[i]);
}

/* A digest of nothing (all 0xee) where the tree is refused. */
static void digest_of(uint8_t digest[HASH_SIZE], uint32_t strings)
{
	struct error e = { 0 };
	struct fit fit;

	memset(digest, 0xee, HASH_SIZE);
	if (!open_fit(&fit, slot, &e))
		covered_digest(&fit, strings, digest, &e);
}

/*
 * One bit after the other of the whole file: whatever must be covered changes the digest, or the
 * image is refused. And what is not covered is little: data, signatures, what is not used.
 */
static void each_bit_of_a_boot_image(void **state)
{
	static const char *const file[] = { "rsa2048", "ecdsa256", "external" };
	uint8_t good[HASH_SIZE], other[HASH_SIZE];
	unsigned count = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(file); i++) {
		uint32_t strings;
		int length;

		load(file[i]);
		memcpy(&strings, value_of(tree, SIGNATURE, "hashed-strings", &length) + 4, 4);
		strings = fdt32_to_cpu(strings);
		digest_of(good, strings);
		cover_all();
		for (size_t byte = 0; byte < fdt_totalsize(tree); byte++)
			for (unsigned bit = 0; covered[byte] && bit < 8; bit++, count++) {
				slot_data[byte] ^= (uint8_t)(1 << bit);
				digest_of(other, strings);
				assert_memory_not_equal(good, other, HASH_SIZE);
				slot_data[byte] ^= (uint8_t)(1 << bit);
			}
		assert_int_equal(verify(), 0);
	}
	assert_true(count > 3 * 8 * 500);
}

/* Something added to a node that is covered, or to its list of sub-nodes. */
static void additions(void **state)
{
	static const char *const nodes[] = {
		"/",
		CONF,
		"/images/kernel",
		"/images/kernel/hash-2",
		"/images/weak",
		"/images/manifest",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(nodes); i++) {
		load_editable("rsa2048");
		set_string(nodes[i], "load-too", "x");
		assert_int_equal(verify(), E_SIGNATURE_WRONG);
		load_editable("rsa2048");
		assert_true(fdt_add_subnode(tree, at(tree, nodes[i]), "hash-0") >= 0);
		assert_int_equal(verify(), E_SIGNATURE_WRONG);
	}
}

static void removals(void **state)
{
	static const char *const nodes[] = {
		"/images/weak",		 "/images/manifest",	  "/images/kernel",
		"/images/kernel/hash-1", "/images/kernel/hash-2",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(nodes); i++) {
		load_editable("rsa2048");
		assert_int_equal(fdt_del_node(tree, at(tree, nodes[i])), 0);
		assert_int_equal(verify(), E_SIGNATURE_WRONG);
	}
	load_editable("rsa2048");
	assert_int_equal(fdt_delprop(tree, at(tree, CONF), "version"), 0);
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
}

/* Whatever the image says of what is signed, nobody reads it. */
static void the_images_own_word(void **state)
{
	(void)state;
	set_string(SIGNATURE, "hashed-nodes", "/");
	assert_int_equal(verify(), 0);
	set_string(SIGNATURE, "sign-images", "manifest");
	assert_int_equal(verify(), 0);
	assert_int_equal(fdt_delprop(tree, at(tree, SIGNATURE), "hashed-nodes"), 0);
	assert_int_equal(verify(), 0);
	assert_int_equal(fdt_setprop_u32(tree, at(tree, SIGNATURE), "version", 99), 0);
	assert_int_equal(fdt_setprop_u32(tree, at(tree, "/configurations"), "version", 99), 0);
	assert_int_equal(verify(), 0);
	assert_int_equal(found.version, 5);
	/* images that are not used may be anything */
	set_string("/images/stray", "description", "changed");
	assert_int_equal(verify(), 0);
}

static void strings_that_are_covered(void **state)
{
	fdt32_t good[2], wrong[3] = { 0 };
	int length;

	(void)state;
	memcpy(good, value_of(tree, SIGNATURE, "hashed-strings", &length), sizeof(good));
	assert_int_equal(length, sizeof(good));
	for (uint32_t size = 0; size < fdt_size_dt_strings(tree) + 8; size++) {
		wrong[1] = cpu_to_fdt32(size);
		set(SIGNATURE, "hashed-strings", wrong, sizeof(good));
		assert_int_equal(verify(), wrong[1] == good[1] ? 0 : E_SIGNATURE_WRONG);
	}
	wrong[1] = cpu_to_fdt32(0xffffffff);
	set(SIGNATURE, "hashed-strings", wrong, sizeof(good));
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
	wrong[0] = cpu_to_fdt32(1);
	wrong[1] = good[1];
	set(SIGNATURE, "hashed-strings", wrong, sizeof(good));
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
	set(SIGNATURE, "hashed-strings", good, 4);
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
	wrong[0] = 0;
	set(SIGNATURE, "hashed-strings", wrong, sizeof(wrong));
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
	assert_int_equal(fdt_delprop(tree, at(tree, SIGNATURE), "hashed-strings"), 0);
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
	set(SIGNATURE, "hashed-strings", good, sizeof(good));
	assert_int_equal(verify(), 0);
}

/* A signature over fewer strings than its properties need is none, whoever made it. */
static void names_beyond_the_covered_strings(void **state)
{
	uint8_t digest[HASH_SIZE];
	struct error e = { 0 };
	uint32_t enough = 0;
	struct fit fit;

	(void)state;
	assert_int_equal(open_fit(&fit, slot, &e), 0);
	while (covered_digest(&fit, enough, digest, &e)) {
		assert_int_equal(e.code, E_SIGNATURE_WRONG);
		memset(&e, 0, sizeof(e));
		enough++;
	}
	assert_true(enough > 0);
	/* the last name that is needed ends there, its NUL included */
	assert_int_equal(fdt_string(tree, (int)enough - 1)[0], 0);
	cover_all();
	for (uint32_t i = 0; i < fdt_size_dt_strings(tree); i++)
		if (covered[fdt_off_dt_strings(tree) + i])
			assert_true(i < enough);
	assert_true(covered[fdt_off_dt_strings(tree) + enough - 1]);
}

static void names_with_a_unit_address(void **state)
{
	static const char *const places[] = { "/", "/images/stray", "/configurations", SIGNATURE };

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		load_editable("rsa2048");
		assert_true(fdt_add_subnode(tree, at(tree, places[i]), "kernel@1") >= 0);
		assert_int_equal(verify(), E_NODE_NAME);
	}
	load_editable("rsa2048");
	assert_int_equal(fdt_set_name(tree, at(tree, "/images/stray"), "kernel@1"), 0);
	assert_int_equal(verify(), E_NODE_NAME);
}

/* Each configuration stands for itself: neither's signature is good for the other. */
static void another_configuration(void **state)
{
	int length;
	uint8_t *value;

	(void)state;
	set_string("/configurations", "default", "other");
	assert_int_equal(verify(), 0);
	assert_int_equal(found.version, 1);
	value = value_of(tree, SIGNATURE, "value", &length);
	memcpy(value_of(tree, "/configurations/other/signature-1", "value", &length), value, 256);
	assert_int_equal(verify(), E_SIGNATURE_WRONG);

	load_editable("rsa2048");
	assert_int_equal(fdt_set_name(tree, at(tree, "/configurations/other"), "demo2"), 0);
	set_string("/configurations", "default", "demo2");
	assert_int_equal(verify(), E_SIGNATURE_WRONG);
}

static void keys_that_have_to_sign(void **state)
{
	static const char mode[] = "required-mode";

	(void)state;
	set_key_string("/signature/key-rsa2048", "key-name-hint", "somebody");
	assert_int_equal(verify(), E_KEY_UNKNOWN);
	load_keys();
	set_string(SIGNATURE, "key-name-hint", "stranger");
	assert_int_equal(verify(), E_KEY_UNKNOWN);
	load_editable("rsa2048");

	/* all of them */
	set_key_string("/signature", mode, "all");
	assert_int_equal(verify(), E_KEY_UNKNOWN);
	assert_int_equal(fdt_delprop(key_tree, at(key_tree, "/signature"), mode), 0);
	assert_int_equal(verify(), E_KEY_UNKNOWN);

	/* one that does not have to is not asked */
	assert_int_equal(fdt_delprop(key_tree, at(key_tree, "/signature/ecdsa256"), "required"), 0);
	for (size_t i = 1; i < 3; i++) {
		char path[40];

		snprintf(path, sizeof(path), "/signature/key-%s", signers[i]);
		assert_int_equal(fdt_delprop(key_tree, at(key_tree, path), "required"), 0);
	}
	assert_int_equal(verify(), 0);
	set_key_string("/signature/key-rsa2048", "required", "image"); /* as good as any mark */
	assert_int_equal(verify(), 0);
	load("ecdsa256");
	assert_int_equal(verify(), E_KEY_UNKNOWN);

	/* none is marked: one of them, but never none */
	assert_int_equal(fdt_delprop(key_tree, at(key_tree, "/signature/key-rsa2048"), "required"),
			 0);
	assert_int_equal(verify(), 0);
	load_editable("ecdsa256");
	assert_int_equal(fdt_del_node(tree, at(tree, SIGNATURE)), 0);
	assert_int_equal(verify(), E_SIGNATURE_MISSING);
}

/* Two keys that both have to, two signatures; either alone will not do. */
static void two_signatures(void **state)
{
	static const char *const other[] = { "/signature/key-rsa3072", "/signature/ecdsa256" };
	uint8_t *value;
	int length;

	(void)state;
	set_key_string("/signature", "required-mode", "all");
	for (size_t i = 0; i < COUNT(other); i++)
		assert_int_equal(fdt_del_node(key_tree, at(key_tree, other[i])), 0);
	load("rsa2048");
	assert_int_equal(verify(), E_KEY_UNKNOWN);
	load("rsa4096");
	assert_int_equal(verify(), E_KEY_UNKNOWN);
	load("twice");
	assert_int_equal(verify(), 0);
	for (int i = 1; i <= 2; i++) {
		char path[60];

		load("twice");
		snprintf(path, sizeof(path), CONF "/signature-%d", i);
		value = value_of(tree, path, "value", &length);
		value[length / 2] ^= 4;
		assert_int_equal(verify(), E_SIGNATURE_WRONG);
	}
}

static void keys_of_no_use(void **state)
{
	(void)state;
	set_key_string("/signature/key-rsa2048", "algo", "sha1,rsa2048");
	assert_int_equal(verify(), E_SIGNATURE_ALGORITHM);
	set_key_string("/signature/key-rsa2048", "algo", "sha256,rsa4096"); /* of another size */
	assert_int_equal(verify(), E_SIGNATURE_ALGORITHM);
	set_key_string("/signature/key-rsa2048", "algo", "sha256,ecdsa256");
	assert_int_equal(verify(), E_SIGNATURE_ALGORITHM);
	load_keys();
	load("ecdsa256");
	set_key_string("/signature/ecdsa256", "ecdsa,curve", "secp384r1");
	assert_int_equal(verify(), E_SIGNATURE_ALGORITHM);
	fdt_del_node(key_tree, at(key_tree, "/signature"));
	assert_int_equal(verify(), E_KEY_UNKNOWN);
	assert_true(fdt_add_subnode(key_tree, 0, "signature") > 0);
	assert_int_equal(verify(), E_KEY_UNKNOWN);
	memset(key_data, 0, sizeof(key_data));
	assert_int_equal(verify(), E_FDT_BROKEN);
}

static void development_keys(void **state)
{
	struct error e = { 0 };
	struct bytes dtb = { key_data, sizeof(key_data) };
	struct keys keys;

	(void)state;
	assert_int_equal(keys_open(&keys, dtb, &e), 0);
	assert_false(keys.development);
	set_key_string("/signature/key-rsa4096", "key-name-hint", "development-2");
	assert_int_equal(keys_open(&keys, dtb, &e), 0);
	assert_true(keys.development);
}

static void versions(void **state)
{
	struct fit fit;

	(void)state;
	load("rsa2048");
	assert_int_equal(verify_from(&fit, 5), 0);
	assert_int_equal(verify_from(&fit, 6), E_ROLLBACK);
	assert_int_equal(verify_from(&fit, 0xffffffff), E_ROLLBACK);
}

static int image_code(const char *name, bool allow_unhashed)
{
	struct error e = { 0 };
	struct fit_image image;
	struct fit fit;

	assert_int_equal(verify_from(&fit, 0), 0);
	return fit_image(&image, &fit, name, allow_unhashed, &e);
}

static void images_of_a_signed_configuration(void **state)
{
	struct fit_image image;
	struct error e = { 0 };
	struct fit fit;

	(void)state;
	load("rsa2048");
	for (int allow = 0; allow < 2; allow++) {
		assert_int_equal(image_code("kernel", allow), 0);
		assert_int_equal(image_code("manifest", allow), 0);
		assert_int_equal(image_code("weak", allow), E_HASH_WEAK);
		assert_int_equal(image_code("stray", allow), E_NOT_SIGNED);
	}
	/* of one that nobody had to verify */
	assert_int_equal(open_fit(&fit, slot, &e), 0);
	assert_int_equal(fit_image(&image, &fit, "stray", false, &e), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_mkimage_signs, set_up),
		cmocka_unit_test_setup(what_is_not_accepted, set_up),
		cmocka_unit_test_setup(each_bit_of_signature_and_key, set_up),
		cmocka_unit_test_setup(values_out_of_range, set_up),
		cmocka_unit_test_setup(each_bit_of_a_boot_image, set_up),
		cmocka_unit_test_setup(additions, set_up),
		cmocka_unit_test_setup(removals, set_up),
		cmocka_unit_test_setup(the_images_own_word, set_up),
		cmocka_unit_test_setup(strings_that_are_covered, set_up),
		cmocka_unit_test_setup(names_beyond_the_covered_strings, set_up),
		cmocka_unit_test_setup(names_with_a_unit_address, set_up),
		cmocka_unit_test_setup(another_configuration, set_up),
		cmocka_unit_test_setup(keys_that_have_to_sign, set_up),
		cmocka_unit_test_setup(two_signatures, set_up),
		cmocka_unit_test_setup(keys_of_no_use, set_up),
		cmocka_unit_test_setup(development_keys, set_up),
		cmocka_unit_test_setup(versions, set_up),
		cmocka_unit_test_setup(images_of_a_signed_configuration, set_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
