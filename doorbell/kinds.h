/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kinds of doorbells, as manifests, link resources and device trees number them. What the cells
 * behind a kind mean, only the kind's own files know. Plain numbers, for device-tree sources too.
 */
#ifndef DOORBELL_KINDS_H
#define DOORBELL_KINDS_H

#define DOORBELL_NONE	 0 /* the end polls */
#define DOORBELL_SGI	 1 /* of an Arm GIC: gic.h */
#define DOORBELL_SPI	 2
#define DOORBELL_IPCC	 3 /* of an STM32MP1, or what Linux takes for it: ipcc.h */
#define DOORBELL_COUNTED 4 /* of these a board says how many it has */
#define DOORBELL_ADMA	 4 /* an SPI that a channel of a Versal's DMA controller makes: adma.h */
#define DOORBELL_KINDS	 5

#endif
