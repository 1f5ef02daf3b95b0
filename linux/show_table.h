/* SPDX-License-Identifier: GPL-2.0-only */
/* A resource table as text. */
#ifndef PEERBOOT_SHOW_TABLE_H
#define PEERBOOT_SHOW_TABLE_H

#include <linux/types.h>

struct seq_file;

/* @data: a private copy of @owner's table, so that it holds still; need not be a good one. */
void show_table(struct seq_file *s, void *data, size_t size, const char *owner);

#endif
