/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/recovery/crc16.h"

/* By the bit: a serial line is slower still. */
uint16_t crc16(struct bytes data)
{
	uint32_t crc = 0;

	for (size_t i = 0; i < data.size; i++) {
		crc ^= (uint32_t)data.data[i] << 8;
		for (unsigned bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc & 0x8000 ? 0x1021u : 0);
		crc &= 0xffff;
	}
	return (uint16_t)crc;
}
