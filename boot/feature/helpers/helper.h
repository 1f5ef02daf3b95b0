/* SPDX-License-Identifier: BSD-2-Clause */
/* A helper between its architecture's code and helpers.c. */
#ifndef BOOT_FEATURE_HELPERS_HELPER_H
#define BOOT_FEATURE_HELPERS_HELPER_H

/*
 * Where a core begins that core_start() starts with its number as argument: arch/ARCH/helpers. It
 * takes its seat and looks at the gate (arch/seat.h), and with stacks, MMU and caches goes on in
 * helper_main().
 */
void helper_entry(void);

/* Take images until there are none, leave the seat, and switch the core off. */
void helper_main(unsigned n) __attribute__((noreturn));

#endif
