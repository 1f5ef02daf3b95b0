/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every board in boot/board/. Each board.c defines `board`; build.mk renames that to board_<name>
 * in the object, and BOARDS(X) is its list of names.
 */
#include <string.h>

#include "tools/peerboot/command.h"

#define X(name) extern const struct board board_##name;
BOARDS
#undef X

static const struct board *const boards[] = {
#define X(name) &board_##name,
	BOARDS
#undef X
};

const char *board_name(unsigned index)
{
	return index < sizeof(boards) / sizeof(boards[0]) ? boards[index]->name : NULL;
}

const struct board *board_find(const char *name)
{
	for (unsigned i = 0; board_name(i); i++)
		if (!strcmp(board_name(i), name))
			return boards[i];
	return NULL;
}
