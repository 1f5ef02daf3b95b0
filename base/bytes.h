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
#include <string.h>

struct bytes {
	const uint8_t *data; /* owned by whoever made it; flash, RAM or in a window */
	size_t size;	     /* bytes */
};

/*
 * What no pointer reaches, such as an SD card, has a window: addresses of its own at which nothing
 * lies. The functions below read in it as they do in memory, and nobody else can.
 */
struct bytes_window {
	struct bytes all;
	/* Copy @size bytes from @offset; false if they can't be read, or not all of them. */
	bool (*read)(size_t offset, void *to, size_t size);
};

/*
 * The one that there is; NULL: none. What asks for it is always inline, even where small functions
 * are not: the link then takes it out of programs that never have one.
 */
#define BYTES_INLINE __attribute__((always_inline)) static inline
extern const struct bytes_window *bytes_window;

/* Where in the window; not less than its size, if that is nowhere. */
static inline size_t bytes_offset_in_window(const struct bytes *bytes)
{
	return (size_t)((uintptr_t)bytes->data - (uintptr_t)bytes_window->all.data);
}

/* Do they lie in the window? */
BYTES_INLINE bool bytes_are_in_window(const struct bytes *bytes)
{
	return bytes_window && bytes_offset_in_window(bytes) < bytes_window->all.size;
}

/* Copy them all into @to; false for what the window does not give, of which some may be written. */
BYTES_INLINE bool bytes_copy_all(const struct bytes *bytes, void *to)
{
	if (bytes_are_in_window(bytes))
		return bytes_window->read(bytes_offset_in_window(bytes), to, bytes->size);
	memcpy(to, bytes->data, bytes->size);
	return true;
}

/* Byte @i, which is one of them; 0 if the window does not give it. */
BYTES_INLINE uint8_t bytes_byte(const struct bytes *bytes, size_t i)
{
	uint8_t byte = 0;

	if (!bytes_are_in_window(bytes))
		return bytes->data[i];
	bytes_window->read(bytes_offset_in_window(bytes) + i, &byte, sizeof(byte));
	return byte;
}

/*
 * @part = @size bytes of @all from @offset; false if they are not all there. It may be @all itself.
 */
bool bytes_slice(const struct bytes *all, uint64_t offset, uint64_t size, struct bytes *part);

/*
 * Copy @size bytes from @offset into @to; false, and nothing written, if they are not all there.
 * False, too, for what the window does not give; of that some may be written.
 */
bool bytes_read(const struct bytes *all, uint64_t offset, void *to, size_t size);

/* The same for one little-endian 32-bit word. */
bool bytes_read_le32(const struct bytes *all, uint64_t offset, uint32_t *value);

/* Is each of them @value? True of none, false of what the window does not give. */
bool bytes_are(struct bytes bytes, uint8_t value);

#endif
