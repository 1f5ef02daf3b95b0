/* SPDX-License-Identifier: BSD-2-Clause */
#include "images/lib/life.h"

int life_feed(unsigned ms)
{
	return image_smc(LIFE_FEED, ms, 0, 0);
}
