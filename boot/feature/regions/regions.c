/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/regions.h"

bool gives_regions(void)
{
	return true;
}
