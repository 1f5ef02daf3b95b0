/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef IMAGES_MASTER_MASTER_H
#define IMAGES_MASTER_MASTER_H

#include "resource_table/table.h"

/* Open the link that the filled-in @table describes first. E_TABLE_BROKEN. */
int master_open(const struct table *table, struct error *e);

/* Be its master, and send back what comes over channel "rpmsg-raw". */
void master_serve(void) __attribute__((noreturn));

#endif
