/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What only a GICv2 has, or has where it has it (Arm IHI 0048B, 4.1.2, 4.1.3), for the assembler,
 * too; and which SGI is the monitor's kick.
 */
#ifndef DRIVER_GICV2_REGISTERS_H
#define DRIVER_GICV2_REGISTERS_H

#define GICD_CTLR      0x000
#define GICD_TYPER     0x004
#define GICD_ISENABLER 0x100
#define GICD_ICPENDR   0x280
#define GICD_ITARGETSR 0x800
#define GICD_SGIR      0xf00
#define GICD_CPENDSGIR 0xf10

#define GICC_CTLR  0x000
#define GICC_PMR   0x004
#define GICC_BPR   0x008
#define GICC_IAR   0x00c
#define GICC_EOIR  0x010
#define GICC_APR   0x0d0
#define GICC_NSAPR 0x0e0

#define GICV2_KICK 15

#endif
