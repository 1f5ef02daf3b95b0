/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the loader, libfdt and the hash library use of <string.h>, short in place of fast: newlib's
 * versions, made for long strings, take 2.5 KB. Copying and filling are the architecture's
 * (memcpy.S, memset.S). Not to be compiled into calls of themselves: see boot/build.mk.
 */
#include <stdint.h>
#include <string.h>

void *memmove(void *to, const void *from, size_t size)
{
	uint8_t *t = to;
	const uint8_t *f = from;

	if ((uintptr_t)t - (uintptr_t)f >= size)
		return memcpy(to, from, size); /* goes upwards: whatever it overwrites is read */
	while (size--)
		t[size] = f[size];
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const uint8_t *p = a, *q = b;

	for (; size; size--, p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

void *memchr(const void *from, int value, size_t size)
{
	const uint8_t *p = from;

	for (; size; size--, p++)
		if (*p == (uint8_t)value)
			return (void *)(uintptr_t)p;
	return NULL;
}

size_t strnlen(const char *text, size_t max)
{
	size_t size = 0;

	while (size < max && text[size])
		size++;
	return size;
}

size_t strlen(const char *text)
{
	const char *end = text;

	while (*end)
		end++;
	return (size_t)(end - text);
}

int strncmp(const char *a, const char *b, size_t size)
{
	for (; size; size--, a++, b++)
		if (*a != *b || !*a)
			return (uint8_t)*a - (uint8_t)*b;
	return 0;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, SIZE_MAX);
}

char *strrchr(const char *text, int c)
{
	const char *found = NULL;

	do {
		if (*text == (char)c)
			found = text;
	} while (*text++);
	return (char *)(uintptr_t)found;
}

char *strchr(const char *text, int c)
{
	for (; *text != (char)c; text++)
		if (!*text)
			return NULL;
	return (char *)(uintptr_t)text;
}
