/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the crypto libraries' objects, built for Linux with its stack protector and checked copies,
 * expect around them. libcrypto's own armcap.o and cpuid objects would ask
 * Linux's auxiliary vector for the core's abilities and bring half a C library with them.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "boot/stage.h"

#define ARMV7_NEON 1u /* crypto/arm_arch.h */

void __stack_chk_fail(void) __attribute__((noreturn));
void *__memcpy_chk(void *to, const void *from, size_t size, size_t room);
void *__memmove_chk(void *to, const void *from, size_t size, size_t room);
void *__memset_chk(void *to, int value, size_t size, size_t room);

unsigned int OPENSSL_armcap_P = ARMV7_NEON;
uintptr_t __stack_chk_guard = 0x5afec0de;

void __stack_chk_fail(void)
{
	struct error e = { 0 };

	error_set(&e, E_EXCEPTION, "stack overwritten in a crypto library");
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
