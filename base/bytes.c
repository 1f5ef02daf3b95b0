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

static bool are(const uint8_t *data, size_t size, uint8_t value)
{
	for (size_t i = 0; i < size; i++)
		if (data[i] != value)
			return false;
	return true;
}

/* By pieces: each one read costs a command. */
static bool are_in_window(struct bytes bytes, uint8_t value)
{
	uint8_t buffer[512];
	struct bytes piece;

	for (size_t at = 0; at < bytes.size; at += piece.size) {
		piece.data = bytes.data + at;
		piece.size = bytes.size - at;
		if (piece.size > sizeof(buffer))
			piece.size = sizeof(buffer);
		if (!bytes_copy_all(&piece, buffer) || !are(buffer, piece.size, value))
			return false;
	}
	return true;
}

bool bytes_are(struct bytes bytes, uint8_t value)
{
	if (bytes_are_in_window(&bytes))
		return are_in_window(bytes, value);
	return are(bytes.data, bytes.size, value);
}
