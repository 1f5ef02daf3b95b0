/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/pl061.h"

#define REGISTER(offset) (*(volatile uint32_t *)(base + (offset)))

#define GPIODATA 0x000 /* 3.3.1: bits 9:2 of the address are the lines that a write changes */
#define GPIODIR	 0x400

void pl061_raise(uintptr_t base, unsigned line)
{
	const uint32_t bit = 1u << line;

	REGISTER(GPIODIR) |= bit;
	REGISTER(GPIODATA + (bit << 2)) = bit;
}
