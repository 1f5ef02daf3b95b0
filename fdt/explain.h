/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a device tree has in place of what an error misses: numbers to be mended, for programs that
 * have room to say them (base/explain.h, advises()).
 */
#ifndef FDT_EXPLAIN_H
#define FDT_EXPLAIN_H

#include "base/bytes.h"
#include "base/core.h"
#include "base/error.h"

/*
 * Go on with the sentence of E_FDT_BROKEN: cells that are none, of the root, /cpus and
 * /reserved-memory, and memory that wraps. Of E_CORE_ABSENT: those under /cpus that are none of
 * @cores. Nothing is said of a tree that is broken itself, nor of another error. The error's code.
 */
int tree_explain(struct bytes tree, const struct core_set *cores, struct error *e);

#endif
