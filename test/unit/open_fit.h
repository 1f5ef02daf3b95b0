/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TEST_UNIT_OPEN_FIT_H
#define TEST_UNIT_OPEN_FIT_H

#include "boot/image/fit.h"

/* Open a boot image as a board without a name does: its default configuration counts. */
static inline int open_fit(struct fit *fit, struct bytes slot, struct error *e)
{
	static const struct bytes no_name;

	if (fit_open(fit, slot, NULL, e))
		return e->code;
	return fit_choose(fit, no_name, e);
}

#endif
