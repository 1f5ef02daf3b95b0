/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The real-time cores of AMD's Versal, two Cortex-R5F, by their resets (AMD AM012, CRL.RST_CPU_R5).
 * They begin at 0, where VECTORS_BASE of memory_map.h is DDR for both: what leads them to their
 * images is brought there (arch/armv7-r/vectors.h).
 *
 * As QEMU has it, in split mode; in silicon they also have to be powered and set up, and see their
 * TCMs at 0, until this is done by other firmware, which is asked over its IPI.
 */
#ifndef DRIVER_VERSAL_RPU_H
#define DRIVER_VERSAL_RPU_H

#include "driver/core_ops.h"

#define VERSAL_RPU_ID 0x100 /* of its first core: MPIDR's affinity */

/* E_CORE_START: it is none of the two, or runs. */
extern const struct core_ops versal_rpu_ops;

#endif
