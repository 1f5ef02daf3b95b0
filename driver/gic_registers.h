/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What of a GIC's registers its versions do not have in common, for the assembler, too: a version 2
 * (Arm IHI 0048B, 4.1.2, 4.1.3), a version 3 (IHI 0069, 12.9, 12.10); and which SGI is the
 * monitor's kick.
 */
#ifndef DRIVER_GIC_REGISTERS_H
#define DRIVER_GIC_REGISTERS_H

#define GICD_CTLR      0x000
#define GICD_RWP       (1u << 31) /* of GICD_CTLR, of a version 3: a write is still on its way */
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

#define GICD_IROUTER 0x6000 /* 64 bits of each, from interrupt 0 on */

/* Two frames of 64 KiB for each core, with virtual LPIs four; SGIs and PPIs are in the second. */
#define GICR_FRAME	0x10000
#define GICR_CTLR	0x000
#define GICR_RWP	(1u << 3)
#define GICR_TYPER	0x008
#define GICR_VLPIS_BIT	1
#define GICR_LAST_BIT	4
#define GICR_AFFINITY	0x00c /* of GICR_TYPER the upper half */
#define GICR_WAKER	0x014
#define GICR_SLEEP_BIT	1
#define GICR_ASLEEP_BIT 2
#define GICR_IGRPMODR	0xd00 /* this and the next: in the second frame */
#define GICR_NSACR	0xe00

#define GIC_KICK 15

#endif
