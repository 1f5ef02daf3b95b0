/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/fuzz/fuzz.h"
#include "test/fuzz/hostile.h"

#define LOADS_MAX 64 /* of one call */

static struct {
	struct bytes *input;
	bool inside;
	struct {
		uint8_t *at;
		size_t size;
		enum hostile_kind kind;
	} area[HOSTILE_AREAS];
	unsigned areas;
	struct {
		const uint8_t *at;
		size_t size;
	} load[LOADS_MAX];
	unsigned loads;
} hostile;

void hostile_begin(struct bytes *input)
{
	memset(&hostile, 0, sizeof(hostile));
	hostile.input = input;
}

void hostile_share(void *at, size_t size, enum hostile_kind kind)
{
	assert_true(hostile.areas < HOSTILE_AREAS);
	hostile.area[hostile.areas].at = at;
	hostile.area[hostile.areas].size = size;
	hostile.area[hostile.areas++].kind = kind;
}

void hostile_enter(void)
{
	hostile.inside = true;
	hostile.loads = 0;
}

void hostile_leave(void)
{
	hostile.inside = false;
}

static enum hostile_kind kind_of(const uint8_t *at)
{
	for (unsigned i = 0; i < hostile.areas; i++)
		if (at >= hostile.area[i].at && at < hostile.area[i].at + hostile.area[i].size)
			return hostile.area[i].kind;
	return HOSTILE_NONE;
}

/* What is checked in one copy and used in another was never checked. */
static void read_once(const uint8_t *at, size_t size)
{
	for (unsigned i = 0; i < hostile.loads; i++)
		assert_true(at + size <= hostile.load[i].at ||
			    at >= hostile.load[i].at + hostile.load[i].size);
	assert_true(hostile.loads < LOADS_MAX);
	hostile.load[hostile.loads].at = at;
	hostile.load[hostile.loads++].size = size;
}

/* Most values stay; some become nearly the same, some anything. */
static void change(uint8_t *at, size_t size)
{
	unsigned choice = (unsigned)fuzz_number(hostile.input, 1);

	if (choice >= 0xe0)
		for (size_t i = 0; i < size; i++)
			at[i] = (uint8_t)fuzz_number(hostile.input, 1);
	else if (choice >= 0xc0)
		at[choice & (size - 1)] =
			(uint8_t)(at[choice & (size - 1)] + (choice >> 3 & 3) - 1);
}

static void on_load(void *address, size_t size)
{
	uint8_t *at = address;
	enum hostile_kind kind;

	if (!hostile.inside)
		return;
	kind = kind_of(at);
	assert_int_not_equal(kind, HOSTILE_CONTENT);
	if (kind == HOSTILE_NONE)
		return;
	if (kind != HOSTILE_WORDS)
		read_once(at, size);
	change(at, size);
}

static void on_store(void *address)
{
	enum hostile_kind kind = hostile.inside ? kind_of(address) : HOSTILE_NONE;

	assert_true(kind != HOSTILE_THEIRS && kind != HOSTILE_CONTENT);
}

#define CALLBACKS(size, type)                       \
	void __sanitizer_cov_load##size(type *at);  \
	void __sanitizer_cov_store##size(type *at); \
	void __sanitizer_cov_load##size(type *at)   \
	{                                           \
		on_load(at, size);                  \
	}                                           \
	void __sanitizer_cov_store##size(type *at)  \
	{                                           \
		on_store(at);                       \
	}

CALLBACKS(1, uint8_t)
CALLBACKS(2, uint16_t)
CALLBACKS(4, uint32_t)
CALLBACKS(8, uint64_t)
CALLBACKS(16, __int128)
