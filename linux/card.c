// SPDX-License-Identifier: GPL-2.0-only
/* See card.h. */
#include <linux/blkdev.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kdev_t.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/pagemap.h>
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

struct disk {
	dev_t number;
	char path[sizeof(FOLDER) + DISK_NAME_LEN];
};

/* A disk comes before its partitions, which are its children. */
static int find_disk(struct device *dev, void *found)
{
	struct disk *disk = found;

	if (!dev->class || strcmp(dev->class->name, "block"))
		return device_for_each_child(dev, found, find_disk);
	disk->number = dev->devt;
	snprintf(disk->path, sizeof(disk->path), FOLDER "%s", dev_name(dev));
	return 1;
}

/* A name is whatever the caller's root and mounts make of it: the disk's number is not. */
static struct file *open_number(const struct disk *disk, int flags)
{
	struct file *file = filp_open(disk->path, flags | O_LARGEFILE, 0);

	if (IS_ERR(file))
		return file;
	if (S_ISBLK(file_inode(file)->i_mode) && file_inode(file)->i_rdev == disk->number)
		return file;
	filp_close(file, NULL);
	return ERR_PTR(-ENODEV);
}

static struct file *open_disk(int flags)
{
	struct device *dev = bus_find_device(&platform_bus_type, NULL, NULL, is_controller);
	struct disk disk;
	int found = dev ? device_for_each_child(dev, &disk, find_disk) : 0;

	put_device(dev);
	return found ? open_number(&disk, flags) : ERR_PTR(-ENODEV);
}

/*
 * As long as others have the disk open its page cache stays, and what could not be written stays
 * there as if it had been: only what comes from the card says what the card holds. What others have
 * still to write is written first, and is -EBUSY if it can't be.
 */
static int drop_cached(struct file *disk, loff_t at, size_t size)
{
	loff_t last = at + size - 1;
	int ret = filemap_fdatawrite_range(disk->f_mapping, at, last);

	return ret ? ret :
		     invalidate_inode_pages2_range(disk->f_mapping, at >> PAGE_SHIFT,
						   last >> PAGE_SHIFT);
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
	done = drop_cached(disk, at, size);
	if (!done)
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
	done = drop_cached(disk, at, size); /* a larger block's rest is written, too */
	if (!done)
		done = kernel_write(disk, from, size, &at);
	if (done != size)
		drop_cached(disk, offset, size); /* for others: card_read() does it by itself */
	filp_close(disk, NULL);
	return done == size ? 0 :
			      error_set(e, E_FLASH_WRITE, "%s: %#llx: %zd", s->name, offset, done);
}

const struct storage card_storage = { "card", card_read, card_write };
