// SPDX-License-Identifier: GPL-2.0-only
/*
 * See update_place.h. A boot image is written from its start on: where a sector begins, it is
 * erased first. What is behind the image stays: the loader knows how long one is.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sched.h>

#include "driver/cfi_intel.h"

#include "flash_window.h"
#include "record.h"
#include "update_place.h"

#define WRITE_LIMIT_NS (10 * NSEC_PER_MSEC)
#define ERASE_LIMIT_NS (5ULL * NSEC_PER_SEC)

static DEFINE_MUTEX(place_lock);

static struct cfi_intel place = {
	.write_limit = WRITE_LIMIT_NS,
	.erase_limit = ERASE_LIMIT_NS,
};
static struct flash_window window = { .flash = &place, .name = "peerboot update" };

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
	int ret;

	if (!record_find("place for updates", &address, &size) ||
	    !record_find("sector of that place", &unused, &sector) || !sector)
		return ERR_PTR(-ENODEV);
	ret = flash_window_map(&window, address, size);
	if (ret)
		return ERR_PTR(ret);
	place.flash.sector = (u32)sector;
	place.buffer = cfi_intel_buffer(&place);
	image_attribute.size = size;
	return &image_attribute;
}

void update_place_release(void)
{
	flash_window_unmap(&window);
}
