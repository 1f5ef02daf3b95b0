/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/explain.h"

bool explains(void)
{
	return true;
}

bool advises(void)
{
	return false;
}

bool looks_closer(void)
{
	return false;
}
