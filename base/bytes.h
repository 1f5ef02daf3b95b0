/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A piece of untrusted input, and how to read from it: by copy, checked, in the byte order of the
 * format. Readers never keep a pointer to what they have not checked.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const uint8_t *data; /* owned by whoever made it; flash or RAM */
	size_t size;	     /* bytes */
};

/*
 * @part = @size bytes of @all from @offset; false if they are not all there. It may be @all itself.
 */
bool bytes_slice(const struct bytes *all, uint64_t offset, uint64_t size, struct bytes *part);

/* Copy @size bytes from @offset into @to; false, and nothing written, if they are not all there. */
bool bytes_read(const struct bytes *all, uint64_t offset, void *to, size_t size);

/* The same for one little-endian 32-bit word. */
bool bytes_read_le32(const struct bytes *all, uint64_t offset, uint32_t *value);

/* Is each of them @value? True of none. */
bool bytes_are(struct bytes bytes, uint8_t value);

#endif
