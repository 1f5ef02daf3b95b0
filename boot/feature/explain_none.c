/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature explain, out of the build. */
#include "boot/feature/explain.h"

bool explains(void)
{
	return false;
}

bool advises(void)
{
	return false;
}

bool looks_closer(void)
{
	return false;
}
