/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/console.h"
#include "boot/feature/slots/progress.h"
#include "boot/watchdog.h"

#define STEPS 10 /* lines */

static const struct flash *under;
static const char *slot_name;
static uint32_t total, done, shown;

static void show(uint32_t bytes)
{
	uint32_t step;

	watchdog_feed();
	done += bytes;
	step = done / (total / STEPS);
	if (step == shown)
		return;
	shown = step;
	console_line("slot %s: %u %%", slot_name, (unsigned)(step * 100 / STEPS));
}

static int write_bytes(const struct flash *f, uint32_t offset, const uint8_t *data, size_t size)
{
	int result = under->write_bytes(under, offset, data, size);

	(void)f;
	if (result > 0)
		show((uint32_t)result);
	return result;
}

static int erase(const struct flash *f, uint32_t offset)
{
	(void)f;
	show(under->sector);
	return under->erase(under, offset);
}

const struct flash *progress_start(const struct flash *flash, unsigned slot, uint32_t size)
{
	static struct flash showing;

	under = flash;
	slot_name = slot ? "b" : "a";
	total = size + (size + flash->sector - 1) / flash->sector * flash->sector;
	done = shown = 0;
	showing = (struct flash){
		.sector = flash->sector,
		.write_bytes = write_bytes,
		.erase = erase,
	};
	return &showing;
}
