/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * i.MX6's System Reset Controller (i.MX 6Dual/6Quad Reference Manual, chapter 60), at SRC_BASE of
 * the board's memory_map.h: it switches all cores but the first.
 */
#ifndef DRIVER_IMX_SRC_H
#define DRIVER_IMX_SRC_H

#include "driver/core_ops.h"

/* A core comes in Secure Supervisor mode. The first one can't be started, and stays on. */
extern const struct core_ops imx_src_ops;

#endif
