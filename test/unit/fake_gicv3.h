/* SPDX-License-Identifier: BSD-2-Clause */
/* A memory map whose GICv3 is plain memory of the test's: the distributor and a core's frames. */
#ifndef TEST_UNIT_FAKE_GICV3_H
#define TEST_UNIT_FAKE_GICV3_H

#include <stdint.h>

extern uint32_t fake_gicd[0x4000], fake_gicr[0x8000];

#define GIC_VERSION 3
#define GICD_BASE   ((uintptr_t)fake_gicd)
#define GICR_BASE   ((uintptr_t)fake_gicr)

#endif
