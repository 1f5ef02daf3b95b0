// SPDX-License-Identifier: BSD-2-Clause
/* Linux's RPMsg devices. See endpoint.h. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/rpmsg.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "endpoint.h"

#define ATTRIBUTE_MAX 64

struct sysfs_device {
	char path[PATH_MAX];
	char link[ATTRIBUTE_MAX];
	char channel[ATTRIBUTE_MAX];
	char src[ATTRIBUTE_MAX], dst[ATTRIBUTE_MAX];
};

/* The first line of @folder/@name; false, and "" in @value, if there is none. */
static bool read_attribute(const char *folder, const char *name, char value[ATTRIBUTE_MAX])
{
	char path[PATH_MAX + ATTRIBUTE_MAX];
	FILE *f;

	value[0] = '\0';
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "re");
	if (!f)
		return false;
	if (fgets(value, ATTRIBUTE_MAX, f))
		value[strcspn(value, "\n")] = '\0';
	fclose(f);
	return value[0] != '\0';
}

/* A character device has the attribute itself, a tty or control device its RPMsg device has. */
static void read_either(const char *folder, const char *name, char value[ATTRIBUTE_MAX])
{
	char parent[PATH_MAX];

	if (read_attribute(folder, name, value))
		return;
	snprintf(parent, sizeof(parent), "%.*s/device", PATH_MAX - 16, folder);
	read_attribute(parent, name, value);
}

static void read_address(const char *folder, const char *name, char value[ATTRIBUTE_MAX])
{
	unsigned int address;

	read_either(folder, name, value);
	address = (unsigned int)strtoll(value, NULL, 0); /* decimal, hexadecimal, or -1 */
	if (!value[0] || address == RPMSG_ADDR_ANY)
		strcpy(value, "any");
	else
		snprintf(value, ATTRIBUTE_MAX, "%u", address);
}

/*
 * A link's device is the nearest ancestor whose device-tree node names a peer; it is called link-b.
 */
static bool find_link(const char *path, char link[ATTRIBUTE_MAX])
{
	char folder[PATH_MAX], peer[ATTRIBUTE_MAX];
	char *slash;

	snprintf(folder, sizeof(folder), "%s", path);
	while ((slash = strrchr(folder, '/')) && slash != folder) {
		*slash = '\0';
		if (!read_attribute(folder, "of_node/peerboot,peer", peer))
			continue;
		slash = strrchr(folder, '/') + 1;
		snprintf(link, ATTRIBUTE_MAX, "%.*s", ATTRIBUTE_MAX - 1,
			 strncmp(slash, "link-", 5) ? slash : slash + 5);
		return true;
	}
	return false;
}

static bool read_device(const char *class, const char *name, struct sysfs_device *d)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "/sys/class/%s/%s", class, name);
	if (!realpath(path, d->path) || !find_link(d->path, d->link))
		return false;
	read_either(d->path, "name", d->channel);
	read_address(d->path, "src", d->src);
	read_address(d->path, "dst", d->dst);
	return true;
}

static const struct device_class {
	const char *class, *prefix;
} device_classes[] = {
	{ "rpmsg", "rpmsg" },
	{ "tty", "ttyRPMSG" },
};

static int by_number(const struct dirent **a, const struct dirent **b)
{
	return strverscmp((*a)->d_name, (*b)->d_name);
}

int endpoint_list(void)
{
	size_t i;

	for (i = 0; i < sizeof(device_classes) / sizeof(device_classes[0]); i++) {
		const struct device_class *c = &device_classes[i];
		struct dirent **entry;
		struct sysfs_device d;
		char path[PATH_MAX];
		int n, count;

		snprintf(path, sizeof(path), "/sys/class/%s", c->class);
		count = scandir(path, &entry, NULL, by_number);
		for (n = 0; n < count; n++) {
			const char *name = entry[n]->d_name;

			if (!strncmp(name, c->prefix, strlen(c->prefix)) &&
			    read_device(c->class, name, &d))
				printf("link=%s device=/dev/%s channel=%s src=%s dst=%s\n", d.link,
				       name, d.channel, d.src, d.dst);
			free(entry[n]);
		}
		if (count >= 0)
			free(entry);
		else if (errno != ENOENT) /* no class: its module is not loaded */
			return -1;
	}
	return 0;
}

static bool parse_address(const char *text, __u32 *address)
{
	char *end;

	*address = RPMSG_ADDR_ANY;
	if (!strcmp(text, "any"))
		return true;
	errno = 0;
	*address = (__u32)strtoul(text, &end, 0);
	return !errno && end != text && !*end;
}

static bool parse_info(const char *what, struct rpmsg_endpoint_info *info)
{
	char src[16], dst[16];

	memset(info, 0, sizeof(*info));
	return sscanf(what, "%31[^,],%15[^,],%15[^,]", info->name, src, dst) == 3 &&
	       parse_address(src, &info->src) && parse_address(dst, &info->dst);
}

/* Open the character device of channel @name on @link. */
static int open_named(const char *link, const char *name)
{
	struct dirent **entry;
	struct sysfs_device d;
	char path[PATH_MAX];
	int count = scandir("/sys/class/rpmsg", &entry, NULL, by_number);
	int fd = -1, n;

	errno = ENODEV;
	for (n = 0; n < count; n++) {
		if (fd < 0 && read_device("rpmsg", entry[n]->d_name, &d) && !strcmp(d.link, link) &&
		    !strcmp(d.channel, name)) {
			snprintf(path, sizeof(path), "/dev/%s", entry[n]->d_name);
			fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
		}
		free(entry[n]);
	}
	if (count >= 0)
		free(entry);
	return fd;
}

/* One of the control device's ioctls, about what @info says. 0, or -1 with errno. */
static int ask_control(const char *control, unsigned long request,
		       const struct rpmsg_endpoint_info *info)
{
	int fd = open(control, O_RDWR | O_CLOEXEC), ret;

	if (fd < 0)
		return -1;
	ret = ioctl(fd, request, info);
	close(fd);
	return ret ? -1 : 0;
}

static int ask_about(const char *control, unsigned long request, const char *what)
{
	struct rpmsg_endpoint_info info;

	if (parse_info(what, &info))
		return ask_control(control, request, &info);
	errno = EINVAL;
	return -1;
}

int channel_make(const char *control, const char *what)
{
	return ask_about(control, RPMSG_CREATE_DEV_IOCTL, what);
}

int channel_release(const char *control, const char *what)
{
	return ask_about(control, RPMSG_RELEASE_DEV_IOCTL, what);
}

int endpoint_open(const char *control, const char *what)
{
	const char *base = strrchr(control, '/');
	struct rpmsg_endpoint_info info;
	struct sysfs_device d;

	if (!parse_info(what, &info)) {
		errno = EINVAL;
		return -1;
	}
	if (!read_device("rpmsg", base ? base + 1 : control, &d)) {
		errno = ENODEV;
		return -1;
	}
	if (ask_control(control, RPMSG_CREATE_EPT_IOCTL, &info))
		return -1;
	return open_named(d.link, info.name);
}

static bool is_gone(int fd)
{
	struct pollfd pfd = { .fd = fd };

	return poll(&pfd, 1, 0) == 1 && (pfd.revents & POLLERR);
}

void endpoint_destroy(int fd)
{
	if (!is_gone(fd))
		ioctl(fd, RPMSG_DESTROY_EPT_IOCTL);
	close(fd);
}
