/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/devices.h"

plan_devices_t *devices_checker(void)
{
	return plan_devices;
}
