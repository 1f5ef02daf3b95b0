/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SHA-1 (FIPS 180-4) by BearSSL's interface, as a loop: a third of what its own takes, and not as fast.
 * Images that care have a better hash.
 */
#include <string.h>

#include <bearssl/bearssl_hash.h>

static uint32_t rotate(uint32_t x, unsigned by)
{
	return x << by | x >> (32 - by);
}

static void add_block(br_sha1_context *h)
{
	static const uint32_t k[] = { 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6 };
	uint32_t w[80], a = h->val[0], b = h->val[1], c = h->val[2], d = h->val[3], e = h->val[4];

	for (unsigned t = 0; t < 80; t++) {
		uint32_t f = b ^ c ^ d, next;

		if (t < 16)
			w[t] = (uint32_t)h->buf[4 * t] << 24 | (uint32_t)h->buf[4 * t + 1] << 16 |
			       (uint32_t)h->buf[4 * t + 2] << 8 | h->buf[4 * t + 3];
		else
			w[t] = rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
		if (t < 20)
			f = d ^ (b & (c ^ d));
		else if (t - 40 < 20)
			f = (b & c) | (d & (b | c));
		next = rotate(a, 5) + f + e + k[t / 20] + w[t];
		e = d;
		d = c;
		c = rotate(b, 30);
		b = a;
		a = next;
	}
	h->val[0] += a;
	h->val[1] += b;
	h->val[2] += c;
	h->val[3] += d;
	h->val[4] += e;
}

void br_sha1_init(br_sha1_context *h)
{
	static const uint32_t start[] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476,
					  0xc3d2e1f0 };

	memcpy(h->val, start, sizeof(start));
	h->count = 0;
}

void br_sha1_update(br_sha1_context *h, const void *data, size_t size)
{
	for (const unsigned char *byte = data; size--; byte++) {
		h->buf[h->count++ % 64] = *byte;
		if (h->count % 64 == 0)
			add_block(h);
	}
}

void br_sha1_out(const br_sha1_context *so_far, void *value)
{
	br_sha1_context h = *so_far;
	unsigned char end[8], *to = value;

	for (unsigned i = 0; i < 8; i++)
		end[i] = (unsigned char)(so_far->count * 8 >> (56 - 8 * i));
	for (unsigned char fill = 0x80; fill || h.count % 64 != 56; fill = 0)
		br_sha1_update(&h, &fill, 1);
	br_sha1_update(&h, end, sizeof(end));
	for (unsigned i = 0; i < 20; i++)
		to[i] = (unsigned char)(h.val[i / 4] >> (24 - i % 4 * 8));
}
