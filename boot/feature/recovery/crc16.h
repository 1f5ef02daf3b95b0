/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_RECOVERY_CRC16_H
#define BOOT_FEATURE_RECOVERY_CRC16_H

#include "base/bytes.h"

/*
 * The CRC of XMODEM-CRC and YMODEM: polynomial 0x1021, from 0, highest bit first (Forsberg's
 * XMODEM/YMODEM Protocol Reference, 1988, section 8). Of data with its own CRC behind it, high byte
 * first, it is 0.
 */
uint16_t crc16(struct bytes data);

#endif
