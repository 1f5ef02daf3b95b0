/* SPDX-License-Identifier: BSD-2-Clause */
/* A context's memory, made again from its images. */
#include <string.h>

#include "monitor/monitor.h"
#include "monitor/platform.h"
#include "monitor/sha256.h"

static bool is_good(const struct kept_image *image)
{
	uint8_t found[KEPT_HASH];

	monitor_sha256((struct bytes){ image->data, image->size }, found);
	return !memcmp(found, image->hash, sizeof(found));
}

/* One that did verify, to where it is to be. */
static bool put(const struct kept *kept, const struct kept_image *image)
{
	const struct kept_segment *s = &kept->segment[image->first];

	for (unsigned i = 0; i < image->segments; i++, s++) {
		uint8_t *to = platform_memory(s->to.base);

		if (!image->unpacked)
			memcpy(to, s->from, s->size);
		else if (!monitor_unpack((struct bytes){ image->data, image->size }, to, s->size))
			return false;
		memset(to + s->size, 0, (size_t)s->to.size - s->size);
	}
	return true;
}

bool monitor_renew(const struct monitor *m, unsigned context)
{
	const struct kept *kept = &m->config->kept;
	const struct kept_context *c = &kept->context[context];

	if (!c->images) /* it failed while it was loaded */
		return false;
	for (unsigned i = 0; i < c->images; i++)
		if (!is_good(&c->image[i]))
			return false;
	for (unsigned i = 0; i < c->images; i++)
		if (!put(kept, &c->image[i]))
			return false;
	platform_barrier();
	return true;
}
