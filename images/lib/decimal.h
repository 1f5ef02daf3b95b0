/* SPDX-License-Identifier: BSD-2-Clause */
/* 64-bit numbers as text, because newlib-nano's printf() has 32 bits only. */
#ifndef IMAGES_LIB_DECIMAL_H
#define IMAGES_LIB_DECIMAL_H

#include <stdint.h>

#define DECIMAL_SIZE 21 /* 20 digits and NUL */

/* @n in decimal at the end of @text; returns its first digit. */
static inline const char *decimal(char text[DECIMAL_SIZE], uint64_t n)
{
	char *at = text + DECIMAL_SIZE - 1;

	*at = 0;
	do {
		*--at = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	return at;
}

#endif
