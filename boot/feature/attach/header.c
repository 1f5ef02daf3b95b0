/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/attach.h"

#define MAGIC 0x78616d70u /* "xamp", the first letter highest */

_Static_assert(sizeof(struct attach_header) == 24, "as the driver has it");

void attach_fill_header(struct attach_header *header, const struct range *table)
{
	*header = (struct attach_header){
		.version = 1,
		.magic = MAGIC,
		.complement = ~MAGIC,
		.table_size = (uint32_t)table->size,
		.table = table->base,
	};
}
