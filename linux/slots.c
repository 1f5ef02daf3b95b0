// SPDX-License-Identifier: GPL-2.0-only
/* Says that this boot is a good one, and asks for another. See slots.h. */
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/sysfs.h>

#include "boot_state.h"
#include "slots.h"
#include "update_place.h"

static DEFINE_MUTEX(slots_lock); /* one command at a time */
static struct kobject *slots_kobject;
static const struct boot_state_keeper *keeper;

static int read_state(struct boot_state *s)
{
	int ret;

	mutex_lock(&slots_lock);
	ret = keeper->read(s);
	mutex_unlock(&slots_lock);
	return ret;
}

static ssize_t booted_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct boot_state s;
	int ret = read_state(&s);

	return ret ? ret : sysfs_emit(buf, "%c\n", 'a' + s.booted);
}

static ssize_t minimum_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct boot_state s;
	int ret = read_state(&s);

	return ret ? ret : sysfs_emit(buf, "%u\n", s.minimum);
}

static ssize_t confirm_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct boot_state s;
	int ret = read_state(&s);

	return ret ? ret : sysfs_emit(buf, "%d\n", s.confirmed);
}

/* There is no way back from either. */
static ssize_t order(int (*what)(void), const char *buf, size_t count)
{
	bool yes;
	int ret;

	if (kstrtobool(buf, &yes) || !yes)
		return -EINVAL;
	mutex_lock(&slots_lock);
	ret = what();
	mutex_unlock(&slots_lock);
	return ret ? ret : count;
}

static ssize_t confirm_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			     size_t count)
{
	return order(keeper->confirm, buf, count);
}

static ssize_t update_show(struct kobject *kobj, struct kobj_attribute *attr, char *buf)
{
	struct boot_state s;
	int ret = read_state(&s);

	return ret ? ret : sysfs_emit(buf, "%d\n", s.update);
}

static ssize_t update_store(struct kobject *kobj, struct kobj_attribute *attr, const char *buf,
			    size_t count)
{
	return order(keeper->update, buf, count);
}

static struct kobj_attribute booted_attribute = __ATTR_RO(booted);
static struct kobj_attribute minimum_attribute = __ATTR_RO(minimum);
static struct kobj_attribute confirm_attribute = __ATTR_RW_MODE(confirm, 0600);
static struct kobj_attribute update_attribute = __ATTR_RW_MODE(update, 0600);

static struct attribute *slots_attributes[] = {
	&booted_attribute.attr,
	&minimum_attribute.attr,
	&confirm_attribute.attr,
	&update_attribute.attr,
	NULL,
};

static umode_t visible(struct kobject *kobj, struct attribute *attr, int index)
{
	if (attr == &update_attribute.attr && !keeper->update)
		return 0;
	return attr->mode & (keeper->mode | 0200);
}

/* Without it, because another driver has that flash, say, a boot is confirmed all the same. */
static void create_image(void)
{
	struct bin_attribute *image = keeper->update ? update_place_find() : ERR_PTR(-ENODEV);
	int ret = PTR_ERR_OR_ZERO(image);

	if (!ret)
		ret = sysfs_create_bin_file(slots_kobject, image);
	if (!ret || ret == -ENODEV)
		return;
	update_place_release();
	pr_warn("peerboot: no place to write updates to: %d\n", ret);
}

static const struct attribute_group slots_group = {
	.is_visible = visible,
	.attrs = slots_attributes,
};

void slots_create(void)
{
	int ret;

	keeper = boot_state_find_monitor();
	if (IS_ERR(keeper))
		keeper = boot_state_find_flash();
	ret = PTR_ERR_OR_ZERO(keeper);
	if (!ret) {
		slots_kobject = kobject_create_and_add("peerboot", firmware_kobj);
		ret = slots_kobject ? sysfs_create_group(slots_kobject, &slots_group) : -ENOMEM;
	}
	if (!ret) {
		create_image();
		return;
	}
	slots_destroy();
	if (ret != -ENODEV)
		pr_warn("peerboot: boot state can't be shown nor confirmed: %d\n", ret);
}

void slots_destroy(void)
{
	kobject_del(slots_kobject); /* with its files, and their last user */
	kobject_put(slots_kobject);
	slots_kobject = NULL;
	boot_state_release_flash();
	update_place_release();
}
