/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <libfdt.h>

#include "boot/feature/overlays/fixups.h"

#define WORD	   4u
#define DIGITS_MAX 9 /* of an offset: no sum with it wraps */

/* Offsets of references in @name's value, each a word. */
static bool local_property(const void *fdt, int node, const char *name, const fdt32_t *offset,
			   int size)
{
	int length;

	/* libfdt takes these for phandles that it has to move, here too */
	if (!strcmp(name, "phandle") || !strcmp(name, "linux,phandle"))
		return false;
	if (!fdt_getprop(fdt, node, name, &length) || length < (int)WORD)
		return !size;
	for (; size >= (int)WORD; size -= (int)WORD)
		if (fdt32_to_cpu(*offset++) > (uint32_t)length - WORD)
			return false;
	return !size;
}

/* As deep as a checked tree is. */
static bool local_node(const void *fdt, int fixups, int node)
{
	int at, child, size;

	fdt_for_each_property_offset(at, fdt, fixups) {
		const char *name;
		const fdt32_t *offset = fdt_getprop_by_offset(fdt, at, &name, &size);

		if (!offset || !local_property(fdt, node, name, offset, size))
			return false;
	}
	fdt_for_each_subnode(child, fdt, fixups) {
		const char *name = fdt_get_name(fdt, child, NULL);
		int target = fdt_subnode_offset(fdt, node, name);

		/* nor of what says what is to be fixed */
		if (target < 0 || (!node && name[0] == '_') || !local_node(fdt, child, target))
			return false;
	}
	return true;
}

/* "/path:property:offset", of nothing whose name begins with an underscore. */
static bool fixup(const char *s)
{
	const char *digits = strrchr(s, ':');
	size_t count = 0;

	if (digits)
		while (digits[1 + count] >= '0' && digits[1 + count] <= '9')
			count++;
	return s[0] == '/' && s[1] != '/' && s[1] != '_' && count && count <= DIGITS_MAX &&
	       !digits[1 + count];
}

static bool label(const char *value, int size)
{
	int length;

	for (; size > 0; value += length, size -= length) {
		length = (int)strnlen(value, (size_t)size) + 1;
		if (length > size || !fixup(value))
			return false;
	}
	return true;
}

bool fixups_are_sound(const void *overlay)
{
	int local = fdt_path_offset(overlay, "/__local_fixups__");
	int fixups = fdt_path_offset(overlay, "/__fixups__");
	int at, size;

	if (fixups >= 0)
		fdt_for_each_property_offset(at, overlay, fixups) {
			const char *value = fdt_getprop_by_offset(overlay, at, NULL, &size);

			if (!value || !label(value, size))
				return false;
		}
	return local < 0 || local_node(overlay, local, 0);
}
