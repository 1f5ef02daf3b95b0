/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature clusters, out of the build: there is one alone. */
#include "boot/feature/clusters.h"

bool names_clusters(void)
{
	return false;
}
