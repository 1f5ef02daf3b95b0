/* SPDX-License-Identifier: GPL-2.0-only */
/* The loader's boot record, for what in it is no mere message. */
#ifndef PEERBOOT_RECORD_H
#define PEERBOOT_RECORD_H

#include <linux/types.h>

/* Address and size of the first entry @what that is no error; false if there is none. */
bool record_find(const char *what, u64 *address, u64 *size);

#endif
