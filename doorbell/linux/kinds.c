// SPDX-License-Identifier: GPL-2.0-only
#include <linux/errno.h>

#include "doorbell/kinds.h"
#include "doorbell/linux/kinds.h"

#include "doorbell.h"

int doorbell_init_send(struct peer_link *link, u32 kind, const u32 cell[2])
{
	switch (kind) {
	case DOORBELL_NONE:
		return 0;
	case DOORBELL_SGI:
		return gic_sgi_init(link, cell);
	case DOORBELL_SPI:
		return gic_spi_init(link, cell);
	}
	return -EINVAL;
}

int doorbell_init_receive(struct peer_link *link, u32 kind, const u32 cell[2])
{
	return kind == DOORBELL_ADMA ? adma_init(link, cell) : -EINVAL;
}
