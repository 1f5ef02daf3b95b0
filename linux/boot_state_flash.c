// SPDX-License-Identifier: GPL-2.0-only
/*
 * The boot state in flash, memory-mapped or on a card (card.h). The code that works on it is the
 * loader's own.
 */
#include <linux/err.h>
#include <linux/module.h>

#include "base/error.h"
#include "boot/feature/slots/policy.h"
#include "driver/block_flash.h"
#include "driver/cfi_intel.h"

#include "boot_state.h"
#include "card.h"
#include "flash_window.h"
#include "record.h"

#define WRITE_LIMIT_NS (2 * NSEC_PER_MSEC)
#define ERASE_LIMIT_NS (5ULL * NSEC_PER_SEC)

static struct cfi_intel mapped = {
	.flash = { .read = cfi_intel_read, .write = cfi_intel_write, .erase = cfi_intel_erase },
	.write_limit = WRITE_LIMIT_NS,
	.erase_limit = ERASE_LIMIT_NS,
};
static struct flash_window window = { .flash = &mapped, .name = "peerboot slot state" };

/* A sector is one record, at the start of a block. */
static struct block_flash on_card = {
	.flash = { .sector = sizeof(struct slots_state),
		   .read = block_flash_read,
		   .write = block_flash_write,
		   .erase = block_flash_erase },
	.storage = &card_storage,
};

static const struct flash *map(u64 address, u64 size)
{
	int ret = flash_window_map(&window, address, size);

	mapped.flash.sector = (u32)size / SLOTS_SECTORS;
	return ret ? ERR_PTR(ret) : &mapped.flash;
}

static const struct flash *find(void)
{
	u64 address, size, controller, unused;

	/* The state knows of the slot that was booted before: this system came from none. */
	if (record_find("boot image in memory", &address, &size))
		return ERR_PTR(-ENODEV);
	if (record_find("slot state", &address, &size))
		return map(address, size);
	if (!record_find("slot state's controller", &controller, &unused) ||
	    !record_find("slot state in storage", &address, &size))
		return ERR_PTR(-ENODEV);
	card_set_controller(controller);
	on_card.offset = address;
	on_card.distance = (u32)size / SLOTS_SECTORS;
	return &on_card.flash;
}

static const struct flash *state_flash;

/* What a call of the state's functions has come to. */
static int as_errno(int result)
{
	switch (result) {
	case 0:
		return 0;
	case SLOTS_NEW:
		return -ENODATA;
	case E_STORAGE_MISSING:
		return -ENODEV;
	default:
		return -EIO;
	}
}

static int read_state(struct boot_state *to)
{
	struct slots_state s;
	int result = slots_state_read(state_flash, &s);

	*to = (struct boot_state){
		.booted = s.booted,
		.confirmed = s.status[s.booted] == SLOT_CONFIRMED,
		.minimum = s.minimum,
	};
	return as_errno(result);
}

static int confirm(void)
{
	struct slots_state s;
	int result = slots_state_read(state_flash, &s);

	if (!result && policy_confirm(&s))
		result = slots_state_write(state_flash, &s);
	return as_errno(result);
}

const struct boot_state_keeper *boot_state_find_flash(void)
{
	static struct boot_state_keeper keeper = { .read = read_state, .confirm = confirm };

	state_flash = find();
	if (IS_ERR(state_flash))
		return ERR_CAST(state_flash);
	/* To a card there is a way only by a file that the caller may open. */
	keeper.mode = mapped.base ? 0444 : 0400;
	return &keeper;
}

void boot_state_release_flash(void)
{
	flash_window_unmap(&window);
}
