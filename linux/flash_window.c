// SPDX-License-Identifier: GPL-2.0-only
/* See flash_window.h. */
#include <linux/errno.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/ktime.h>
#include <linux/limits.h>

#include "driver/cfi_intel.h"

#include "flash_window.h"

static u64 now_ns(void)
{
	return ktime_get_ns();
}

int flash_window_map(struct flash_window *window, u64 address, u64 size)
{
	if (address + size > U32_MAX)
		return -ENODEV;
	window->region = request_mem_region(address, size, window->name);
	if (!window->region)
		return -EBUSY;
	/* As plain memory: the code that it is for is the loader's, and knows no __iomem. */
	window->flash->base = (volatile u32 __force *)ioremap(address, size);
	window->flash->ticks = now_ns;
	return window->flash->base ? 0 : -ENOMEM;
}

void flash_window_unmap(struct flash_window *window)
{
	if (window->flash->base)
		iounmap((void __iomem __force *)window->flash->base);
	window->flash->base = NULL;
	if (window->region)
		release_mem_region(window->region->start, resource_size(window->region));
	window->region = NULL;
}
