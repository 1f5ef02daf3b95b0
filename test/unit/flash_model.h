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
#include "driver/block_flash.h"
#include "test/unit/unit.h"

#ifndef RECORDS
#define RECORDS 4 /* in a sector: it is full soon */
#define IMAGE	(2 * SECTOR)
#endif
#define SECTOR (RECORDS * sizeof(struct slots_state))
#define BUFFER 4 /* words that the slots' flash programs at once */

/*
 * What a cut leaves of the operation that it meets. Of several words each may be programmed or not,
 * whatever their order: tear N is those words whose bit in N is set, of more words by fours.
 */
#define NOT_BEGUN     0
#define DONE	      ((1u << BUFFER) - 1)
#define FIRST_HALF    (DONE + 1) /* of the bytes */
#define SECOND_HALF   (DONE + 2)
#define FIRST_MIXTURE (DONE + 3) /* of bits */
#define MIXTURES      6		 /* different ones tried */
#define TEARS	      (FIRST_MIXTURE + MIXTURES)

/* --- flash whose power can be cut ---------------------------------------------------------------- */

struct memory {
	union { /* first */
		struct flash flash;
		struct block_flash blocks; /* card_model.h */
	};
	uint8_t data[2 * IMAGE];
	size_t size;
	bool fails;		   /* every operation */
	bool loses;		   /* what is written, without a word (card_model.h) */
	const uint8_t *unreadable; /* this byte, so many times */
	unsigned unread;
};

static struct world {
	struct memory state, slots;
} world;

static struct {
	jmp_buf end;
	unsigned left;	/* flash operations until the cut; 0: none is to come */
	unsigned tear;	/* what it leaves of the last one */
	unsigned words; /* of that one, BUFFER at most */
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

static void tear_words(uint8_t *old, const uint8_t *new, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (power.tear & 1u << i / sizeof(uint32_t) % BUFFER)
			old[i] = new[i];
}

static void tear_bits(uint8_t *old, const uint8_t *new, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		uint8_t mask = (uint8_t)random_word();

		old[i] = (uint8_t)((old[i] & mask) | (new[i] & ~mask));
	}
}

/* From @old towards @new, as a flash operation of so many bytes leaves it when it is torn. */
static void tear(uint8_t *old, const uint8_t *new, size_t size)
{
	size_t half = size / 2;

	if (power.tear <= DONE)
		tear_words(old, new, size);
	else if (power.tear == FIRST_HALF)
		memcpy(old, new, half);
	else if (power.tear == SECOND_HALF)
		memcpy(old + half, new + half, size - half);
	else
		tear_bits(old, new, size);
}

static void apply(uint8_t *at, const uint8_t *new, size_t size)
{
	power.count++;
	if (power.left && !--power.left) {
		power.words = size < 4 * BUFFER ? (unsigned)(size + 3) / 4 : BUFFER;
		tear(at, new, size);
		longjmp(power.end, 1);
	}
	memcpy(at, new, size);
}

static int sim_read(const struct flash *f, uint32_t offset, void *to, size_t size)
{
	assert_true(offset + size <= memory_of(f)->size);
	memcpy(to, memory_of(f)->data + offset, size);
	return 0;
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

static int sim_write_bytes(const struct flash *f, uint32_t offset, const uint8_t *data, size_t size)
{
	size_t room = (BUFFER - offset / sizeof(uint32_t) % BUFFER) * sizeof(uint32_t);
	uint8_t new[BUFFER * sizeof(uint32_t)];

	assert_true(size && offset + size <= memory_of(f)->size && !(offset % sizeof(uint32_t)));
	assert_ptr_equal(f, &world.slots.flash);
	if (memory_of(f)->fails)
		return E_FLASH_WRITE;
	size = size < room ? size : room;
	sim_read(f, offset, new, size);
	for (size_t i = 0; i < size; i++)
		new[i] &= data[i];
	apply(memory_of(f)->data + offset, new, size);
	return (int)size;
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
	const struct flash flash = {
		.sector = SECTOR,
		.read = sim_read,
		.write = sim_write,
		.erase = sim_erase,
	};

	memset(&world, 0, sizeof(world));
	memset(world.state.data, 0xff, sizeof(world.state.data));
	memset(world.slots.data, 0xff, sizeof(world.slots.data));
	world.state.flash = world.slots.flash = flash;
	world.slots.flash.write_bytes = sim_write_bytes;
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
