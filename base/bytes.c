/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/bytes.h"

const struct bytes_window *bytes_window;

bool bytes_slice(const struct bytes *all, uint64_t offset, uint64_t size, struct bytes *part)
{
	if (offset > all->size || size > all->size - offset)
		return false;
	part->data = all->data + offset;
	part->size = (size_t)size;
	return true;
}

bool bytes_read(const struct bytes *all, uint64_t offset, void *to, size_t size)
{
	struct bytes part;

	if (!bytes_slice(all, offset, size, &part))
		return false;
	return bytes_copy_all(&part, to);
}

bool bytes_read_le32(const struct bytes *all, uint64_t offset, uint32_t *value)
{
	uint8_t b[4];

	if (!bytes_read(all, offset, b, sizeof(b)))
		return false;
	*value = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
	return true;
}

bool bytes_are(struct bytes bytes, uint8_t value)
{
	for (size_t i = 0; i < bytes.size; i++)
		if (bytes_byte(&bytes, i) != value)
			return false;
	return true;
}
