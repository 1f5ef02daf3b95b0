/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls of the firmware below us, by the SMC Calling Convention (Arm DEN 0028), 32-bit: by HVC, or
 * by SMC where we came in Hyp mode. In Secure state nobody is below us.
 */
#ifndef ARCH_SMCCC_H
#define ARCH_SMCCC_H

#include <stdbool.h>
#include <stdint.h>

#define SMCCC_NOT_SUPPORTED (-1)

bool smccc_is_there(void);

/* What the firmware answers in r0; SMCCC_NOT_SUPPORTED where there is none. */
int32_t smccc_call(uint32_t function, uint32_t a, uint32_t b, uint32_t c);

#endif
