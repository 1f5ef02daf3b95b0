/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the libraries' objects, built for Linux with its stack protector and checked copies, expect
 * around them.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "boot/stage/stage.h"

void __stack_chk_fail(void) __attribute__((noreturn));
void *__memcpy_chk(void *to, const void *from, size_t size, size_t room);
void *__memmove_chk(void *to, const void *from, size_t size, size_t room);
void *__memset_chk(void *to, int value, size_t size, size_t room);

uintptr_t __stack_chk_guard = 0x5afec0de;

void __stack_chk_fail(void)
{
	struct error e = { 0 };

	error_set(&e, E_EXCEPTION, "stack overwritten in a library");
	boot_stop(&e);
}

void *__memcpy_chk(void *to, const void *from, size_t size, size_t room)
{
	if (size > room)
		__stack_chk_fail();
	return memcpy(to, from, size);
}

void *__memmove_chk(void *to, const void *from, size_t size, size_t room)
{
	if (size > room)
		__stack_chk_fail();
	return memmove(to, from, size);
}

void *__memset_chk(void *to, int value, size_t size, size_t room)
{
	if (size > room)
		__stack_chk_fail();
	return memset(to, value, size);
}
