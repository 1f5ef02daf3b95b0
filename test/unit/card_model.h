/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * As flash_model.h, but on a card that is written by blocks: one that is torn holds any mixture of
 * what it was and what it was to be.
 */
#ifndef TEST_UNIT_CARD_MODEL_H
#define TEST_UNIT_CARD_MODEL_H

#define RECORDS	  1
#define IMAGE	  (3 * STORAGE_BLOCK)
#define new_world new_flash_world
#include "test/unit/flash_model.h"
#undef new_world

#define STATE_AT 0x800u /* on the card */
#define DISTANCE 0x400u
#define SLOTS_AT 0x10000u

/* Where the card holds these bytes: of the state's sectors or of a slot. */
static uint8_t *card_place(uint64_t offset, size_t size)
{
	if (offset >= SLOTS_AT) {
		assert_true(offset - SLOTS_AT + size <= world.slots.size);
		return world.slots.data + (offset - SLOTS_AT);
	}
	assert_true(offset >= STATE_AT && (offset - STATE_AT) % DISTANCE + size <= STORAGE_BLOCK &&
		    offset < STATE_AT + 2 * DISTANCE);
	return world.state.data + (offset - STATE_AT);
}

static int card_read(const struct storage *s, uint64_t offset, void *to, size_t size,
		     struct error *e)
{
	const uint8_t *from = card_place(offset, size), *bad = world.state.unreadable;

	(void)s;
	if (world.state.unread && bad >= from && bad < from + size) {
		world.state.unread--;
		return error_set(e, E_STORAGE_READ, "0x%llx", (unsigned long long)offset);
	}
	memcpy(to, from, size);
	return 0;
}

static int card_write(const struct storage *s, uint64_t offset, const void *from, size_t size,
		      struct error *e)
{
	const uint8_t *data = from;

	(void)s;
	assert_true(size && !(offset % STORAGE_BLOCK) && !(size % STORAGE_BLOCK));
	if (world.state.fails)
		return error_set(e, E_FLASH_WRITE, "fails");
	if (world.state.loses)
		return 0;
	for (size_t i = 0; i < size; i += STORAGE_BLOCK)
		apply(card_place(offset + i, STORAGE_BLOCK), data + i, STORAGE_BLOCK);
	return 0;
}

static inline void new_world(void)
{
	static const struct storage card = { "card", card_read, card_write };
	static struct error error;
	const struct flash flash = { SECTOR,
				     block_flash_read,
				     block_flash_write,
				     block_flash_write_bytes,
				     block_flash_erase,
				     &error };

	new_flash_world();
	world.state.blocks = (struct block_flash){ flash, &card, STATE_AT, DISTANCE };
	world.slots.blocks = (struct block_flash){ flash, &card, SLOTS_AT, SECTOR };
}

#endif
