/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LZ4's block decoder, as liblz4 has it on hosts; the loader has the kernel's copy of it
 * (lz4_kernel.c), since all of liblz4.a's lz4.o is one section of 31 KB.
 */
#ifndef BOOT_FEATURE_DECOMPRESSION_LZ4_BLOCK_H
#define BOOT_FEATURE_DECOMPRESSION_LZ4_BLOCK_H

/* How many bytes it made of @from, @room at most; negative for nonsense or more than that. */
int LZ4_decompress_safe_usingDict(const char *from, char *to, int size, int room,
				  const char *dictionary, int dictionary_size);

#endif
