/* SPDX-License-Identifier: BSD-2-Clause */
/* One entry of a resource table in words. */
#ifndef TOOLS_PEERBOOT_TABLE_ENTRY_H
#define TOOLS_PEERBOOT_TABLE_ENTRY_H

#include "base/bytes.h"
#include "resource_table/table.h"

/*
 * Print the entry at @offset of @table, as many lines as it takes; the first goes on where the
 * caller's ended. Reads what is there, however broken it is; what entries are to each other, @read
 * says, the same table as the loader reads it. @vdevs counts the vdevs so far.
 */
void table_entry_print(struct bytes table, uint32_t offset, const struct table *read,
		       unsigned *vdevs);

#endif
