/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BOOT_FEATURE_RECOVERY_RECEIVE_H
#define BOOT_FEATURE_RECOVERY_RECEIVE_H

#include "base/error.h"
#include "base/range.h"

/*
 * Receive one file by YMODEM over the console to the start of @room; @image becomes where it lies.
 * The errors of ymodem_byte(). In any case it is recorded, and the line is quiet behind it.
 */
int receive(struct range room, struct range *image, struct error *e);

#endif
