/* SPDX-License-Identifier: BSD-2-Clause */
/* The small things that need an instruction of their own. */
#include "arch/arch.h"
#include "arch/armv8-a/system.h"

void enter_off(phys_addr_t argument, phys_addr_t entry) __attribute__((noreturn));

core_id_t arch_core(void)
{
	return system_read(mpidr_el1) & 0xff00ffffff; /* all levels of affinity */
}

void *arch_pointer(phys_addr_t address)
{
	return (void *)address;
}

phys_addr_t arch_address(const void *pointer)
{
	return (phys_addr_t)pointer;
}

void arch_clean(const void *from, size_t size)
{
	uint64_t line = data_line(), end = (uint64_t)from + size;

	for (uint64_t at = (uint64_t)from & ~(line - 1); at < end; at += line)
		__asm__ volatile("dc civac, %0" ::"r"(at) : "memory");
	__asm__ volatile("dsb sy" ::: "memory");
}

unsigned arch_openssl_abilities(void)
{
	bool sha256 = system_read(id_aa64isar0_el1) >> 12 & 0xf;

	return 1u << 0 | (unsigned)sha256 << 4; /* ARMV7_NEON, ARMV8_SHA256 */
}

/* Not all of Armv8.0 have them: Cortex-A35, -A53, -A57 and -A72 do. */
bool arch_crc32(uint32_t *value, const uint8_t *data, size_t size)
{
	uint32_t crc = *value;
	uint64_t words;

	if (!(system_read(id_aa64isar0_el1) >> 16 & 0xf))
		return false;
	for (; size >= sizeof(words); data += sizeof(words), size -= sizeof(words)) {
		__builtin_memcpy(&words, data, sizeof(words)); /* one load, aligned or not */
		__asm__(".arch_extension crc\n\tcrc32x %w0, %w0, %1" : "+r"(crc) : "r"(words));
	}
	for (; size; data++, size--)
		__asm__(".arch_extension crc\n\tcrc32b %w0, %w0, %w1" : "+r"(crc) : "r"(*data));
	*value = crc;
	return true;
}

/* There is no Thumb state. */
void arch_enter(phys_addr_t entry, bool thumb, phys_addr_t argument)
{
	(void)thumb;
	enter_off(argument, entry);
}

/* Documentation/arm64/booting.rst; at the level that we came at, and its other cores will come. */
void arch_enter_linux(phys_addr_t entry, phys_addr_t tree)
{
	enter_off(tree, entry);
}

void arch_relax(void)
{
	__asm__ volatile("yield");
}

void arch_park(void)
{
	for (;;)
		__asm__ volatile("wfi");
}
