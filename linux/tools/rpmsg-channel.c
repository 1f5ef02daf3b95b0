// SPDX-License-Identifier: BSD-2-Clause
/* Make a channel of Linux's own through a link's control device, or have it go again. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lib/endpoint.h"

static const char usage[] =
	"usage: rpmsg-channel make CONTROL NAME,SRC,DST\n"
	"       rpmsg-channel release CONTROL NAME,SRC,DST\n"
	"\n"
	"CONTROL is a /dev/rpmsg_ctrlN, an address a number or \"any\". The peer is told of a channel with\n"
	"an address of its own when a driver is bound to it, and when it goes.\n";

int main(int argc, char **argv)
{
	int failed;

	if (argc == 4 && !strcmp(argv[1], "make")) {
		failed = channel_make(argv[2], argv[3]);
	} else if (argc == 4 && !strcmp(argv[1], "release")) {
		failed = channel_release(argv[2], argv[3]);
	} else {
		fputs(usage, stderr);
		return 2;
	}
	if (failed)
		fprintf(stderr, "rpmsg-channel: %s: %s\n", argv[3], strerror(errno));
	return failed ? 1 : 0;
}
