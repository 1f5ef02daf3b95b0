// SPDX-License-Identifier: GPL-2.0-only
/*
 * Says that this boot is a good one: with the loader's own code for its state in flash, which the
 * boot record says where to find. See slots.h.
 */
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sysfs.h>

#include "base/error.h"
#include "boot/feature/slots/policy.h"

#include "slots.h"
#include "state_flash.h"

static DEFINE_MUTEX(slots_lock); /* one command at a time */
static struct kobject *slots_kobject;
static const struct flash *slots_flash;

/* What a call of the state's functions has come to. */
static int as_errno(int result)
{
	switch (result) {
	case 0:
		return 0;
	case SLOTS_NEW:
		return -ENODATA; /* nobody knows what was booted */
	case E_STORAGE_MISSING:
		return -ENODEV;
	default:
		return -EIO;
	}
}

static int read_state(struct slots_state *s)
{
	int result;

	mutex_lock(&slots_lock);
	result = slots_state_read(slots_flash, s);
	mutex_unlock(&slots_lock);
	return as_errno(result);
}

static ssize_t booted_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct slots_state s;
	int ret = read_state(&s);

	return ret ? ret : sysfs_emit(buf, "%c\n", 'a' + s.booted);
}

static ssize_t minimum_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct slots_state s;
	int ret = read_state(&s);

	return ret ? ret : sysfs_emit(buf, "%u\n", s.minimum);
}

static ssize_t confirm_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct slots_state s;
	int ret = read_state(&s);

	return ret ? ret : sysfs_emit(buf, "%d\n", s.status[s.booted] == SLOT_CONFIRMED);
}

static ssize_t confirm_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			     size_t count)
{
	struct slots_state s;
	int result;
	bool yes;

	if (kstrtobool(buf, &yes) || !yes)
		return -EINVAL; /* there is no way back */
	mutex_lock(&slots_lock);
	result = slots_state_read(slots_flash, &s);
	if (!result && policy_confirm(&s))
		result = slots_state_write(slots_flash, &s);
	mutex_unlock(&slots_lock);
	return result ? as_errno(result) : count;
}

static struct kobj_attribute booted_attribute = __ATTR_RO(booted);
static struct kobj_attribute minimum_attribute = __ATTR_RO(minimum);
static struct kobj_attribute confirm_attribute = __ATTR_RW_MODE(confirm, 0600);

static struct attribute *slots_attributes[] = {
	&booted_attribute.attr,
	&minimum_attribute.attr,
	&confirm_attribute.attr,
	NULL,
};

/* On a card whoever reads has to be allowed to open the disk, too: root. */
static umode_t visible(struct kobject *kobj, struct attribute *attr, int index)
{
	return state_flash_is_mapped() ? attr->mode : attr->mode & ~0077;
}

static const struct attribute_group slots_group = {
	.is_visible = visible,
	.attrs = slots_attributes,
};

void slots_create(void)
{
	int ret;

	slots_flash = state_flash_find();
	ret = PTR_ERR_OR_ZERO(slots_flash);
	if (!ret) {
		slots_kobject = kobject_create_and_add("peerboot", firmware_kobj);
		ret = slots_kobject ? sysfs_create_group(slots_kobject, &slots_group) : -ENOMEM;
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
	state_flash_release();
}
