/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Doorbells of an Arm GIC, version 2 (Arm IHI 0048B) or 3 (IHI 0069): the cells and the
 * controllers. For loader, host command, images and Linux module alike.
 *
 * DOORBELL_SGI, a software-generated interrupt:
 *	cell 0	its number, 0 to 15
 *	cell 1	the cores to wake, as ICC_SGI1R has them: bits 15:0 a mask by affinity level 0,
 *		23:16 level 1, 31:24 level 2. On a GICv2 these two are 0, and the mask is one of CPU
 *		interfaces, of which there are eight.
 * DOORBELL_SPI, a shared peripheral interrupt that somebody makes pending:
 *	cell 0	its number, from 0 (interrupt 32)
 *	cell 1	0
 */
#ifndef DOORBELL_GIC_H
#define DOORBELL_GIC_H

/* By `compatible`: those of Linux's drivers/irqchip/irq-gic.c, and of irq-gic-v3.c. */
#define GIC_V3(X) X("arm,gic-v3")
#define GIC_V2(X)               \
	X("arm,gic-400")        \
	X("arm,cortex-a15-gic") \
	X("arm,cortex-a9-gic")  \
	X("arm,cortex-a7-gic")  \
	X("arm,pl390")          \
	X("qcom,msm-8660-qgic") \
	X("qcom,msm-qgic2")

#define GIC_CELLS 3 /* of `interrupts`: 0 for an SPI, its number, how it is triggered */

#define GIC_SGIS_MAX  16
#define GIC_SPI_FIRST 32 /* the interrupt that SPI 0 is */
#define GIC_SPIS_MAX  988

#endif
