// SPDX-License-Identifier: BSD-2-Clause
/* Send one message to an address of a peer and print its answer. Waits for it, but not for ever. */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/endpoint.h"

#define MESSAGE_MAX 496
#define TIMEOUT_MS  5000

static const char usage[] =
	"usage: rpmsg-command [--no-answer | --last] CONTROL ADDRESS TEXT\n"
	"\n"
	"Make an endpoint through CONTROL, a /dev/rpmsg_ctrlN, send TEXT from there to the peer's\n"
	"ADDRESS and print the answer. Exit status 0 if there was one, or if none is wanted.\n"
	"\n"
	"  --no-answer  wait for none\n"
	"  --last       TEXT ends the link, and all that was made through CONTROL goes with it: wait for\n"
	"               no answer, and leave the endpoint to that end\n";

static int tell(int fd, const char *text)
{
	ssize_t n = write(fd, text, strlen(text));

	return n >= 0 && (size_t)n == strlen(text) ? 0 : -1;
}

static int ask(int fd, const char *text, char *answer, size_t room)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	ssize_t n;

	if (tell(fd, text))
		return -1;
	errno = ETIMEDOUT;
	n = poll(&pfd, 1, TIMEOUT_MS) == 1 ? read(fd, answer, room - 1) : -1;
	if (n < 0)
		return -1;
	answer[n] = '\0';
	return 0;
}

int main(int argc, char **argv)
{
	char what[64], answer[MESSAGE_MAX + 1];
	bool last = argc > 1 && !strcmp(argv[1], "--last");
	bool answered = !last && (argc < 2 || strcmp(argv[1], "--no-answer") != 0);
	int fd, failed;

	if (!answered) {
		argv++;
		argc--;
	}
	if (argc != 4 || strlen(argv[3]) > MESSAGE_MAX || strlen(argv[2]) > 16) {
		fputs(usage, stderr);
		return 2;
	}
	snprintf(what, sizeof(what), "command-%u,any,%s", (unsigned int)getpid(), argv[2]);
	fd = endpoint_open(argv[1], what);
	failed = fd < 0 ||
		 (answered ? ask(fd, argv[3], answer, sizeof(answer)) : tell(fd, argv[3]));
	if (failed)
		fprintf(stderr, "rpmsg-command: %s: %s\n", argv[1], strerror(errno));
	else if (answered)
		printf("%s\n", answer);
	if (fd >= 0 && last)
		close(fd);
	else if (fd >= 0)
		endpoint_destroy(fd);
	return failed;
}
