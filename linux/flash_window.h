/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory-mapped flash that is this module's alone, for the loader's own driver of it. */
#ifndef PEERBOOT_FLASH_WINDOW_H
#define PEERBOOT_FLASH_WINDOW_H

#include <linux/types.h>

struct cfi_intel;
struct resource;

struct flash_window {
	struct cfi_intel *flash; /* its base and clock are set here */
	const char *name;
	struct resource *region;
};

/* 0, -ENODEV (it is not where the driver reaches), -EBUSY (another driver has it), -ENOMEM. */
int flash_window_map(struct flash_window *window, u64 address, u64 size);

/* Also of one that was not, or only in part. */
void flash_window_unmap(struct flash_window *window);

#endif
