/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature devices, out of the build: they are not looked at. */
#include <stddef.h>

#include "boot/feature/devices.h"

plan_devices_t *devices_checker(void)
{
	return NULL;
}
