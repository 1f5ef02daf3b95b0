/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/attach.h"

bool attaches(void)
{
	return true;
}
