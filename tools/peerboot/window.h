/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A window of the host's memory that stands for all the addresses of a 32-bit board; arch_pointer()
 * and arch_address() go through it. Nothing in it can be touched until it is made flash or RAM.
 */
#ifndef TOOLS_PEERBOOT_WINDOW_H
#define TOOLS_PEERBOOT_WINDOW_H

#include <stdbool.h>

#include "base/range.h"

/* Exits if the host has not that much. @fault is called for an access to what is not there. */
void window_open(void (*fault)(phys_addr_t address));

/* @r: whole pages of the host. Reads as zero at first. */
void window_make_writable(struct range r);
void window_make_read_only(struct range r);

/*
 * @r gets what is in a file of exactly its size; false if @path is none. It is not read but mapped:
 * who looks at little of it takes little time. The file does not change.
 */
bool window_put_file(struct range r, const char *path);

#endif
