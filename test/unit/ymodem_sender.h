/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A sender of YMODEM for tests of the receiver: makes blocks, and says what the receiver does with
 * each. What is on the line is in the test's hands.
 */
#ifndef TEST_UNIT_YMODEM_SENDER_H
#define TEST_UNIT_YMODEM_SENDER_H

#include "boot/feature/recovery/ymodem.h"
#include "test/unit/unit.h"

#define FRAME_MAX (1 + 2 + BLOCK_SIZE + 2)

struct frame {
	uint8_t byte[FRAME_MAX];
	size_t size;
};

/* By the definition, as a division of polynomials: other code than that under test. */
static inline uint16_t crc_of(const uint8_t *data, size_t size)
{
	uint32_t rest = 0;

	for (size_t bit = 0; bit < 8 * (size + 2); bit++) {
		uint32_t next = bit < 8 * size ? (uint32_t)data[bit / 8] >> (7 - bit % 8) & 1 : 0;

		rest = rest << 1 | next;
		if (rest & 0x10000)
			rest ^= 0x11021;
	}
	return (uint16_t)rest;
}

/* A block of 128 or 1024 bytes (@room), filled up with @fill. */
static inline struct frame frame_of(unsigned number, const void *data, size_t size, size_t room,
				    uint8_t fill)
{
	struct frame f = { .size = 3 + room + 2 };
	uint16_t crc;

	assert_true(size <= room && (room == 128 || room == BLOCK_SIZE));
	f.byte[0] = room == 128 ? XMODEM_SOH : XMODEM_STX;
	f.byte[1] = (uint8_t)number;
	f.byte[2] = (uint8_t)~number;
	memset(f.byte + 3, fill, room);
	if (size)
		memcpy(f.byte + 3, data, size);
	crc = crc_of(f.byte + 3, room);
	f.byte[3 + room] = (uint8_t)(crc >> 8);
	f.byte[4 + room] = (uint8_t)crc;
	return f;
}

/* @size: as text, behind the name; NULL: none. */
static inline struct frame header_of(const char *name, const char *size)
{
	char text[128] = { 0 };
	size_t length = strlen(name) + 1;

	assert_true(length + (size ? strlen(size) : 0) < sizeof(text));
	memcpy(text, name, length);
	if (size)
		memcpy(text + length, size, strlen(size));
	return frame_of(0, text, sizeof(text), sizeof(text), 0);
}

#endif
