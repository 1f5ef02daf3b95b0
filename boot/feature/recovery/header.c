/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/feature/recovery/header.h"

/* Names are printed: nothing in them may steer a terminal. */
static void copy_name(struct file_header *h, const uint8_t *name, size_t length)
{
	size_t i;

	for (i = 0; i < length && i < sizeof(h->name) - 1; i++)
		h->name[i] = (char)(name[i] >= ' ' && name[i] <= '~' ? name[i] : '?');
	h->name[i] = '\0';
}

/* Returns false for what is no number. */
static bool read_size(struct file_header *h, struct bytes text)
{
	uint64_t size = 0;
	size_t i;

	for (i = 0; i < text.size && text.data[i] >= '0' && text.data[i] <= '9'; i++) {
		size = size * 10 + (text.data[i] - '0');
		if (size > UINT32_MAX)
			return false;
	}
	h->size = (uint32_t)size;
	h->has_size = i > 0;
	return i == text.size || text.data[i] == '\0' || text.data[i] == ' ';
}

int header_read(struct file_header *h, struct bytes block, struct error *e)
{
	const uint8_t *end = memchr(block.data, '\0', block.size);
	size_t length;

	memset(h, 0, sizeof(*h));
	if (!end)
		return error_set(e, E_TRANSFER_HEADER, "block 0: a name without an end");
	length = (size_t)(end - block.data);
	copy_name(h, block.data, length);
	if (!read_size(h, (struct bytes){ end + 1, block.size - length - 1 }))
		return error_set(e, E_TRANSFER_HEADER,
				 "block 0: the size of %s is no number of 32 bits", h->name);
	return 0;
}
