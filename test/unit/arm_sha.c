/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For test_sha_arm.py, run by qemu-arm: the loader's SHA-256 with its block function in assembler.
 * Each request on standard input is a size (le32), the size of the pieces to hash it in (le32) and
 * so many bytes; each answer is the 32 bytes of the hash.
 */
#include <stdio.h>
#include <stdlib.h>

#include "boot/sha.c"

int main(void)
{
	uint32_t request[2];
	uint8_t hash[SHA256_DIGEST_LENGTH];

	while (fread(request, sizeof(request), 1, stdin) == 1) {
		uint32_t size = request[0], piece = request[1];
		uint8_t *data = malloc(size + !size);
		SHA256_CTX c;

		if (!data || !piece || fread(data, 1, size, stdin) != size)
			return 2;
		SHA256_Init(&c);
		for (uint32_t at = 0; at < size; at += piece)
			SHA256_Update(&c, data + at, size - at < piece ? size - at : piece);
		SHA256_Final(hash, &c);
		free(data);
		fwrite(hash, sizeof(hash), 1, stdout);
		fflush(stdout);
	}
	return 0;
}
