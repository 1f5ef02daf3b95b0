/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader's own frame around OpenSSL's block function, compared with OpenSSL's: every length
 * around a few blocks, in pieces of every size.
 */
#include <openssl/sha.h>

#include "test/unit/unit.h"

#define SHA256_Init   loader_init
#define SHA256_Update loader_update
#define SHA256_Final  loader_final
#include "boot/sha256.c"
#undef SHA256_Init
#undef SHA256_Update
#undef SHA256_Final

#define MOST 200

void sha256_block_data_order(SHA256_CTX *c, const void *data, size_t blocks)
{
	for (size_t i = 0; i < blocks; i++)
		SHA256_Transform(c, (const unsigned char *)data + BLOCK * i);
}

static void as_openssl_does(void **state)
{
	uint8_t data[MOST], want[SHA256_DIGEST_LENGTH], got[SHA256_DIGEST_LENGTH];
	SHA256_CTX c;

	(void)state;
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(7 * i + 1);
	for (size_t size = 0; size <= MOST; size++)
		for (size_t piece = 1; piece <= MOST; piece++) {
			loader_init(&c);
			for (size_t at = 0; at < size; at += piece)
				loader_update(&c, data + at, size - at < piece ? size - at : piece);
			loader_final(got, &c);
			SHA256(data, size, want);
			assert_memory_equal(got, want, sizeof(want));
		}
}

/* 512 MiB and more have a length in bits that 32 bits don't hold. */
static void long_ones_count_right(void **state)
{
	static uint8_t data[1 << 20];
	uint8_t want[SHA256_DIGEST_LENGTH], got[SHA256_DIGEST_LENGTH];
	SHA256_CTX c, theirs;

	(void)state;
	loader_init(&c);
	SHA256_Init(&theirs);
	loader_update(&c, data, sizeof(data));
	SHA256_Update(&theirs, data, sizeof(data));
	/* as if 512 MiB had gone before; OpenSSL counts bits */
	c.Nl += 512u << 20;
	theirs.Nh += 1;
	loader_final(got, &c);
	SHA256_Final(want, &theirs);
	assert_memory_equal(got, want, sizeof(want));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_openssl_does),
		cmocka_unit_test(long_ones_count_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
