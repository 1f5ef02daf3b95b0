// SPDX-License-Identifier: GPL-2.0-only
/* See card.h. */
#include <linux/blkdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/string.h>

#include "card.h"

#define FOLDER "/dev/"

static u64 controller;

void card_set_controller(u64 address)
{
	controller = address;
}

static int is_controller(struct device *dev, const void *unused)
{
	struct resource *registers =
		platform_get_resource(to_platform_device(dev), IORESOURCE_MEM, 0);

	return registers && registers->start == controller;
}

/* A disk comes before its partitions, which are its children. */
static int find_disk(struct device *dev, void *name)
{
	if (!dev->class || strcmp(dev->class->name, "block"))
		return device_for_each_child(dev, name, find_disk);
	strscpy(name, dev_name(dev), DISK_NAME_LEN);
	return 1;
}

static struct file *open_disk(int flags)
{
	struct device *dev = bus_find_device(&platform_bus_type, NULL, NULL, is_controller);
	char path[sizeof(FOLDER) + DISK_NAME_LEN] = FOLDER;
	int found = dev ? device_for_each_child(dev, path + strlen(FOLDER), find_disk) : 0;

	put_device(dev);
	return found ? filp_open(path, flags | O_LARGEFILE, 0) : ERR_PTR(-ENODEV);
}

static int missing(const struct storage *s, long why, struct error *e)
{
	return error_set(e, E_STORAGE_MISSING, "%s at %#llx: %ld", s->name, controller, why);
}

static int card_read(const struct storage *s, u64 offset, void *to, size_t size, struct error *e)
{
	struct file *disk = open_disk(O_RDONLY);
	loff_t at = offset;
	ssize_t done;

	if (IS_ERR(disk))
		return missing(s, PTR_ERR(disk), e);
	done = kernel_read(disk, to, size, &at);
	filp_close(disk, NULL);
	return done == size ? 0 :
			      error_set(e, E_STORAGE_READ, "%s: %#llx: %zd", s->name, offset, done);
}

static int card_write(const struct storage *s, u64 offset, const void *from, size_t size,
		      struct error *e)
{
	struct file *disk = open_disk(O_WRONLY | O_DSYNC);
	loff_t at = offset;
	ssize_t done;

	if (IS_ERR(disk))
		return missing(s, PTR_ERR(disk), e);
	done = kernel_write(disk, from, size, &at);
	filp_close(disk, NULL);
	return done == size ? 0 :
			      error_set(e, E_FLASH_WRITE, "%s: %#llx: %zd", s->name, offset, done);
}

const struct storage card_storage = { "card", card_read, card_write };
