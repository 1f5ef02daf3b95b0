/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * LZ4's block decoder: the loader has the kernel's copy of it (lz4_kernel.c), since all of
 * liblz4.a's lz4.o is one section of 31 KB; a host without a kernel's source liblz4's
 * (tools/peerboot/lz4/host.c).
 */
#ifndef BOOT_FEATURE_DECOMPRESSION_LZ4_BLOCK_H
#define BOOT_FEATURE_DECOMPRESSION_LZ4_BLOCK_H

#include <stdbool.h>

/*
 * How many bytes it made of the @size at @from; negative for nonsense, or if they make more than
 * @room. It may refer back to the @before bytes in front of @to. @partial: only the first @room
 * bytes are wanted, and @from may be no more than makes these.
 */
int lz4_block(const char *from, char *to, int size, int room, int before, bool partial);

#endif
