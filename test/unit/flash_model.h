/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flash for tests of what is kept in it: the boot state's two sectors, and both slots. Operations
 * are counted, fail if told to, and end in a power cut that leaves the last one not begun, done, or
 * torn.
 */
#ifndef TEST_UNIT_FLASH_MODEL_H
#define TEST_UNIT_FLASH_MODEL_H

#include "base/error.h"
#include "boot/feature/slots/state.h"
#include "test/unit/unit.h"

#define RECORDS	 4 /* in a sector: it is full soon */
#define SECTOR	 (RECORDS * sizeof(struct slots_state))
#define IMAGE	 (2 * SECTOR)
#define MIXTURES 6 /* different ones tried */
#define TEARS	 (MIXTURES + 2)

/* --- flash whose power can be cut ---------------------------------------------------------------- */

struct memory {
	struct flash flash; /* first */
	uint8_t data[2 * IMAGE];
	size_t size;
	bool fails; /* every operation */
};

static struct world {
	struct memory state, slots;
} world;

static struct {
	jmp_buf end;
	unsigned left; /* flash operations until the cut; 0: none is to come */
	unsigned tear; /* 0: the last operation does not begin; 1: it is done; else: a mixture */
	uint32_t random;
	unsigned count; /* flash operations so far */
} power;

static struct memory *memory_of(const struct flash *f)
{
	return f == &world.state.flash ? &world.state : &world.slots;
}

static uint32_t random_word(void)
{
	power.random = power.random * 1664525 + 1013904223;
	return power.random >> 8 ^ power.random << 16;
}

/* From @old towards @new, as a flash operation of so many bytes leaves it when it is torn. */
static void tear(uint8_t *old, const uint8_t *new, size_t size)
{
	size_t half = size / 2;

	if (power.tear == 1)
		memcpy(old, new, size);
	else if (power.tear == 2)
		memcpy(old, new, half);
	else if (power.tear == 3)
		memcpy(old + half, new + half, size - half);
	else if (power.tear > 3)
		for (size_t i = 0; i < size; i++) {
			uint8_t mask = (uint8_t)random_word();

			old[i] = (uint8_t)((old[i] & mask) | (new[i] & ~mask));
		}
}

static void apply(uint8_t *at, const uint8_t *new, size_t size)
{
	power.count++;
	if (power.left && !--power.left) {
		tear(at, new, size);
		longjmp(power.end, 1);
	}
	memcpy(at, new, size);
}

static void sim_read(const struct flash *f, uint32_t offset, void *to, size_t size)
{
	assert_true(offset + size <= memory_of(f)->size);
	memcpy(to, memory_of(f)->data + offset, size);
}

static int sim_write(const struct flash *f, uint32_t offset, uint32_t word)
{
	uint32_t old;

	assert_true(offset + sizeof(word) <= memory_of(f)->size && !(offset % sizeof(word)));
	if (memory_of(f)->fails)
		return E_FLASH_WRITE;
	sim_read(f, offset, &old, sizeof(old));
	word &= old;
	apply(memory_of(f)->data + offset, (const uint8_t *)&word, sizeof(word));
	return 0;
}

static int sim_erase(const struct flash *f, uint32_t offset)
{
	uint8_t erased[SECTOR];

	assert_true(offset + SECTOR <= memory_of(f)->size && !(offset % SECTOR));
	if (memory_of(f)->fails)
		return E_FLASH_ERASE;
	memset(erased, 0xff, SECTOR);
	apply(memory_of(f)->data + offset, erased, SECTOR);
	return 0;
}

static inline void new_world(void)
{
	const struct flash flash = { SECTOR, sim_read, sim_write, NULL, sim_erase };

	memset(&world, 0, sizeof(world));
	memset(world.state.data, 0xff, sizeof(world.state.data));
	memset(world.slots.data, 0xff, sizeof(world.slots.data));
	world.state.flash = world.slots.flash = flash;
	world.state.size = SLOTS_SECTORS * SECTOR;
	world.slots.size = SLOTS * IMAGE;
	memset(&power, 0, sizeof(power));
}

static inline struct slots_state get(void)
{
	struct slots_state s;

	slots_state_read(&world.state.flash, &s);
	return s;
}

static inline void put(struct slots_state s)
{
	assert_int_equal(slots_state_write(&world.state.flash, &s), 0);
}

#endif
