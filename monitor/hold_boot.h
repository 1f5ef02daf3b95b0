/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The call by which Linux's stm32_rproc has the hold-boot bit of a core written where that register
 * is the Secure world's (drivers/remoteproc/stm32_rproc.c, stm32_rproc_set_hold_boot()): r1
 * HOLD_BOOT_WRITE, r2 which register, r3 the bit. 0: it was done; else an answer of LIFE_….
 *
 * On an STM32MP1 (RM0436, RCC_MP_GCR.BOOT_MCU) a core boots while its bit is 1, and a reset, which
 * is no call, has it begin anew, or stop if the bit is 0. So of calls alone there is seen
 *
 *	start	1, then 0
 *	stop	0
 *	attach	0
 *	detach	1
 *
 * Who writes 1 lets go of the core, which starts if it has stopped, with what Linux has loaded. The
 * next 0 ends that, and is a Linux's first one if it attaches; any other 0 stops it.
 */
#ifndef MONITOR_HOLD_BOOT_H
#define MONITOR_HOLD_BOOT_H

#define HOLD_BOOT_CALL	0x82001000u /* STM32_SMC_RCC */
#define HOLD_BOOT_WRITE 1	    /* STM32_SMC_REG_WRITE */

#endif
