/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which loader of a board the host's command speaks for: by default one with all features that
 * change what boots, but signatures, or else that of a name or a file.
 */
#ifndef TOOLS_PEERBOOT_LOADER_H
#define TOOLS_PEERBOOT_LOADER_H

#include <stdio.h>

#include "boot/feature/signature/trust.h"
#include "tools/peerboot/command.h"

/*
 * Speak for the loader @o->loader of @o->board: the name of one that make builds, or a file with
 * one in it (.bin, .elf or a flash image), whose features, keys and lowest version count. Exits if
 * there is none, or if it is another board's. NULL: for one with all features that some loader of
 * the board has.
 */
void loader_choose(struct options *o);

/* Exits if @file, the start of @o->file, has a loader of another board. */
void loader_refuse_other(const struct options *o, struct bytes file);

/* "a loader with decompression and overlays", and how it was chosen, without a line's end. */
void loader_print(FILE *to, const struct options *o);

#endif
