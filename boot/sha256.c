/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * OpenSSL's SHA256_Init(), _Update() and _Final() around its own block function, for the loader:
 * its object brings SHA-224, one-shot functions and more checks than code. Hosts use OpenSSL itself.
 */
#include <stdint.h>
#include <string.h>

#include <openssl/sha.h>

#define BLOCK	  SHA256_CBLOCK
#define LENGTH_AT 56 /* in the last block: the message's bits, in 8 bytes */

void sha256_block_data_order(SHA256_CTX *c, const void *data, size_t blocks);

int SHA256_Init(SHA256_CTX *c)
{
	static const uint32_t start[8] = { /* FIPS 180-4, 5.3.3 */
					   0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
					   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
	};

	memset(c, 0, sizeof(*c));
	memcpy(c->h, start, sizeof(start));
	return 1;
}

/* Nl counts bytes here: whatever is hashed lies in an address space of 32 bits. */
int SHA256_Update(SHA256_CTX *c, const void *data, size_t size)
{
	const uint8_t *from = data;

	c->Nl += (uint32_t)size;
	while (size) {
		size_t part = size & ~(size_t)(BLOCK - 1);

		if (part && !c->num) {
			sha256_block_data_order(c, from, part / BLOCK);
		} else {
			part = BLOCK - c->num < size ? BLOCK - c->num : size;
			memcpy((uint8_t *)c->data + c->num, from, part);
			c->num = (c->num + (unsigned)part) % BLOCK;
			if (!c->num)
				sha256_block_data_order(c, c->data, 1);
		}
		from += part;
		size -= part;
	}
	return 1;
}

int SHA256_Final(unsigned char *value, SHA256_CTX *c)
{
	static const uint8_t padding[BLOCK] = { 0x80 };
	uint64_t bits = __builtin_bswap64((uint64_t)c->Nl * 8);

	SHA256_Update(c, padding, (LENGTH_AT - 1 - c->num) % BLOCK + 1);
	SHA256_Update(c, &bits, sizeof(bits));
	for (unsigned i = 0; i < 8; i++) {
		uint32_t word = __builtin_bswap32(c->h[i]);

		memcpy(value + 4 * i, &word, sizeof(word));
	}
	return 1;
}
