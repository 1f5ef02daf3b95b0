/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/interrupts.h"
#include "doorbell/kind.h"

interrupts_find_user_t *interrupts_user_finder(void)
{
	return doorbell_find_user;
}
