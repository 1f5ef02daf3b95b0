/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Included before each of libfdt's files, and of those here, for the target. libfdt puts its
 * numbers together byte by byte, which the compiler finds to be two instructions only when it has
 * already decided that they are too many to be in line.
 */
#ifndef FDT_LIBFDT_SWAP_H
#define FDT_LIBFDT_SWAP_H

#include <libfdt.h>

struct fdt_swap_any { /* where it lies does not matter */
	uint32_t value;
} __attribute__((packed));

#define fdt32_to_cpu(x) __builtin_bswap32(x)
#define cpu_to_fdt32(x) __builtin_bswap32(x)
#define fdt32_ld(p)	__builtin_bswap32(((const struct fdt_swap_any *)(p))->value)

#endif
