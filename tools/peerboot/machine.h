/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine that a boot image meets on the host: a stretch of memory that stands for the board's
 * flash and RAM, in which the loader's own stages run. What arch/arch.h, boot/board.h,
 * boot/console.h and boot/record.h ask of a board is answered here.
 */
#ifndef TOOLS_PEERBOOT_MACHINE_H
#define TOOLS_PEERBOOT_MACHINE_H

#include "boot/boot.h"
#include "tools/peerboot/command.h"

/* What of the board's console is seen; errors always are, on standard error. */
struct machine_console {
	FILE *plan;   /* the plan's table; NULL: dropped */
	FILE *record; /* likewise */
};

/*
 * Put @o->file into the flash of @o->board, @o->fdt to where the board has its tree, and boot up
 * to where cores would start. An error is reported as the board does. Exits if files can't be
 * read.
 */
enum status machine_boot(const struct options *o, const struct machine_console *console,
			 struct boot *boot, struct error *e);

#endif
