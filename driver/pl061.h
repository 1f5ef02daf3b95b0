/* SPDX-License-Identifier: BSD-2-Clause */
/* Arm's PL061, eight lines of general purpose (Arm DDI 0190B). */
#ifndef DRIVER_PL061_H
#define DRIVER_PL061_H

#include <stdint.h>

/* Drive @line, 0 to 7, of the one at @base high. Others stay as they are. */
void pl061_raise(uintptr_t base, unsigned line);

#endif
