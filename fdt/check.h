/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this a whole, well-formed flattened device tree? Header, blocks in their places, every tag,
 * nesting, names and property lengths, strings, as libfdt's fdt_check_full() looks at them, and
 * the depth is bounded. Pure; reads nothing outside @tree.
 */
#ifndef FDT_CHECK_H
#define FDT_CHECK_H

#include "base/bytes.h"
#include "base/error.h"

/* @what names the tree in errors: "manifest", "board's device tree". E_FDT_BROKEN. */
int fdt_check_tree(struct bytes tree, const char *what, struct error *e);

#endif
