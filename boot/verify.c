/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "boot/verify.h"

/* What was verified before is not hashed again: it may have been unpacked since. */
static unsigned hashes(const struct fit_image *image)
{
	return image->verified ? 0 : image->hashes;
}

void verify_start(struct verify *v, const struct fit_image *image)
{
	v->image = image;
	for (unsigned i = 0; i < hashes(image); i++) {
		v->hash[i].algorithm = image->hash[i].algorithm;
		v->hash[i].algorithm->start(&v->hash[i]);
	}
}

void verify_add(struct verify *v, const uint8_t *data, size_t size)
{
	for (unsigned i = 0; i < hashes(v->image); i++)
		v->hash[i].algorithm->add(&v->hash[i], data, size);
}

int verify_finish(struct verify *v, struct error *e)
{
	uint8_t value[HASH_SIZE];

	error_about(e, "image ", v->image->name);
	for (unsigned i = 0; i < hashes(v->image); i++) {
		const struct hash_algorithm *algorithm = v->hash[i].algorithm;

		algorithm->finish(&v->hash[i], value);
		if (memcmp(value, v->image->hash[i].value, algorithm->size))
			return error_set(e, E_HASH_WRONG, "wrong %s", algorithm->name);
	}
	return 0;
}

int verify_image(struct fit_image *image, struct error *e)
{
	struct verify v;

	verify_start(&v, image);
	verify_add(&v, image->data.data, image->data.size);
	if (verify_finish(&v, e))
		return e->code;
	image->verified = true;
	return 0;
}
