/* SPDX-License-Identifier: BSD-2-Clause */
/* Links from the resource table: this image's own and what its references point to. */
#include "images/echo/echo.h"

IMAGE_TABLE(image_table, IMAGE_NAME);

_Static_assert(ECHO_LINKS == IMAGE_LINKS, "the table has no more");

bool echo_open_link(struct image_link *l, unsigned n, int *result)
{
	if (n == IMAGE_LINKS)
		return false;
	*result = image_link_open(l, &image_table, n);
	return true;
}

void echo_restore(void)
{
	image_table_restore(&image_table);
}
