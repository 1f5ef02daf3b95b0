/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature attach, out of the build: no such place is named. */
#include "boot/feature/attach.h"

bool attaches(void)
{
	return false;
}

struct range attach_header_place(const struct manifest_context *m)
{
	(void)m;
	return (struct range){ 0, 0 };
}

struct range attach_carveout(const struct manifest_context *m)
{
	(void)m;
	return (struct range){ 0, 0 };
}

void attach_fill_header(struct attach_header *header, const struct range *table)
{
	(void)header, (void)table;
}
