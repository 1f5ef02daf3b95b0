// SPDX-License-Identifier: GPL-2.0-only
/* Our doorbell, where it is the interrupt of a DMA channel: a level, which is taken back there. */
#include <linux/io.h>

#include "doorbell/adma.h"
#include "doorbell/linux/kinds.h"

#include "doorbell.h"
#include "link.h"

/* Before anything is looked at: what is done later rings anew. */
static void take_back(const struct doorbell *d)
{
	writel(readl(d->take_register), d->take_register);
	readl(d->take_register); /* the level is down before the interrupt is over */
}

int adma_init(struct peer_link *link, const u32 cell[2])
{
	struct doorbell *d = &link->doorbell;
	void __iomem *channel = devm_ioremap(link->dev, cell[1], ADMA_SIZE);

	if (!channel)
		return -ENOMEM;
	d->take_register = channel + ADMA_ISR;
	d->take_back = take_back;
	return 0;
}
