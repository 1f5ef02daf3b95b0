/* SPDX-License-Identifier: GPL-2.0-only */
/* How each kind of doorbell is found out how to ring: see doorbell_init_send(). */
#ifndef DOORBELL_LINUX_KINDS_H
#define DOORBELL_LINUX_KINDS_H

#include <linux/types.h>

struct peer_link;

int gic_sgi_init(struct peer_link *link, const u32 cell[2]);
int gic_spi_init(struct peer_link *link, const u32 cell[2]);

/* Likewise ours, to be taken back: see doorbell_init_receive(). */
int adma_init(struct peer_link *link, const u32 cell[2]);

#endif
