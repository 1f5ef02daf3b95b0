// SPDX-License-Identifier: GPL-2.0-only
/*
 * See update_place.h. A boot image is written from its start on: where a sector begins, it is
 * erased first. What is behind the image stays: the loader knows how long one is.
 */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>

#include "driver/cfi_intel.h"

#include "record.h"
#include "update_place.h"

#define WRITE_LIMIT_NS (10 * NSEC_PER_MSEC)
#define ERASE_LIMIT_NS (5ULL * NSEC_PER_SEC)

static DEFINE_MUTEX(place_lock);
static struct resource *region;

static u64 now_ns(void)
{
	return ktime_get_ns();
}

static struct cfi_intel place = {
	.ticks = now_ns,
	.write_limit = WRITE_LIMIT_NS,
	.erase_limit = ERASE_LIMIT_NS,
};

/* Up to the end of a sector, which is erased if it begins here; how many bytes, or an error. */
static int write_some(u32 at, const u8 *data, size_t size)
{
	const u32 sector = place.flash.sector;
	size_t done = 0;
	int result = at % sector ? 0 : cfi_intel_erase(&place.flash, at);

	size = min_t(size_t, size, sector - at % sector);
	while (!result && done < size) {
		result = cfi_intel_write_bytes(&place.flash, at + done, data + done, size - done);
		if (result < 0)
			break;
		done += result;
		result = 0;
	}
	cond_resched();
	return result < 0 ? -EIO : done;
}

static ssize_t image_write(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			   char *buf, loff_t at, size_t count)
{
	size_t done = 0;
	int ret = 0;

	if (at % sizeof(u32))
		return -EINVAL;
	mutex_lock(&place_lock);
	while (done < count) {
		ret = write_some((u32)at + done, (u8 *)buf + done, count - done);
		if (ret < 0)
			break;
		done += ret;
	}
	mutex_unlock(&place_lock);
	return ret < 0 ? ret : count;
}

static struct bin_attribute image_attribute = {
	.attr = { .name = "image", .mode = 0200 },
	.write = image_write,
};

struct bin_attribute *update_place_find(void)
{
	u64 address, size, unused, sector;

	if (!record_find("place for updates", &address, &size) || address + size > U32_MAX ||
	    !record_find("sector of that place", &unused, &sector) || !sector)
		return ERR_PTR(-ENODEV);
	region = request_mem_region(address, size, "peerboot update");
	if (!region)
		return ERR_PTR(-EBUSY);
	/* As plain memory: the code that it is for is the loader's, and knows no __iomem. */
	place.base = (volatile u32 __force *)ioremap(address, size);
	if (!place.base)
		return ERR_PTR(-ENOMEM);
	place.flash.sector = (u32)sector;
	place.buffer = cfi_intel_buffer(&place);
	image_attribute.size = size;
	return &image_attribute;
}

void update_place_release(void)
{
	if (place.base)
		iounmap((void __iomem __force *)place.base);
	place.base = NULL;
	if (region)
		release_mem_region(region->start, resource_size(region));
	region = NULL;
}
