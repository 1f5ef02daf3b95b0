/* SPDX-License-Identifier: BSD-2-Clause */
/* Where test_versal_rpu.c has what is in the chip; included where there is nothing else yet. */
extern uint32_t versal_crl[], versal_vectors[];
#define CRL_BASE     ((uintptr_t)versal_crl)
#define VECTORS_BASE ((uintptr_t)versal_vectors)
