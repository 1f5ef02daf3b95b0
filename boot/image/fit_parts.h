/* SPDX-License-Identifier: BSD-2-Clause */
/* What fit.c, the tree of a FIT, and fit_data.c, the data of its images, have of each other. */
#ifndef BOOT_IMAGE_FIT_PARTS_H
#define BOOT_IMAGE_FIT_PARTS_H

#include "boot/image/fit.h"

#define ERASED	    0xff
#define ERASED_TAIL 16 /* bytes; no tree ends in so many 0xff, erased flash does */

const char *fit_node_name(const struct fit *fit, int node);

/* By the whole name: fdt_subnode_offset() would take "kernel@1" for "kernel". */
int fit_child(const struct fit *fit, int parent, const char *name);

/* A number of one or two cells; false if @property is absent, an error if it is no number. */
bool fit_number(struct bytes property, const char *name, uint64_t *value, struct error *e);

/* The data of an image that is wanted, and was written with the tree: see fit_image(). */
int fit_data_take(const struct fit *fit, int node, struct bytes *data, struct error *e);

/*
 * Compare an image's @data with every other's in the slot: two images may have the same data, but
 * not overlap in part. Data in properties can't, and is left out. @size becomes at least the end of
 * the last image's, for which @data may be none. An image whose own data is wrong is stepped over:
 * that matters to who wants it.
 */
int fit_data_compare(const struct fit *fit, struct bytes data, size_t *size, struct error *e);

#endif
