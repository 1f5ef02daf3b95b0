/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/clusters.h"

bool names_clusters(void)
{
	return true;
}
