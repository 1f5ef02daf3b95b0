/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls of the firmware below us, by the SMC Calling Convention (Arm DEN 0028): by HVC, or by SMC
 * where we came in Hyp mode or EL2. In Secure state nobody is below us.
 */
#ifndef ARCH_SMCCC_H
#define ARCH_SMCCC_H

#include <stdbool.h>
#include <stdint.h>

#define SMCCC_NOT_SUPPORTED (-1)
/* In the number of a function whose arguments are addresses: they have 64 bits on 64-bit cores. */
#define SMCCC_WORD (UINTPTR_MAX > UINT32_MAX ? 1u << 30 : 0)

bool smccc_is_there(void);

/* What the firmware answers; SMCCC_NOT_SUPPORTED where there is none. */
int32_t smccc_call(uint32_t function, uintptr_t a, uintptr_t b, uintptr_t c);

#endif
