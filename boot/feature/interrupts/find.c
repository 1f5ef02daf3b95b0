/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/interrupts.h"

interrupts_find_user_t *interrupts_user_finder(void)
{
	return interrupts_find_user;
}
