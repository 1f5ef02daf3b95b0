/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In which state the core came to us; it decides whom PSCI is asked of, and how Linux is entered.
 * Kept in TPIDRPRW, since it is known before there is memory.
 */
#ifndef ARCH_ARMV7_A_ENTRY_STATE_H
#define ARCH_ARMV7_A_ENTRY_STATE_H

#define ENTRY_NON_SECURE 0 /* Supervisor mode below somebody's hypervisor */
#define ENTRY_HYP	 1
#define ENTRY_SECURE	 2 /* Supervisor mode, and nobody below */

#endif
