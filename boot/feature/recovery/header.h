/* SPDX-License-Identifier: BSD-2-Clause */
/* What YMODEM's block 0 says of the file that follows. Pure. */
#ifndef BOOT_FEATURE_RECOVERY_HEADER_H
#define BOOT_FEATURE_RECOVERY_HEADER_H

#include "base/bytes.h"
#include "base/error.h"

struct file_header {
	char name[48]; /* cut off if longer, fit for a console; empty: there is no more file */
	bool has_size;
	uint32_t size; /* bytes */
};

/*
 * The name and its NUL, then the size in decimal up to a blank or NUL, or nothing; what is behind
 * is of no interest. E_TRANSFER_HEADER: a name without an end, or a size that is no number or not
 * of 32 bits.
 */
int header_read(struct file_header *h, struct bytes block, struct error *e);

#endif
