/* SPDX-License-Identifier: BSD-2-Clause */
/* Is an image what it is used as? By what its node in the FIT says, and of trees by their magic. */
#ifndef BOOT_IMAGE_USE_H
#define BOOT_IMAGE_USE_H

#include "boot/image/fit.h"

enum image_use {
	USE_PROGRAM, /* whatever a core enters, or an ELF for its table */
	USE_RAMDISK,
	USE_TREE,
	USE_KERNEL, /* Linux */
	USE_NONE,   /* of these */
};

/*
 * Does the node's `type` say another use, or its `os` that it is another's kernel? E_IMAGE_FORMAT.
 * What it does not say is no fault. Has what is used as a tree, and is unpacked by now, a tree's
 * magic? E_FDT_BROKEN.
 */
int use_check(const struct fit_image *node, enum image_use use, struct error *e);

/* Is it a program that may be anything, by its type "standalone" or "firmware"? */
bool use_is_any_program(const struct fit_image *node);

/*
 * Is it for another processor than @arch, "arm" or "arm64"? Not if it does not say.
 */
bool use_is_for_others(const struct fit_image *node, const char *arch);

#endif
