/* SPDX-License-Identifier: BSD-2-Clause */
/* Signatures on the host: trust() as the command line says. */
#ifndef TOOLS_PEERBOOT_SIGNATURE_H
#define TOOLS_PEERBOOT_SIGNATURE_H

#include "tools/peerboot/command.h"

/*
 * With @o->keys built in; without, it is a loader without the feature. Exits if they are no keys.
 */
void signature_trust(const struct options *o);

#endif
