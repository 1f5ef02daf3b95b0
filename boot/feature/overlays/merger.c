/* SPDX-License-Identifier: BSD-2-Clause */
/* Overlays on a board. */
#include "boot/feature/overlays/merge.h"

overlays_merge_t *overlays_merger(void)
{
	return overlays_merge;
}
