// SPDX-License-Identifier: BSD-2-Clause
/*
 * Send messages to a peer that answers each by the same bytes, and compare: every byte, every
 * size, and the order. Over an RPMsg character device, over an endpoint made for the purpose, or
 * as a stream over an RPMsg tty. Never waits for ever.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "lib/endpoint.h"
#include "lib/pattern.h"
#include "lib/timing.h"

#define SIZE_MAX_MESSAGE 496 /* a buffer of 512 bytes without RPMsg's header */
#define BUSY_WAIT_MS	 5   /* until a transmit buffer may have come back */

struct echo {
	const char *device;
	const char *endpoint; /* NAME,SRC,DST: make one through the device, a /dev/rpmsg_ctrlN */
	bool tty;
	bool timed;
	struct pattern pattern;
	uint32_t count;
	uint32_t window; /* messages in flight at most */
	int timeout_ms;	 /* without any progress */

	struct timing timing; /* if it is timed */
	int fd;
	uint32_t sent, received, bad;
	unsigned long long bytes; /* received */
	uint8_t out[SIZE_MAX_MESSAGE];
	size_t out_size, out_done; /* out_done < out_size: a tty took a part only */
	uint8_t expected[SIZE_MAX_MESSAGE];
	size_t expected_size, expected_done; /* of message number `received` */
	bool expected_bad;
};

static bool is_busy(int error)
{
	/* virtio_rpmsg_bus says ENOMEM when every transmit buffer is at the peer */
	return error == EAGAIN || error == ENOMEM || error == EINTR;
}

/* Send while the window is open. -1 with errno if the device fails. */
static int send_some(struct echo *e)
{
	while (e->sent < e->count && e->sent - e->received < e->window) {
		ssize_t n;

		if (e->out_done == e->out_size) {
			e->out_size = pattern_fill(&e->pattern, e->sent, e->out);
			e->out_done = 0;
		}
		if (e->timed && !e->out_done)
			timing_sent(&e->timing, e->sent);
		n = write(e->fd, e->out + e->out_done, e->out_size - e->out_done);
		if (n < 0)
			return is_busy(errno) ? 0 : -1;
		if (n == 0)
			return 0;
		e->out_done += (size_t)n;
		if (e->out_done == e->out_size)
			e->sent++;
	}
	return 0;
}

static void expect_next(struct echo *e)
{
	e->expected_size = pattern_fill(&e->pattern, e->received, e->expected);
	e->expected_done = 0;
	e->expected_bad = false;
}

static void close_message(struct echo *e)
{
	if (e->timed)
		timing_received(&e->timing, e->received);
	e->received++;
	e->bad += e->expected_bad;
	expect_next(e);
}

static void take_message(struct echo *e, const uint8_t *data, size_t size)
{
	e->expected_bad = size != e->expected_size || memcmp(data, e->expected, size);
	close_message(e);
}

static void take_stream(struct echo *e, const uint8_t *data, size_t size)
{
	while (size > 0 && e->received < e->sent + (e->out_done < e->out_size)) {
		size_t left = e->expected_size - e->expected_done;
		size_t part = size < left ? size : left;

		if (memcmp(data, e->expected + e->expected_done, part))
			e->expected_bad = true;
		e->expected_done += part;
		data += part;
		size -= part;
		if (e->expected_done == e->expected_size)
			close_message(e);
	}
	if (size > 0)
		e->bad++; /* more than was sent */
}

/* Read what is there. -1 with errno if the device fails. */
static int receive_some(struct echo *e)
{
	uint8_t data[SIZE_MAX_MESSAGE + 16];
	ssize_t n;

	while (e->received < e->count) {
		n = read(e->fd, data, sizeof(data));
		if (n < 0)
			return is_busy(errno) ? 0 : -1;
		if (n == 0)
			return 0;
		e->bytes += (unsigned long long)n;
		if (e->tty)
			take_stream(e, data, (size_t)n);
		else
			take_message(e, data, (size_t)n);
	}
	return 0;
}

/* 0 when all has come back or nothing has for the timeout; -1 with errno if the device fails. */
static int run(struct echo *e)
{
	int idle_ms = 0;

	expect_next(e);
	while (e->received < e->count && idle_ms < e->timeout_ms) {
		struct pollfd pfd = { .fd = e->fd, .events = POLLIN };
		uint32_t sent = e->sent, received = e->received;
		bool blocked;
		int ready;

		if (send_some(e))
			return -1;
		/* The bus has no POLLOUT: if a buffer is what we wait for, look again soon. */
		blocked = e->sent < e->count && e->sent - e->received < e->window;
		ready = poll(&pfd, 1, blocked ? BUSY_WAIT_MS : 100);
		if (ready < 0 && errno != EINTR)
			return -1;
		if (ready > 0 && (pfd.revents & (POLLERR | POLLHUP | POLLNVAL))) {
			errno = EPIPE;
			return -1;
		}
		if (ready > 0 && receive_some(e))
			return -1;
		if (e->sent != sent || e->received != received)
			idle_ms = 0;
		else if (ready == 0)
			idle_ms += blocked ? BUSY_WAIT_MS : 100;
	}
	return 0;
}

static int open_raw_tty(const char *device)
{
	int fd = open(device, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	struct termios t;

	if (fd < 0 || tcgetattr(fd, &t))
		return -1;
	cfmakeraw(&t);
	t.c_cc[VMIN] = 1;
	t.c_cc[VTIME] = 0;
	if (tcsetattr(fd, TCSANOW, &t) || tcflush(fd, TCIOFLUSH))
		return -1;
	return fd;
}

static uint32_t number(const char *text, uint32_t min, uint32_t max, const char *what)
{
	char *end;
	unsigned long value;

	errno = 0;
	value = strtoul(text, &end, 0);
	if (errno || end == text || *end || value < min || value > max) {
		fprintf(stderr, "rpmsg-echo: %s must be %u to %u, not \"%s\"\n", what, min, max,
			text);
		exit(2);
	}
	return (uint32_t)value;
}

static const struct option options[] = {
	{ "list", no_argument, NULL, 'l' },	      { "tty", no_argument, NULL, 't' },
	{ "endpoint", required_argument, NULL, 'e' }, { "count", required_argument, NULL, 'n' },
	{ "min", required_argument, NULL, 'm' },      { "max", required_argument, NULL, 'M' },
	{ "seed", required_argument, NULL, 's' },     { "window", required_argument, NULL, 'w' },
	{ "time", no_argument, NULL, 'c' },	      { "timeout", required_argument, NULL, 'T' },
	{ "help", no_argument, NULL, 'h' },	      { NULL, 0, NULL, 0 }
};

static const char usage[] =
	"usage: rpmsg-echo [options] DEVICE\n"
	"       rpmsg-echo --list\n"
	"\n"
	"Send messages to a peer that echoes, compare the answers, print one line:\n"
	"  rpmsg-echo: DEVICE sent N received N bad N bytes N [ns N p50 N p99 N max N]\n"
	"Exit status 0 if all came back intact and in order, 1 if not, 2 for wrong usage.\n"
	"\n"
	"  --list           show each RPMsg device, its link and channel, one a line\n"
	"  --tty            DEVICE is a tty: raw mode, messages become a stream\n"
	"  --endpoint NAME,SRC,DST\n"
	"                   DEVICE is a /dev/rpmsg_ctrlN: make this endpoint (SRC may be any)\n"
	"  --count N        messages (100)\n"
	"  --min N --max N  bytes of a message (1 to 496)\n"
	"  --seed N         of sizes and content (1)\n"
	"  --window N       messages in flight at most (8)\n"
	"  --time           say how long all took, and how long single messages, in nanoseconds: the\n"
	"                   median, the time within which 99 of 100 were back, and the longest\n"
	"  --timeout MS     give up after so long without progress (5000)\n";

static void parse(struct echo *e, int argc, char **argv)
{
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (option) {
		case 'l':
			exit(endpoint_list() ? 1 : 0);
		case 't':
			e->tty = true;
			break;
		case 'e':
			e->endpoint = optarg;
			break;
		case 'n':
			e->count = number(optarg, 1, UINT32_MAX, "--count");
			break;
		case 'm':
			e->pattern.min = number(optarg, 1, SIZE_MAX_MESSAGE, "--min");
			break;
		case 'M':
			e->pattern.max = number(optarg, 1, SIZE_MAX_MESSAGE, "--max");
			break;
		case 's':
			e->pattern.seed = number(optarg, 0, UINT32_MAX, "--seed");
			break;
		case 'w':
			e->window = number(optarg, 1, 1024, "--window");
			break;
		case 'c':
			e->timed = true;
			break;
		case 'T':
			e->timeout_ms = (int)number(optarg, 1, 3600000, "--timeout");
			break;
		case 'h':
			fputs(usage, stdout);
			exit(0);
		default:
			fputs(usage, stderr);
			exit(2);
		}
	}
	if (optind != argc - 1 || e->pattern.min > e->pattern.max || (e->tty && e->endpoint)) {
		fputs(usage, stderr);
		exit(2);
	}
	e->device = argv[optind];
}

int main(int argc, char **argv)
{
	struct echo e = {
		.pattern = { .seed = 1, .min = 1, .max = SIZE_MAX_MESSAGE },
		.count = 100,
		.window = 8,
		.timeout_ms = 5000,
	};
	int failed;

	parse(&e, argc, argv);
	if (e.endpoint)
		e.fd = endpoint_open(e.device, e.endpoint);
	else if (e.tty)
		e.fd = open_raw_tty(e.device);
	else
		e.fd = open(e.device, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	failed = e.fd < 0 || (e.timed && timing_begin(&e.timing, e.count, e.window)) || run(&e);
	if (failed)
		fprintf(stderr, "rpmsg-echo: %s: %s\n", e.device, strerror(errno));
	printf("rpmsg-echo: %s sent %u received %u bad %u bytes %llu", e.device, e.sent, e.received,
	       e.bad, e.bytes);
	if (e.timed && e.received == e.count)
		timing_end(&e.timing);
	putchar('\n');
	if (e.endpoint && e.fd >= 0)
		endpoint_destroy(e.fd);
	return failed || e.received != e.count || e.bad ? 1 : 0;
}
