/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature overlays, out of the build: none may be there. */
#include "boot/feature/overlays.h"

overlays_merge_t *overlays_merger(void)
{
	return NULL;
}
