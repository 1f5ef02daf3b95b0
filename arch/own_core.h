/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef ARCH_OWN_CORE_H
#define ARCH_OWN_CORE_H

/* The number in its cluster of the core that asks, the first being 0. */
unsigned own_core(void);

#endif
