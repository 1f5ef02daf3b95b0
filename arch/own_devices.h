/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * By `compatible`: devices that no driver shares out, since each core has its own; and what starts
 * cores. Linux's drivers/firmware/psci, drivers/clocksource/arm_arch_timer.c,
 * arch/arm/kernel/smp_twd.c.
 */
#ifndef ARCH_OWN_DEVICES_H
#define ARCH_OWN_DEVICES_H

#define ARCH_OWN_DEVICES                         \
	"arm,psci\0arm,psci-0.2\0arm,psci-1.0\0" \
	"arm,armv7-timer\0arm,armv8-timer\0"     \
	"arm,cortex-a5-twd-timer\0arm,cortex-a9-twd-timer\0"

#endif
