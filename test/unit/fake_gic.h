/* SPDX-License-Identifier: BSD-2-Clause */
/* A memory map whose GICv2 is plain memory of the test's. */
#ifndef TEST_UNIT_FAKE_GIC_H
#define TEST_UNIT_FAKE_GIC_H

#include <stdint.h>

extern uint32_t fake_gicd[0x400], fake_gicc[0x400];

#define GIC_VERSION 2
#define GICD_BASE   ((uintptr_t)fake_gicd)
#define GICC_BASE   ((uintptr_t)fake_gicc)

#endif
