/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is this a whole, well-formed flattened device tree? Header, blocks in their places, every tag,
 * nesting, names and property lengths, strings: all that libfdt's fdt_check_full() refuses is
 * refused. Beyond that, as the Devicetree Specification 0.4 (chapter 5) wants it: version 17, one
 * root, properties before sub-nodes, and the depth is bounded. Pure; reads nothing outside @tree.
 */
#ifndef FDT_CHECK_H
#define FDT_CHECK_H

#include "base/bytes.h"
#include "base/error.h"

#define FDT_DEPTH_MAX 32 /* nodes from the root down, itself included */

/*
 * @what names the tree in errors: "manifest", "board's device tree". @tree may be longer than the
 * tree says; it must lie at a multiple of 8, as libfdt demands (E_FDT_BROKEN too if it does not).
 * E_FDT_BROKEN.
 */
int fdt_check_tree(struct bytes tree, const char *what, struct error *e);

#endif
