/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory map as a picture: regions (flash, RAM, and what is neither) hold boxes, boxes hold
 * boxes. map.c fills it in from a plan, map_layout.c gives everything its place, map_svg.c draws.
 */
#ifndef TOOLS_PEERBOOT_MAP_H
#define TOOLS_PEERBOOT_MAP_H

#include <stdio.h>

#include "boot/plan/plan.h"

#define MAP_BOXES   (CLAIMS_MAX + 64)
#define MAP_REGIONS (PLAN_RAM + 2)
#define MAP_EDGES   (2 * MAP_BOXES + 2 + 2 * MANIFEST_MEMORIES)
#define MAP_CLASHES 64

struct map_place { /* pixels */
	int x, y, width, height;
};

/* Whose colour: of the context of this index, of two for a link, or grey. */
struct map_owner {
	int context[2]; /* -1: none */
};

struct map_box {
	struct range range;
	char name[64];
	char note[40]; /* behind the size, or "" */
	struct map_owner owner;
	int parent; /* index of the box that it lies in, which comes before it; -1: none */
	bool parts; /* it has boxes inside */
	bool bad;
	/*
	 * boxes that have addresses in common lie side by side: of so many, the one of this number
	 */
	unsigned lane, lanes;
	struct map_place place;
};

struct map_edge { /* an address where something begins or ends, and how far down it is */
	phys_addr_t address;
	int y;
};

struct map_region {
	struct range range;
	const char *title;
	bool bad; /* nothing may be there */
	struct map_box box[MAP_BOXES];
	unsigned boxes;
	struct map_edge edge[MAP_EDGES];
	unsigned edges;
	struct map_place place;
};

struct map_clash { /* two boxes of one region that may not meet */
	const struct map_region *region;
	const struct map_box *box[2];
	struct range range;
	int y; /* of what is said of it */
};

struct map {
	const struct plan *plan;
	char title[128];
	char verdict[320]; /* what the board says of it */
	bool refused;
	struct map_region region[MAP_REGIONS];
	unsigned regions;
	struct map_clash clash[MAP_CLASHES];
	unsigned clashes;
	unsigned views; /* how many clusters there are to tell apart by what they see; 0: one */
	int width, height;
};

void map_layout(struct map *map);
#define MAP_CHARACTER 8 /* width of one of verdict's, in pixels, about */
int map_y(const struct map_region *region, phys_addr_t address);    /* of an edge */
const char *map_gap_use(const struct plan *plan, struct range gap); /* "unused" … */
bool map_cluster_is_used(const struct plan *plan, const struct board_cluster *cluster);
void map_write_svg(FILE *to, const struct map *map);

/* A size as people say it: "352 B", "29.4 KiB", "2 MiB". */
#define MAP_LINE 15 /* pixels from one line of text to the next */
#define MAP_SIZE 16
void map_size_text(char text[MAP_SIZE], uint64_t size);

#endif
