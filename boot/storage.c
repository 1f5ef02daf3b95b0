/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/storage.h"

static const struct storage *storage;
static struct error failure; /* the first, until it is asked for */

static bool read(size_t offset, void *to, size_t size)
{
	return !failure.code && !storage->read(storage, offset, to, size, &failure);
}

void storage_open(const struct storage *s, struct bytes all)
{
	static struct bytes_window window = { .read = read };

	storage = s;
	window.all = all;
	failure.code = 0;
	bytes_window = &window;
}

int storage_take_failure(struct error *e)
{
	if (failure.code) {
		e->code = 0;
		error_set(e, failure.code, "%s", failure.text);
		failure.code = 0;
	}
	return e->code;
}
