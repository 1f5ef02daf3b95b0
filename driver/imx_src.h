/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * i.MX6's System Reset Controller (i.MX 6Dual/6Quad Reference Manual, chapter 60), at SRC_BASE of
 * the board's memory_map.h: it switches all cores but the first.
 */
#ifndef DRIVER_IMX_SRC_H
#define DRIVER_IMX_SRC_H

#include <stdbool.h>

#include "base/core.h"
#include "base/error.h"
#include "base/range.h"

/* See board_core_start(). The core comes in Secure Supervisor mode. E_CORE_START. */
int imx_src_core_start(core_id_t core, phys_addr_t entry, bool thumb, phys_addr_t argument,
		       struct error *e);

bool imx_src_core_is_off(core_id_t core);

/* Switch @core off; the first one stays on. */
void imx_src_core_off(core_id_t core);

#endif
