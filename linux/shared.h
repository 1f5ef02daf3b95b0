/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What loader, images and this module share about a link's memory. Its struct range is link_range
 * here.
 */
#ifndef PEERBOOT_SHARED_H
#define PEERBOOT_SHARED_H

#include <linux/limits.h>
#include <linux/range.h>
#include <linux/types.h>

#include "linux/include/names.h"
#include "resource_table/link_layout.h"
#include "resource_table/place.h"
#include "resource_table/table.h"
#undef phys_addr_t
#undef range
#undef range_contains
#undef range_overlaps

#endif
