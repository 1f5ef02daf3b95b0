/* SPDX-License-Identifier: BSD-2-Clause */
/* Who needs a device? Whoever refers to it, or to what is in it. */
#include <string.h>

#include <libfdt.h>

#include "base/explain.h"
#include "fdt/board_tree.h"
#include "fdt/cells.h"
#include "fdt/check.h"
#include "fdt/devices.h"

/*
 * What refers to suppliers: a property's name, or its end, and whose cells go with each phandle
 * ("clock": "#clock-cells"; "s": as the property is called, but one; "": none; "-": the first cell
 * is the phandle, the others are anything). Linux waits for these (drivers/of/property.c,
 * of_supplier_bindings), and its drivers for some more.
 */
static const char references[] = "interrupt-parent\0\0"
				 "interrupts-extended\0interrupt\0"
				 "interrupt-map\0interrupt\0"
				 "clocks\0s\0"
				 "assigned-clocks\0clock\0"
				 "assigned-clock-parents\0clock\0"
				 "power-domains\0s\0"
				 "resets\0s\0"
				 "gpio\0gpio\0"
				 "gpios\0s\0"
				 "-gpio\0gpio\0"
				 "-gpios\0gpio\0"
				 "-supply\0\0"
				 "pinctrl-\0\0"
				 "dmas\0s\0"
				 "iommus\0s\0"
				 "iommu-map\0\0"
				 "msi-parent\0msi\0"
				 "msi-map\0\0"
				 "phys\0s\0"
				 "phy-handle\0\0"
				 "usb-phy\0\0"
				 "pwms\0s\0"
				 "mboxes\0mbox\0"
				 "hwlocks\0s\0"
				 "io-channels\0s\0"
				 "interconnects\0s\0"
				 "mux-controls\0s\0"
				 "nvmem-cells\0s\0"
				 "sound-dai\0sound-dai\0"
				 "thermal-sensors\0s\0"
				 "access-controllers\0s\0"
				 "ethernet\0\0"
				 "sfp\0\0"
				 "regmap\0\0"
				 "syscon\0-\0"
				 "nand-ecc-engine\0\0"
				 "extcon\0\0"
				 "wakeup-parent\0\0"
				 "mmc-pwrseq\0\0"
				 "i2c-bus\0\0"
				 "i2c-parent\0\0"
				 "ddc-i2c-bus\0\0"
				 "leds\0\0"
				 "backlight\0\0"
				 "panel\0\0";

/* Some more, which a board's loader has no room for. */
static const char closer[] = "dma-masters\0\0"
			     "ecc-engine\0\0"
			     "mdio-parent-bus\0\0"
			     "sram\0\0";

/* A property of these. */
struct reference {
	const char *name, *cells;
	struct bytes value;
};

/* Whom somebody may need: a node with all that is in it. */
struct supplier {
	const void *fdt;
	int node;
	uint32_t lowest, highest; /* of its phandles */
};

static struct supplier find_phandles(const void *fdt, int node)
{
	struct supplier s = { .fdt = fdt, .node = node, .lowest = UINT32_MAX };
	int depth = 0, at = node;

	do {
		const uint32_t phandle = node_phandle(fdt, at);

		if (phandle && phandle < s.lowest)
			s.lowest = phandle;
		if (phandle > s.highest)
			s.highest = phandle;
		at = node_next(fdt, at, &depth);
	} while (at >= 0 && depth > 0);
	return s;
}

/* How many there are of what goes with a phandle of @node. */
static uint32_t cells_with(const void *fdt, int node, const char *of, size_t length)
{
	char name[32];
	uint32_t cells = 0;

	name[0] = '#';
	memcpy(name + 1, of, length);
	memcpy(name + 1 + length, "-cells", sizeof("-cells"));
	property_get_cell(fdt, node, name, &cells);
	return cells & 0xff; /* there are bytes for no more, nor drivers */
}

/* How many there are with the phandle of @to in @r. */
static size_t arguments(const struct supplier *s, int to, const struct reference *r)
{
	if (*r->cells == '-')
		return r->value.size;
	if (!strcmp(r->cells, "s"))
		return cells_with(s->fdt, to, r->name, strlen(r->name) - 1);
	return cells_with(s->fdt, to, r->cells, strlen(r->cells));
}

/* Maps have cells for what is mapped before each phandle; behind it is what they are mapped to. */
static bool is_in_list(const struct supplier *s, int node, const struct reference *r)
{
	const bool is_map = !strcmp(r->name + strlen(r->name) - 4, "-map");
	const bool of_interrupts = is_map && *r->cells;
	const size_t before =
		of_interrupts ? cells_with(s->fdt, node, "address", 7) + arguments(s, node, r) :
				is_map;
	size_t at = before;

	while (at < r->value.size / 4) {
		int to = node_of_phandle(s->fdt, (uint32_t)cells_get(r->value.data + 4 * at, 1));

		if (device_contains(s->fdt, s->node, to))
			return true;
		at += 1 + before;
		if (to < 0)
			continue;
		at += *r->cells ? arguments(s, to, r) : 2 * is_map;
		at += of_interrupts ? cells_with(s->fdt, to, "address", 7) : 0;
	}
	return false;
}

/* Is there a number in it that may be a phandle of @s? In few there is. */
static bool may_refer(const struct supplier *s, struct bytes value)
{
	for (size_t at = 0; at + 4 <= value.size; at += 4) {
		uint32_t cell = (uint32_t)cells_get(value.data + at, 1);

		if (cell >= s->lowest && cell <= s->highest)
			return true;
	}
	return false;
}

/* A pattern that starts with '-' is the end of a name, one that ends with it the start. */
static bool is_named(const char *pattern, const char *name)
{
	const size_t length = strlen(pattern), all = strlen(name);

	if (*pattern == '-')
		return all > length && !strcmp(name + all - length, pattern);
	if (pattern[length - 1] == '-')
		return !strncmp(name, pattern, length) && name[length] >= '0' &&
		       name[length] <= '9';
	return !strcmp(name, pattern);
}

/*
 * Lines of a hog are its controller's, and some properties say how many lines there are; as DMA
 * controllers, which interrupt, do of their bus masters.
 */
static bool is_number(const void *fdt, int node, const char *name)
{
	static const char count[] = "nr-gpios";
	const size_t all = strlen(name), length = sizeof(count) - 1;

	return (all >= length && !strcmp(name + all - length, count)) ||
	       (!strcmp(name, "gpios") && property_get(fdt, node, "gpio-hog").data) ||
	       (looks_closer() && !strcmp(name, "dma-masters") &&
		property_get(fdt, node, "interrupts").data);
}

/* Is @r, of @node, by one of the names in @list a reference to @s? */
static bool refers(const struct supplier *s, int node, const char *list, struct reference *r)
{
	for (const char *pattern = list; *pattern; pattern = r->cells) {
		r->cells = pattern + strlen(pattern) + 1;
		if (is_named(pattern, r->name) && is_in_list(s, node, r))
			return true;
		r->cells += strlen(r->cells) + 1;
	}
	return false;
}

/* The property of @node that refers to @s; NULL: none does. */
static const char *find_reference(const struct supplier *s, int node)
{
	const fdt32_t *at = property_first(s->fdt, node);
	struct reference r;

	while (property_next(s->fdt, &at, &r.name, &r.value)) {
		if (!may_refer(s, r.value) || is_number(s->fdt, node, r.name))
			continue;
		if (refers(s, node, references, &r) ||
		    (looks_closer() && refers(s, node, closer, &r)))
			return r.name;
	}
	return NULL;
}

static bool is_one_of(int node, const int *others, unsigned count)
{
	while (count--)
		if (others[count] == node)
			return true;
	return false;
}

/* Of the root's nodes dtc's own: paths as text, and in /__local_fixups__ offsets. */
static bool is_of_overlays(const char *name)
{
	return !memcmp(name, "__", 2);
}

/* Nor is it in anything that isn't. */
static bool is_available(const void *fdt, int node)
{
	int depth = 0;

	for (int at = 0; at >= 0 && at <= node; at = node_next(fdt, at, &depth))
		if (!node_is_available(fdt, at) && device_contains(fdt, at, node))
			return false;
	return true;
}

/* A core that is not Linux's. */
static bool is_foreign_core(const void *fdt, int node, const struct core_set *linuxs)
{
	struct cells cells;

	return board_tree_is_core(fdt, node) &&
	       cells_of(fdt, node_child_named(fdt, 0, "cpus"), &cells) &&
	       !board_tree_core(fdt, node, cells, linuxs);
}

int device_find_user(const void *fdt, int node, const struct core_set *linuxs, const int *others,
		     unsigned count, const char **property)
{
	const struct supplier s = find_phandles(fdt, node);
	int depth = 0, off = FDT_DEPTH_MAX; /* below that nothing is enabled */

	if (!is_available(fdt, node))
		return 0;
	for (int at = 0; at >= 0; at = node_next(fdt, at, &depth)) {
		if (depth > off)
			continue;
		off = FDT_DEPTH_MAX;
		*property = NULL;
		if (!node_is_available(fdt, at) || is_one_of(at, others, count) ||
		    is_foreign_core(fdt, at, linuxs) ||
		    (depth == 1 && is_of_overlays(node_name(fdt, at))))
			off = depth;
		else if (at && s.highest) /* the root's controllers are always Linux's */
			*property = find_reference(&s, at);
		if (*property)
			return at;
	}
	return 0;
}
