/* SPDX-License-Identifier: BSD-2-Clause */
/* The console as a line to wait on: bytes with a limit of time. */
#ifndef BOOT_FEATURE_RECOVERY_SERIAL_H
#define BOOT_FEATURE_RECOVERY_SERIAL_H

#include "base/bytes.h"

/* The next byte, or -1 if none comes within @wait_ms; or by a time, whatever came before. */
int serial_get(unsigned wait_ms);
int serial_get_by(uint64_t time);

/* The time in @wait_ms, in clock_ticks(). */
uint64_t serial_time_in(unsigned wait_ms);

void serial_put(struct bytes data);

/* Throw away what still comes, until the line is quiet; that may take seconds, but no more. */
void serial_drain(void);

#endif
