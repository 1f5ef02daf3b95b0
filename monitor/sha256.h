/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef MONITOR_SHA256_H
#define MONITOR_SHA256_H

#include <stdint.h>

#include "base/bytes.h"
#include "monitor/config.h"

void monitor_sha256(struct bytes of, uint8_t hash[KEPT_HASH]);

#endif
