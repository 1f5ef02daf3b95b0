/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SHA-1 and SHA-256 (FIPS 180-4) for the loader, by the names and structs of BearSSL and OpenSSL,
 * which hosts use: their objects unroll, check and copy more than fits here. The block function
 * that counts, SHA-256's, is the architecture's; SHA-1 is for images that were made long ago, and
 * slow.
 */
#include <stdint.h>
#include <string.h>

#include <bearssl/bearssl_hash.h>
#include <openssl/sha.h>

#define BLOCK	  64
#define LENGTH_AT 56 /* in the last block: the message's bits, in 8 bytes */

typedef void block_function(void *context, const void *data, size_t blocks);
block_function sha256_block_data_order;

/* What both are, around their blocks; @count bytes have gone before, the rest of them is in @buffer. */
static void add(void *context, block_function *hash, void *buffer, uint32_t count, const void *data,
		size_t size)
{
	const uint8_t *from = data;
	size_t held = count % BLOCK;

	while (size) {
		size_t part = size - size % BLOCK;

		if (part && !held) {
			hash(context, from, part / BLOCK);
		} else {
			part = BLOCK - held < size ? BLOCK - held : size;
			memcpy((uint8_t *)buffer + held, from, part);
			held = (held + part) % BLOCK;
			if (!held)
				hash(context, buffer, 1);
		}
		from += part;
		size -= part;
	}
}

static void finish(void *context, block_function *hash, void *buffer, uint32_t count,
		   const void *state, unsigned words, uint8_t *value)
{
	static const uint8_t padding[BLOCK] = { 0x80 };
	uint64_t bits = __builtin_bswap64((uint64_t)count * 8);
	uint32_t size = (LENGTH_AT - 1 - count) % BLOCK + 1;

	add(context, hash, buffer, count, padding, size);
	add(context, hash, buffer, count + size, &bits, sizeof(bits));
	for (unsigned i = 0; i < words; i++) {
		uint32_t word;

		memcpy(&word, (const uint8_t *)state + 4 * i, sizeof(word));
		word = __builtin_bswap32(word);
		memcpy(value + 4 * i, &word, sizeof(word));
	}
}

/* FIPS 180-4, 5.3.1 and 5.3.3 */
static const uint32_t sha1_start[] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0 };
static const uint32_t sha256_start[] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
					 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

static uint32_t rotate(uint32_t word, unsigned by)
{
	return word << by | word >> (32 - by);
}

/* 6.1.2: b, c and d as the round @t mixes them, and its constant. */
static uint32_t sha1_mix(unsigned t, uint32_t b, uint32_t c, uint32_t d)
{
	if (t < 20)
		return ((b & c) | (~b & d)) + 0x5a827999;
	if (t < 40)
		return (b ^ c ^ d) + 0x6ed9eba1;
	if (t < 60)
		return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
	return (b ^ c ^ d) + 0xca62c1d6;
}

static void sha1_block(uint32_t *h, const uint8_t *data)
{
	uint32_t w[80], s[5], next;

	memcpy(w, data, BLOCK);
	memcpy(s, h, sizeof(s));
	for (unsigned t = 0; t < 80; t++) {
		w[t] = t < 16 ? __builtin_bswap32(w[t]) :
				rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
		next = rotate(s[0], 5) + sha1_mix(t, s[1], s[2], s[3]) + s[4] + w[t];
		s[4] = s[3];
		s[3] = s[2];
		s[2] = rotate(s[1], 30);
		s[1] = s[0];
		s[0] = next;
	}
	for (unsigned i = 0; i < 5; i++)
		h[i] += s[i];
}

static void sha1_blocks(void *context, const void *data, size_t blocks)
{
	br_sha1_context *c = context;

	for (size_t i = 0; i < blocks; i++)
		sha1_block(c->val, (const uint8_t *)data + BLOCK * i);
}

/* Whatever is hashed lies in an address space of 32 bits, so 32 bits count its bytes. */
void br_sha1_init(br_sha1_context *c)
{
	memset(c, 0, sizeof(*c));
	memcpy(c->val, sha1_start, sizeof(sha1_start));
}

void br_sha1_update(br_sha1_context *c, const void *data, size_t size)
{
	add(c, sha1_blocks, c->buf, (uint32_t)c->count, data, size);
	c->count += size;
}

void br_sha1_out(const br_sha1_context *context, void *value)
{
	br_sha1_context c = *context;

	finish(&c, sha1_blocks, c.buf, (uint32_t)c.count, c.val, 5, value);
}

int SHA256_Init(SHA256_CTX *c)
{
	memset(c, 0, sizeof(*c));
	memcpy(c->h, sha256_start, sizeof(sha256_start));
	return 1;
}

int SHA256_Update(SHA256_CTX *c, const void *data, size_t size)
{
	add(c, sha256_block_data_order, c->data, (uint32_t)c->Nl, data, size);
	c->Nl += (uint32_t)size;
	return 1;
}

int SHA256_Final(unsigned char *value, SHA256_CTX *c)
{
	finish(c, sha256_block_data_order, c->data, (uint32_t)c->Nl, c->h, 8, value);
	return 1;
}
