/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader's own SHA-1 and SHA-256, the latter around OpenSSL's block function, compared with the
 * libraries': every length around a few blocks, in pieces of every size.
 */
#include <bearssl/bearssl_hash.h>
#include <openssl/sha.h>

#include "test/unit/unit.h"

#define SHA256_Init   loader_sha256_init
#define SHA256_Update loader_sha256_update
#define SHA256_Final  loader_sha256_final
#undef br_sha1_init
#undef br_sha1_update
#undef br_sha1_out
#define br_sha1_init   loader_sha1_init
#define br_sha1_update loader_sha1_update
#define br_sha1_out    loader_sha1_out
#include "boot/sha.c"
#undef SHA256_Init
#undef SHA256_Update
#undef SHA256_Final

#define MOST 200

void sha256_block_data_order(void *context, const void *data, size_t blocks)
{
	for (size_t i = 0; i < blocks; i++)
		SHA256_Transform(context, (const unsigned char *)data + BLOCK * i);
}

static void as_the_libraries_do(void **state)
{
	uint8_t data[MOST], want[SHA256_DIGEST_LENGTH], got[SHA256_DIGEST_LENGTH];
	br_sha1_context sha1;
	SHA256_CTX sha256;

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(7 * i + 1);
	for (size_t size = 0; size <= MOST; size++)
		for (size_t piece = 1; piece <= MOST; piece++) {
			loader_sha1_init(&sha1);
			loader_sha256_init(&sha256);
			for (size_t at = 0; at < size; at += piece) {
				size_t part = size - at < piece ? size - at : piece;

				loader_sha1_update(&sha1, data + at, part);
				loader_sha256_update(&sha256, data + at, part);
			}
			loader_sha256_final(got, &sha256);
			SHA256(data, size, want);
			assert_memory_equal(got, want, SHA256_DIGEST_LENGTH);
			loader_sha1_out(&sha1, got);
			SHA1(data, size, want);
			assert_memory_equal(got, want, SHA_DIGEST_LENGTH);
		}
}

/* 512 MiB and more have a length in bits that 32 bits don't hold. */
static void long_ones_count_right(void **state)
{
	static uint8_t data[1 << 20];
	uint8_t want[SHA256_DIGEST_LENGTH], got[SHA256_DIGEST_LENGTH];
	SHA256_CTX c, theirs;

	(void)state;
	loader_sha256_init(&c);
	SHA256_Init(&theirs);
	loader_sha256_update(&c, data, sizeof(data));
	SHA256_Update(&theirs, data, sizeof(data));
	/* as if 512 MiB had gone before; OpenSSL counts bits */
	c.Nl += 512u << 20;
	theirs.Nh += 1;
	loader_sha256_final(got, &c);
	SHA256_Final(want, &theirs);
	assert_memory_equal(got, want, sizeof(want));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_the_libraries_do),
		cmocka_unit_test(long_ones_count_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
