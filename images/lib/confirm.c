/* SPDX-License-Identifier: BSD-2-Clause */
/* With the loader's own code for its state in flash, which the boot record says where to find. */
#include <string.h>

#include BOARD_MEMORY_MAP
#include "base/record_format.h"
#include "boot/feature/slots/policy.h"
#include "driver/cfi_intel.h"
#include "driver/clock.h"
#include "images/lib/image.h"
#include "images/lib/mmu.h"

#define WRITES_A_SECOND 500 /* 2 ms for a word and 5 s at most, as in Linux's module */
#define ERASE_SECONDS	5
#define FASTEST		1000000000u /* Hz, where nobody has said how fast the counter is */

static const struct record_entry *find(const char *what)
{
	const struct record_header *head = (const struct record_header *)RECORD_BASE;
	const struct record_entry *entry = (const struct record_entry *)(head + 1);

	if (head->magic != RECORD_MAGIC || head->version != RECORD_VERSION)
		return NULL;
	for (uint32_t i = 0; i < head->count && i < RECORD_CAPACITY; i++)
		if (!entry[i].result && !strcmp(entry[i].what, what))
			return &entry[i];
	return NULL;
}

static bool confirm(const struct flash *f)
{
	struct slots_state s;

	return !slots_state_read(f, &s) && (!policy_confirm(&s) || !slots_state_write(f, &s));
}

bool image_confirm_boot(void)
{
	const struct record_entry *place = find("slot state");
	uint32_t second = clock_frequency() ? clock_frequency() : FASTEST;
	struct cfi_intel bank = {
		.flash = { .read = cfi_intel_read,
			   .write = cfi_intel_write,
			   .erase = cfi_intel_erase },
		.ticks = clock_ticks,
		.write_limit = second / WRITES_A_SECOND,
		.erase_limit = (uint64_t)second * ERASE_SECONDS,
	};
	bool done;

	/* The state knows of the slot that was booted before: what came by recovery is in none. */
	if (!place || find("boot image in memory"))
		return false;
	bank.base = (volatile uint32_t *)(uintptr_t)place->address;
	bank.flash.sector = (uint32_t)place->size / SLOTS_SECTORS;
	mmu_map_device((uint32_t)place->address, true);
	done = confirm(&bank.flash);
	mmu_map_device((uint32_t)place->address, false);
	return done;
}
