/* SPDX-License-Identifier: BSD-2-Clause */
/* What an architecture gives the loader. One folder in arch/ each. */
#ifndef ARCH_ARCH_H
#define ARCH_ARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/core.h"
#include "base/range.h"

/*
 * The architecture's reset code sets up stacks, .data and .bss, exception vectors that end in
 * boot_stop(), and MMU and caches as the board's maps say; then it calls boot_main() with what was
 * in the register by which a kernel is passed its device tree: x0, r2.
 */

/* The core that this runs on. */
core_id_t arch_core(void);

/*
 * Memory by its physical address, and back. On a board they are the same; the host's peerboot
 * command has a stretch of its own memory in their place.
 */
void *arch_pointer(phys_addr_t address);
phys_addr_t arch_address(const void *pointer);

/*
 * Write back what the caches hold of it and keep none of it, so that a core without caches reads
 * what we wrote, and does not find our lines in place of what it has written since when its caches,
 * coherent with ours, go on. QEMU has no caches: no test shows it.
 */
void arch_clean(const void *from, size_t size);

/* What this core has for hashing, as bits of OpenSSL's OPENSSL_armcap_P (its crypto/arm_arch.h). */
unsigned arch_openssl_abilities(void);

/*
 * Take @data into a CRC-32 by instructions of this core's, *value being as it is before its last
 * inversion. False: it has none, and nothing is done.
 */
bool arch_crc32(uint32_t *value, const uint8_t *data, size_t size);

/*
 * Leave the loader for good: caches written back, invalid and off, MMU off, interrupts masked, then
 * branch to @entry, in Thumb state if @thumb, with @argument where a function has its first one.
 */
void arch_enter(phys_addr_t entry, bool thumb, phys_addr_t argument) __attribute__((noreturn));

/* The same for Linux, with its device tree at @tree as its boot protocol has it. */
void arch_enter_linux(phys_addr_t entry, phys_addr_t tree) __attribute__((noreturn));

/* This core waits for what another one does: it may have ours to do it. */
void arch_relax(void);

/* Sleep for ever. */
void arch_park(void) __attribute__((noreturn));

#endif
