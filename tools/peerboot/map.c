/* SPDX-License-Identifier: BSD-2-Clause */
/* peerboot map: peerboot-map, which lies beside this program, draws the plan from its JSON. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tools/peerboot/file.h"
#include "tools/peerboot/machine.h"
#include "tools/peerboot/plan_view.h"

#define DRAWER "peerboot-map"

extern char **environ;

static void find_drawer(char path[PATH_MAX + sizeof(DRAWER)])
{
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
	char *slash;

	path[length < 0 ? 0 : length] = '\0';
	slash = strrchr(path, '/');
	if (!slash)
		die("map: where is this program? %s", strerror(errno));
	strcpy(slash + 1, DRAWER);
	if (access(path, X_OK))
		die("map: %s: %s; `make install-tool` puts it there", path, strerror(errno));
}

/* Start the drawer, its standard input as a file to write to. */
static FILE *start_drawer(const char *output, pid_t *drawer)
{
	char path[PATH_MAX + sizeof(DRAWER)], name[] = DRAWER, option[] = "-o";
	char *arguments[] = { name, output ? option : NULL, (char *)(uintptr_t)output, NULL };
	posix_spawn_file_actions_t actions;
	int ends[2], error;
	FILE *to;

	find_drawer(path);
	/* The drawer's end may have number 0 already, where our own standard input was closed. */
	if (pipe2(ends, O_CLOEXEC))
		die("map: no pipe: %s", strerror(errno));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
	error = posix_spawn(drawer, path, &actions, NULL, arguments, environ);
	if (error)
		die("map: %s can't be run: %s (it needs /usr/bin/python3)", path, strerror(error));
	posix_spawn_file_actions_destroy(&actions);
	close(ends[0]);
	to = fdopen(ends[1], "w");
	if (!to)
		die("map: nothing can be written to %s: %s", DRAWER, strerror(errno));
	return to;
}

static enum status map(const struct options *o)
{
	static struct boot boot;
	static struct error e;
	const struct machine_console console = { 0 };
	enum status status = machine_boot(o, &console, &boot, &e);
	int ended = 0;
	pid_t drawer;
	FILE *to;

	if (status == STATUS_USAGE)
		return status;
	signal(SIGPIPE, SIG_IGN); /* a drawer that ends early says why itself */
	to = start_drawer(o->output, &drawer);
	plan_write_json(to, o->file, &boot, &e);
	fclose(to);
	while (waitpid(drawer, &ended, 0) < 0 && errno == EINTR)
		;
	/* Of a plan that is refused it says so, too. */
	return WIFEXITED(ended) && WEXITSTATUS(ended) <= STATUS_REFUSED ? status : STATUS_USAGE;
}

const struct command map_command = {
	.name = "map",
	.operand = "IMAGE",
	.letters = "bcfkLmow",
	.summary = "Draw the memory map as SVG, with what overlaps marked",
	.run = map,
};
