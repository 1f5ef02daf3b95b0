/* SPDX-License-Identifier: BSD-2-Clause */
/* Where drivers of this folder meet their chips: tests have chips of their own in place of this. */
#ifndef DRIVER_BUS_H
#define DRIVER_BUS_H

#include <stdint.h>

static inline uint32_t bus_read(volatile uint32_t *at)
{
	return *at;
}

static inline void bus_write(volatile uint32_t *at, uint32_t word)
{
	*at = word;
}

#endif
