/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt controllers that can ring doorbells: a write to GICD_SGIR or GICD_ISPENDR of Arm IHI
 * 0048B does it. Those of Linux's drivers/irqchip/irq-gic.c, by `compatible`; with 3 interrupt
 * cells. For loader, host command and Linux module alike.
 */
#ifndef RESOURCE_TABLE_DOORBELL_GIC_H
#define RESOURCE_TABLE_DOORBELL_GIC_H

#define DOORBELL_GICS(X)        \
	X("arm,gic-400")        \
	X("arm,cortex-a15-gic") \
	X("arm,cortex-a9-gic")  \
	X("arm,cortex-a7-gic")  \
	X("arm,pl390")          \
	X("qcom,msm-8660-qgic") \
	X("qcom,msm-qgic2")

#define DOORBELL_GIC_CELLS 3 /* 0 for an SPI, its number, how it is triggered */

#endif
