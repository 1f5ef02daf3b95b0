/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Published vectors (FIPS 180 examples by NIST, the check value of CRC-32/ISO-HDLC), and data
 * added in pieces of every odd size.
 */
#include "boot/hash.h"
#include "test/unit/unit.h"

#define TWO_BLOCKS "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

static const struct {
	const char *algorithm;
	const char *message;
	const char *value; /* hex */
} vectors[] = {
	{ "crc32", "", "00000000" },
	{ "crc32", "123456789", "cbf43926" },
	{ "sha1", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
	{ "sha1", "abc", "a9993e364706816aba3e25717850c26c9cd0d89d" },
	{ "sha1", TWO_BLOCKS, "84983e441c3bd26ebaae4aa1f95129e5e54670f1" },
	{ "sha256", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
	{ "sha256", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	{ "sha256", TWO_BLOCKS,
	  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
};

/* FIPS 180's third example: a million times "a". */
static const char *const million[][2] = {
	{ "crc32", "dc25bfbc" },
	{ "sha1", "34aa973cd4c4daa4f61eeb2bdbad27316534016f" },
	{ "sha256", "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
};

static void assert_value(const char *algorithm, const void *data, size_t size, size_t piece,
			 const char *hex)
{
	const struct hash_algorithm *a = hash_find(algorithm);
	struct hash_state h;
	uint8_t value[HASH_SIZE + 1];
	char text[2 * HASH_SIZE + 1];

	assert_non_null(a);
	assert_true(a->size <= HASH_SIZE);
	memset(value, 0xee, sizeof(value));
	h.algorithm = a;
	a->start(&h);
	for (size_t at = 0; at < size; at += piece)
		a->add(&h, (const char *)data + at, size - at < piece ? size - at : piece);
	a->finish(&h, value);
	for (size_t i = 0; i < a->size; i++)
		snprintf(text + 2 * i, 3, "%02x", value[i]);
	assert_string_equal(text, hex);
	assert_int_equal(value[a->size], 0xee);
}

static void published_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++)
		for (size_t piece = 1; piece < 60; piece++)
			assert_value(vectors[i].algorithm, vectors[i].message,
				     strlen(vectors[i].message), piece, vectors[i].value);
}

static void a_million_in_odd_pieces(void **state)
{
	static const size_t piece[] = { 1000000, 1, 63, 64, 65, 127, 4096, 65521, 999999 };
	char *data = malloc(1000000);

	(void)state;
	assert_non_null(data);
	memset(data, 'a', 1000000);
	for (size_t i = 0; i < COUNT(million); i++)
		for (size_t k = 0; k < COUNT(piece); k++)
			assert_value(million[i][0], data, 1000000, piece[k], million[i][1]);
	free(data);
}

static void only_whole_known_names(void **state)
{
	static const char *const unknown[] = { "",	 "sha", "sha2",	  "sha25",     "sha2560",
					       "SHA256", "md5", "sha512", "crc32,sha1" };

	(void)state;
	for (size_t i = 0; i < COUNT(unknown); i++)
		assert_null(hash_find(unknown[i]));
	assert_string_equal(hash_find("sha256")->name, "sha256");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_vectors),
		cmocka_unit_test(a_million_in_odd_pieces),
		cmocka_unit_test(only_whole_known_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
