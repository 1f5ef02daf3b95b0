/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/error.h"
#include "boot/feature/slots/policy.h"
#include "boot/feature/slots/update.h"

static int erase(const struct slots_place *place, size_t size)
{
	const struct flash *f = place->flash;
	int result = 0;

	for (uint32_t at = 0; at < size && !result; at += f->sector)
		result = f->erase(f, place->offset + at);
	return result;
}

static int program(const struct slots_place *place, struct bytes image)
{
	const struct flash *f = place->flash;
	int result = 0;

	for (uint32_t at = 0; at < image.size && result >= 0; at += (uint32_t)result)
		result = f->write_bytes(f, place->offset + at, image.data + at, image.size - at);
	return result < 0 ? result : 0;
}

int slots_update(const struct flash *state, const struct slots_place *place, unsigned slot,
		 struct bytes image)
{
	struct slots_state s;
	int result;

	if (image.size > place->size)
		return E_TOO_MANY;
	result = slots_state_read(state, &s);
	if (result < 0)
		return result;
	if (!policy_write(&s, slot))
		return E_SLOT_IN_USE;
	result = slots_state_write(state, &s);
	if (!result)
		result = erase(place, image.size);
	if (!result)
		result = program(place, image);
	if (result)
		return result;
	policy_written(&s, slot);
	return slots_state_write(state, &s);
}
