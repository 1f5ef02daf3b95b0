// SPDX-License-Identifier: BSD-2-Clause
/* Linux's side: ask the sensor for ten readings, and print them. */
#include <fcntl.h>
#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *find(const char *pattern)
{
	glob_t found;

	/* The firmware announces its channel some time after Linux' module is there: for ten seconds try again. */
	for (int tries = 0; glob(pattern, 0, NULL, &found); tries++) {
		if (tries == 100) {
			fprintf(stderr, "reader: there is no %s\n", pattern);
			exit(1);
		}
		usleep(100000);
	}
	return found.gl_pathv[0];
}

static void put(const char *file, const char *text)
{
	FILE *f = fopen(file, "w");

	if (f) {
		fputs(text, f);
		fclose(f);
	}
}

int main(void)
{
	char path[256], text[512];
	unsigned char wanted = 10;
	char *channel = find("/sys/bus/rpmsg/devices/*.sensor.*");
	int device;
	ssize_t size;

	/* A channel of this name is no driver's: rpmsg_char takes it if it is told to. */
	snprintf(path, sizeof(path), "%s/driver_override", channel);
	put(path, "rpmsg_chrdev");
	put("/sys/bus/rpmsg/drivers/rpmsg_chrdev/bind", basename(channel));
	snprintf(path, sizeof(path), "%s/rpmsg/rpmsg*", channel);
	snprintf(path, sizeof(path), "/dev/%s", basename(find(path)));

	device = open(path, O_RDWR);
	if (device < 0 || write(device, &wanted, 1) != 1) {
		perror(path);
		return 1;
	}
	while (wanted-- && (size = read(device, text, sizeof(text))) > 0)
		fwrite(text, 1, (size_t)size, stdout);
	return 0;
}
