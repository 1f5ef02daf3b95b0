// SPDX-License-Identifier: BSD-2-Clause
/*
 * A program that is in the middle of everything when its link goes: it waits for a message that
 * never comes, and has the control device open, too. When the link has gone, it asks that device
 * for a channel nevertheless, which has to be refused.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/rpmsg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "lib/endpoint.h"

static const char usage[] =
	"usage: rpmsg-hold CONTROL\n"
	"\n"
	"Ends when the endpoint does: with 0 if the device then does nothing.\n";

int main(int argc, char **argv)
{
	struct rpmsg_endpoint_info info = { .src = RPMSG_ADDR_ANY, .dst = 1 };
	int control, fd, refused;
	char what[64], byte;
	ssize_t n;

	if (argc != 2) {
		fputs(usage, stderr);
		return 2;
	}
	snprintf(what, sizeof(what), "hold-%u,any,1", (unsigned int)getpid());
	snprintf(info.name, sizeof(info.name), "after-%u", (unsigned int)getpid());
	control = open(argv[1], O_RDWR | O_CLOEXEC);
	fd = control < 0 ? -1 : endpoint_open(argv[1], what);
	if (fd < 0) {
		fprintf(stderr, "rpmsg-hold: %s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	printf("rpmsg-hold: %s: waiting\n", argv[1]);
	fflush(stdout);
	fcntl(fd, F_SETFL, 0); /* wait */
	n = read(fd, &byte, 1);
	printf("rpmsg-hold: %s: %s\n", argv[1], n < 0 ? strerror(errno) : "a message");
	sleep(3); /* until everything has gone that can go while we have it open */
	refused = ioctl(control, RPMSG_CREATE_DEV_IOCTL, &info) < 0;
	printf("rpmsg-hold: %s: a channel is %s\n", argv[1], refused ? "refused" : "made");
	close(fd);
	close(control);
	return !refused;
}
