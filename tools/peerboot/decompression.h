/* SPDX-License-Identifier: BSD-2-Clause */
/* Decompression on the host: decompression_find() as the loader of a board would do it. */
#ifndef TOOLS_PEERBOOT_DECOMPRESSION_H
#define TOOLS_PEERBOOT_DECOMPRESSION_H

#include "tools/peerboot/command.h"

/* As in a loader with the feature, unless @o->no_decompression. */
void decompression_have(const struct options *o);

#endif
