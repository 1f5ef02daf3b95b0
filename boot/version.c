/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/version.h"

#include VERSION_HEADER /* tools/version writes it */

const char peerboot_version[] = PEERBOOT_VERSION;
