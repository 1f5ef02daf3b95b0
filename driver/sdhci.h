/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SD cards behind an SD host controller (SD Host Controller Simplified Specification 3.00), by
 * programmed input and output: Arasan's and others that keep to it, and i.MX's uSDHC, which has
 * some fields elsewhere (i.MX 6Dual/6Quad Reference Manual, chapter 67). Cards of version 2 and
 * later, and SDSC of version 1, by the Physical Layer Simplified Specification 3.01; four data
 * lines, 25 MHz.
 */
#ifndef DRIVER_SDHCI_H
#define DRIVER_SDHCI_H

#include <stdbool.h>

#include "driver/storage.h"

struct sdhci {
	struct storage storage; /* first; with the functions below */
	volatile uint32_t *base;
	uint32_t clock; /* Hz that the controller divides for the card */
	bool is_usdhc;
	uint64_t (*ticks)(void); /* a counter; the card gets so many for any one thing: */
	uint64_t patience;
	/* by sdhci_start() */
	bool started;
	bool by_block; /* the card counts blocks, not bytes */
	uint32_t card; /* its address, << 16 */
};

/*
 * Find the card and have it ready to be read; again, after it has failed. E_STORAGE_MISSING: none
 * answers, or not as a card of these versions.
 */
int sdhci_start(struct sdhci *s, struct error *e);

/* As storage.h has them; they start the card if nobody has. */
int sdhci_read(const struct storage *s, uint64_t offset, void *to, size_t size, struct error *e);

int sdhci_write(const struct storage *s, uint64_t offset, const void *from, size_t size,
		struct error *e);

#endif
