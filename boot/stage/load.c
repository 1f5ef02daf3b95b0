/* SPDX-License-Identifier: BSD-2-Clause */
/* Stage load: images to their places, verified on the way there. */
#include <string.h>

#include "arch/arch.h"
#include "boot/feature/helpers.h"
#include "boot/feature/late_unpack.h"
#include "boot/stage/load.h"
#include "boot/record.h"
#include "boot/segment.h"
#include "boot/stage/stage.h"
#include "boot/verify.h"

struct load_hand load_hand;

int load_verified(const struct fit_image *fit, const struct segment *segment, unsigned segments,
		  struct load_hand *hand, struct error *e)
{
	struct verify verify;
	size_t size;

	verify_start(&verify, fit);
	for (struct bytes rest = fit->data, part; rest.size; rest.data += size, rest.size -= size) {
		size = rest.size < LOAD_CHUNK ? rest.size : LOAD_CHUNK;
		part = (struct bytes){ rest.data, size };
		if (!bytes_copy_all(&part, hand->chunk))
			break; /* and has a wrong hash; storage_failed() says why */
		verify_add(&verify, hand->chunk, size);
		if (features->helpers)
			__atomic_store_n(&hand->done, hand->done + size, __ATOMIC_RELAXED);
		if (!features->helpers || !hand->quiet)
			record_show_some();
		for (unsigned i = 0; i < segments; i++)
			segment_write(&segment[i], rest.data, hand->chunk, size);
	}
	for (unsigned i = 0; i < segments; i++)
		segment_finish(&segment[i]);
	return verify_finish(&verify, e);
}

/* An image that was put off is verified here, and unpacked to its place. */
int load_image(struct plan_image *image, struct load_hand *hand, struct error *e)
{
	struct segment *whole = &image->image.segment[0]; /* an arm64 Image has one */

	if (!is_put_off(&image->fit))
		return load_verified(&image->fit, image->image.segment, image->image.segments, hand,
				     e);
	error_about(e, "image ", image->fit.name);
	if (features->late_unpack->run(&image->fit, arch_pointer(whole->to.base), e))
		return e->code;
	image->image.data = whole->from = image->fit.data;
	segment_finish(whole);
	return 0;
}

static void record_image(const struct plan_context *c, const struct image *image)
{
	for (unsigned i = 0; i < image->segments; i++) {
		const struct range *to = &image->segment[i].to;

		record(STAGE_LOAD, 0, to->base, (size_t)to->size, "%s %s %u", c->manifest->name,
		       image->name, i);
	}
}

static int load_images(struct boot *boot, struct plan_context *c, bool early, struct error *e)
{
	for (unsigned n = 0; n < PLAN_IMAGES; n++) {
		struct plan_image *image = &c->image[n];
		const struct helpers_result *shared;

		if (!image->present || stage_loads_early(&boot->plan, c, n) != early)
			continue;
		shared = early ? NULL : helpers_result(image);
		if (shared && shared->error.code)
			*e = shared->error;
		else if (!shared)
			load_image(image, &load_hand, e);
		if (e->code)
			break;
		if (shared)
			record_for(&shared->by);
		record_image(c, &image->image);
		if (shared)
			record_for(NULL);
	}
	return e->code;
}

static int load_early(struct boot *boot, struct plan_context *c, struct error *e)
{
	return load_images(boot, c, true, e);
}

static int load_late(struct boot *boot, struct plan_context *c, struct error *e)
{
	return load_images(boot, c, false, e);
}

int stage_load_early(struct boot *boot, struct error *e)
{
	return stage_each(boot, EVERY, load_early, e);
}

int stage_load(struct boot *boot, struct error *e)
{
	if (features->helpers && features->helpers->share(boot, e))
		return e->code;
	return stage_each(boot, EVERY, load_late, e);
}
