// SPDX-License-Identifier: GPL-2.0-only
/*
 * Says that this boot is a good one: with the loader's own code for its state in flash, which the
 * boot record says where to find. See slots.h.
 */
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/kobject.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sysfs.h>

#include "boot/feature/slots/policy.h"
#include "driver/cfi_intel.h"

#include "record.h"
#include "slots.h"

#define WRITE_LIMIT_NS (2 * NSEC_PER_MSEC)
#define ERASE_LIMIT_NS (5ULL * NSEC_PER_SEC)

static DEFINE_MUTEX(slots_lock); /* one command at a time */
static struct kobject *slots_kobject;
static struct resource *slots_region;

static u64 now_ns(void)
{
	return ktime_get_ns();
}

static struct cfi_intel slots_flash = {
	.flash = { .read = cfi_intel_read, .write = cfi_intel_write, .erase = cfi_intel_erase },
	.ticks = now_ns,
	.write_limit = WRITE_LIMIT_NS,
	.erase_limit = ERASE_LIMIT_NS,
};

static bool read_state(struct slots_state *s)
{
	bool found;

	mutex_lock(&slots_lock);
	found = !slots_state_read(&slots_flash.flash, s);
	mutex_unlock(&slots_lock);
	return found;
}

static ssize_t booted_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct slots_state s;

	return read_state(&s) ? sysfs_emit(buf, "%c\n", 'a' + s.booted) : -ENODATA;
}

static ssize_t minimum_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct slots_state s;

	return read_state(&s) ? sysfs_emit(buf, "%u\n", s.minimum) : -ENODATA;
}

static ssize_t confirm_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct slots_state s;

	if (!read_state(&s))
		return -ENODATA;
	return sysfs_emit(buf, "%d\n", s.status[s.booted] == SLOT_CONFIRMED);
}

static ssize_t confirm_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			     size_t count)
{
	struct slots_state s;
	ssize_t ret = count;
	bool yes;

	if (kstrtobool(buf, &yes) || !yes)
		return -EINVAL; /* there is no way back */
	mutex_lock(&slots_lock);
	if (slots_state_read(&slots_flash.flash, &s))
		ret = -ENODATA; /* nobody knows what was booted */
	else if (policy_confirm(&s) && slots_state_write(&slots_flash.flash, &s))
		ret = -EIO;
	mutex_unlock(&slots_lock);
	return ret;
}

static struct kobj_attribute booted_attribute = __ATTR_RO(booted);
static struct kobj_attribute minimum_attribute = __ATTR_RO(minimum);
static struct kobj_attribute confirm_attribute = __ATTR_RW_MODE(confirm, 0600);

static const struct attribute *const slots_attributes[] = {
	&booted_attribute.attr,
	&minimum_attribute.attr,
	&confirm_attribute.attr,
	NULL,
};

/* The flash as plain memory: the code that it is for is the loader's, and knows no __iomem. */
static int map_flash(void)
{
	u64 address, size;

	/* The state knows of the slot that was booted before: this system came from none. */
	if (record_find("boot image in memory", &address, &size))
		return -ENODEV;
	if (!record_find("slot state", &address, &size) || address + size > U32_MAX)
		return -ENODEV;
	slots_region = request_mem_region(address, size, "peerboot slot state");
	if (!slots_region)
		return -EBUSY;
	slots_flash.base = (volatile u32 __force *)ioremap(address, size);
	slots_flash.flash.sector = (u32)size / SLOTS_SECTORS;
	return slots_flash.base ? 0 : -ENOMEM;
}

void slots_create(void)
{
	int ret = map_flash();

	if (!ret) {
		slots_kobject = kobject_create_and_add("peerboot", firmware_kobj);
		ret = slots_kobject ? sysfs_create_files(slots_kobject, slots_attributes) : -ENOMEM;
	}
	if (!ret)
		return;
	slots_destroy();
	if (ret != -ENODEV)
		pr_warn("peerboot: boot state can't be shown nor confirmed: %d\n", ret);
}

void slots_destroy(void)
{
	kobject_del(slots_kobject); /* with its files, and their last user */
	kobject_put(slots_kobject);
	slots_kobject = NULL;
	if (slots_flash.base)
		iounmap((void __iomem __force *)slots_flash.base);
	slots_flash.base = NULL;
	if (slots_region)
		release_mem_region(slots_region->start, resource_size(slots_region));
	slots_region = NULL;
}
