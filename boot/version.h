/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_VERSION_H
#define BOOT_VERSION_H

/* As tools/version says it: "0.9.0-g0123abcd", a + behind it if the tree had changes. */
extern const char peerboot_version[];

#endif
