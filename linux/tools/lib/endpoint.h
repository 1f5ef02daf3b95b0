/* SPDX-License-Identifier: BSD-2-Clause */
/* Linux's RPMsg devices, by sysfs and by the ioctls of linux/rpmsg.h. */
#ifndef ENDPOINT_H
#define ENDPOINT_H

/*
 * Print a line for every RPMsg character device, control device and tty of a peerboot link:
 *	link=LINK device=/dev/NAME channel=NAME src=ADDRESS dst=ADDRESS
 * LINK is its name, as in debugfs: b, or b-1 for a second link to b. An address is decimal, or
 * "any". 0, or -1 with errno.
 */
int endpoint_list(void);

/*
 * Make the endpoint that @what ("NAME,SRC,DST"; an address may be "any") describes through the
 * control device @control, and open its character device for non-blocking use. The file
 * descriptor, or -1 with errno. A NAME must not be in use on the same link.
 */
int endpoint_open(const char *control, const char *what);

/*
 * Destroy such an endpoint and close @fd. One that the kernel is taking away is only closed: in
 * rpmsg_char nothing keeps both from doing it at once, and that ends badly (Linux 6.1 to 6.12). Who
 * ends a master's link, which takes its control device along, had better just close.
 */
void endpoint_destroy(int fd);

/*
 * Make the channel that @what describes, as above, a device for drivers to bind to; or have it go
 * again. With an address of its own, the peer is told of it once a driver is bound. 0, or -1 with
 * errno.
 */
int channel_make(const char *control, const char *what);
int channel_release(const char *control, const char *what);

#endif
