/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The links of the static images, which a manifest has to say with the same numbers: between each
 * two of linux, b and c one of each kind. [0] is the owner of the link, whom the manifest's `table`
 * names: between two alike it transmits in vring 0.
 */
#ifndef IMAGES_ECHO_STATIC_LINKS_H
#define IMAGES_ECHO_STATIC_LINKS_H

#include "images/lib/link.h"

#include BOARD_MEMORY_MAP
#include DEMO_LAYOUT /* "images/demo/<board>/layout.h" */

/* The n-th link of an area; 256 buffers of 512 bytes each way. */
#define MEMORY(area, n)                                                \
	{                                                              \
		{ (area) + (n)*LINK_SIZE, LINK_SIZE }, 256, 4096, 512, \
		{                                                      \
			0, 0                                           \
		}                                                      \
	}

/*
 * If the board's layout has no others: Linux hears an SPI of each link's own, the n-th of those
 * that it has for it; peers an SGI.
 */
#ifndef STATIC_TO_LINUX
#define STATIC_TO_LINUX(n)               \
	{                                \
		DOORBELL_SPI,            \
		{                        \
			DEMO_SPI_B + (n) \
		}                        \
	}
#define STATIC_TO_PEER(cores)    \
	{                        \
		DOORBELL_SGI,    \
		{                \
			8, cores \
		}                \
	}
#endif
#define LINUX(n) STATIC_TO_LINUX(n)
#define B	 STATIC_TO_PEER(PEER_B_CPUS)
#define C	 STATIC_TO_PEER(PEER_C_CPUS)

/* clang-format off */
static const struct image_static_link static_links[] = {
	{ { "b", "linux" }, { LINK_REMOTE, LINK_MASTER },       MEMORY(LINK_B_BASE, 0),     { B, LINUX(0) } },
	{ { "linux", "b" }, { LINK_REMOTE, LINK_MASTER },       MEMORY(LINK_B_BASE, 1),     { LINUX(1), B } },
	{ { "b", "linux" }, { LINK_SYMMETRIC, LINK_SYMMETRIC }, MEMORY(LINK_B_BASE, 2),     { B, LINUX(2) } },
	{ { "c", "linux" }, { LINK_REMOTE, LINK_MASTER },       MEMORY(LINK_C_BASE, 0),     { C, LINUX(3) } },
	{ { "linux", "c" }, { LINK_REMOTE, LINK_MASTER },       MEMORY(LINK_C_BASE, 1),     { LINUX(4), C } },
	{ { "c", "linux" }, { LINK_SYMMETRIC, LINK_SYMMETRIC }, MEMORY(LINK_C_BASE, 2),     { C, LINUX(5) } },
	{ { "b", "c" },     { LINK_REMOTE, LINK_MASTER },       MEMORY(LINK_LINUX_BASE, 0), { B, C } },
	{ { "c", "b" },     { LINK_REMOTE, LINK_MASTER },       MEMORY(LINK_LINUX_BASE, 1), { C, B } },
	{ { "c", "b" },     { LINK_SYMMETRIC, LINK_SYMMETRIC }, MEMORY(LINK_LINUX_BASE, 2), { C, B } },
};
/* clang-format on */

#endif
