/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "base/error.h"
#include "boot/feature/slots/state.h"

#define RECORD sizeof(struct slots_state)

_Static_assert(RECORD == 32, "as docs/slots.md says");

struct newest {
	struct slots_state state; /* magic 0: there is none */
	uint32_t sector;	  /* number */
	uint32_t next;		  /* offset of the first erased place there, or of its end */
};

/* By the bit: it is 28 bytes, and wanted where there is no zlib. */
static uint32_t checksum(const struct slots_state *s)
{
	const uint8_t *data = (const uint8_t *)s;
	uint32_t crc = 0xffffffffu;

	for (size_t i = 0; i < offsetof(struct slots_state, crc); i++) {
		crc ^= data[i];
		for (unsigned bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

/* All that others rely on without a look, not only the CRC. */
static bool is_whole(const struct slots_state *s)
{
	if (s->magic != SLOTS_MAGIC || s->crc != checksum(s))
		return false;
	return s->preferred < SLOTS && s->booted < SLOTS && s->status[0] <= SLOT_WRITTEN &&
	       s->status[1] <= SLOT_WRITTEN && s->attempts;
}

static bool is_erased(const struct slots_state *s)
{
	const uint8_t *data = (const uint8_t *)s;

	for (size_t i = 0; i < RECORD; i++)
		if (data[i] != (uint8_t)FLASH_ERASED)
			return false;
	return true;
}

/*
 * Look at the records of a sector up to the first erased place, and keep in @newest what is newer.
 */
static int scan(const struct flash *f, uint32_t sector, struct newest *newest)
{
	uint32_t offset = sector * f->sector, end = offset + f->sector;
	struct slots_state s;

	for (; offset < end; offset += RECORD) {
		int result = f->read(f, offset, &s, RECORD);

		if (result)
			return result;
		if (is_erased(&s))
			break;
		if (!is_whole(&s) || (newest->state.magic && s.sequence <= newest->state.sequence))
			continue;
		newest->state = s;
		newest->sector = sector;
	}
	if (newest->sector == sector)
		newest->next = offset;
	return 0;
}

static int find_newest(const struct flash *f, struct newest *newest)
{
	int result = 0;

	memset(newest, 0, sizeof(*newest));
	for (uint32_t sector = 0; sector < SLOTS_SECTORS; sector++) {
		int failed = scan(f, sector, newest);

		if (failed)
			result = failed;
	}
	return result;
}

int slots_state_read(const struct flash *f, struct slots_state *s)
{
	struct newest newest;
	int result = find_newest(f, &newest);

	*s = newest.state;
	if (s->magic)
		return result;
	s->magic = SLOTS_MAGIC;
	s->attempts = SLOTS_ATTEMPTS;
	memset(s->tries, SLOTS_ATTEMPTS, sizeof(s->tries));
	return result ? result : SLOTS_NEW;
}

static int write_at(const struct flash *f, uint32_t offset, const struct slots_state *s)
{
	struct slots_state back;
	uint32_t word;
	int result;

	for (uint32_t i = 0; i < RECORD; i += sizeof(word)) {
		memcpy(&word, (const uint8_t *)s + i, sizeof(word));
		result = f->write(f, offset + i, word);
		if (result)
			return result;
	}
	result = f->read(f, offset, &back, RECORD);
	if (result)
		return result;
	return memcmp(&back, s, RECORD) ? E_FLASH_WRITE : 0;
}

int slots_state_write(const struct flash *f, struct slots_state *s)
{
	struct newest newest;
	uint32_t offset;
	int result;

	result = find_newest(f, &newest);
	if (result)
		return result;
	s->sequence = newest.state.sequence + 1;
	s->crc = checksum(s);
	offset = newest.next;
	if (offset == (newest.sector + 1) * f->sector) {
		offset = !newest.sector * f->sector;
		result = f->erase(f, offset);
		if (result)
			return result;
	}
	return write_at(f, offset, s);
}
