/* SPDX-License-Identifier: BSD-2-Clause */
/* Whom Linux stops and starts: by a monitor's calls, or by itself. */
#include <string.h>

#include "base/features.h"
#include "fdt/linux_tree_edit.h"

#define MONITOR "peerboot-monitor"
#define RESETS	"peerboot-resets"

FEATURE_INLINE bool is_by_reset(const struct edit *edit)
{
	return features->resets && edit->t->resets;
}

/* NULL: nobody. */
FEATURE_INLINE const char *const *control_of(const struct edit *edit)
{
	return features->monitor || is_by_reset(edit) ? edit->t->control : NULL;
}

/* Without anything that Linux may do there is no node. */
static bool is_needed(const struct edit *edit)
{
	const char *const *control = control_of(edit);

	if (!control)
		return false;
	for (unsigned i = 0; i < LINUX_CONTROLS; i++)
		if (control[i])
			return true;
	return edit->t->watchdog_ms;
}

/* Where each is, and how long; and its hash. */
static void copies(struct edit *edit, const struct kept_context *c)
{
	fdt64_t place[2 * KEPT_IMAGES], *to = place;
	uint8_t hash[KEPT_IMAGES][KEPT_HASH];

	for (unsigned i = 0; i < c->images; i++) {
		*to++ = cpu_to_fdt64(c->image[i].at);
		*to++ = cpu_to_fdt64(c->image[i].size);
		memcpy(hash[i], c->image[i].hash, KEPT_HASH);
	}
	out_property(edit, "copies", place, (size_t)((uint8_t *)to - (uint8_t *)place));
	out_property(edit, "sha256", hash, c->images * KEPT_HASH);
}

/*
 * Where each goes, and how much it takes there; which bytes of a copy, and how many. Those of a
 * context lie beside each other.
 */
static void segments(struct edit *edit, const struct kept_context *c)
{
	static fdt64_t place[4 * KEPT_SEGMENTS];
	const struct kept_image *last = &c->image[c->images - 1];
	fdt64_t *to = place;

	for (unsigned i = c->image[0].first; i < last->first + last->segments; i++) {
		const struct kept_segment *s = &edit->t->resets->kept.segment[i];

		*to++ = cpu_to_fdt64(s->to.base);
		*to++ = cpu_to_fdt64(s->to.size);
		*to++ = cpu_to_fdt64(s->at);
		*to++ = cpu_to_fdt64(s->size);
	}
	out_property(edit, "segments", place, (size_t)((uint8_t *)to - (uint8_t *)place));
}

/* Numbers of 64 bits are two cells. */
static void reset_properties(struct edit *edit, unsigned context)
{
	const struct linux_reset *r = &edit->t->resets->context[context];
	const struct kept_context *c = &edit->t->resets->kept.context[context];
	const uint32_t reset[] = { (uint32_t)(r->at >> 32), (uint32_t)r->at, r->cores, r->first };
	const uint32_t fed[] = { (uint32_t)(r->fed >> 32), (uint32_t)r->fed };

	out_cells(edit, "reset", reset, 4);
	if (r->watchdog[0]) {
		out_cells(edit, "watchdog", r->watchdog, 3);
		out_cells(edit, "fed", fed, 2);
	}
	copies(edit, c);
	segments(edit, c);
}

static void context_node(struct edit *edit, uint32_t context)
{
	char name[TREE_UNIT_NAME];

	tree_unit_name(name, control_of(edit)[context], context);
	out_begin(edit, name);
	out_cells(edit, "reg", &context, 1);
	if (is_by_reset(edit))
		reset_properties(edit, context);
	out_end(edit);
}

void control_nodes(struct edit *edit)
{
	static const uint32_t address_cells = 1, size_cells = 0;
	const bool resets = is_by_reset(edit);

	if (!is_needed(edit))
		return;
	out_begin(edit, resets ? RESETS : MONITOR);
	out_string(edit, "compatible", resets ? "peerboot,resets" : "peerboot,monitor");
	out_cells(edit, "#address-cells", &address_cells, 1);
	out_cells(edit, "#size-cells", &size_cells, 1);
	if (edit->t->watchdog_ms)
		out_cells(edit, "watchdog-ms", &edit->t->watchdog_ms, 1);
	for (uint32_t i = 0; i < LINUX_CONTROLS; i++)
		if (control_of(edit)[i])
			context_node(edit, i);
	out_end(edit);
}

bool control_replaces(const struct edit *edit, const char *name)
{
	return (features->monitor && edit->t->control && !strcmp(name, MONITOR)) ||
	       (features->resets && !strcmp(name, RESETS));
}
