/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is new in Linux's tree, node by node: written, or compared with what was, by whoever asks
 * for the same in the same order. Without an output, nothing is written and nothing can be wrong. A
 * lack of room is an error at the output's end: what was too much may yet be left out.
 */
#ifndef FDT_LINUX_TREE_OUT_H
#define FDT_LINUX_TREE_OUT_H

#include "fdt/linux_tree.h"

#define OUT_CELLS 16 /* of a property, at most */

void out_begin(struct edit *edit, const char *name);
void out_end(struct edit *edit);
void out_property(struct edit *edit, const char *name, const void *data, size_t size);
void out_cells(struct edit *edit, const char *name, const uint32_t *cell, unsigned count);
void out_string(struct edit *edit, const char *name, const char *value);
/* The node gets a phandle, this one. */
uint32_t out_phandle(struct edit *edit);
/* Interrupts of the node, and of what is in it, are the links' controller's. */
void out_interrupt_parent(struct edit *edit);
/* That of a region, by its index. */
uint32_t out_region(const struct edit *edit, unsigned region);
/* Cells that an address has in children of the root. */
unsigned out_address_cells(const struct edit *edit);

#endif
