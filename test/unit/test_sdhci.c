/* SPDX-License-Identifier: BSD-2-Clause */
/* The driver on a controller and a card that are played by sd_model.h. */
#include "test/unit/sd_model.h"

#define CLOCK_HZ 198000000u

static struct sdhci sd;

static void set_up(bool usdhc)
{
	card_reset(usdhc);
	sd = (struct sdhci){
		.storage = { .name = "sd card", .read = sdhci_read },
		.base = card.registers,
		.clock = CLOCK_HZ,
		.is_usdhc = usdhc,
		.ticks = card_ticks,
		.patience = 100,
	};
}

static int read_card(uint64_t offset, void *to, size_t size)
{
	struct error e = { 0 };

	return sd.storage.read(&sd.storage, offset, to, size, &e);
}

static void assert_reads(uint64_t offset, size_t size)
{
	static uint8_t data[CARD_BLOCKS * STORAGE_BLOCK + 2];

	memset(data, 0xee, sizeof(data));
	assert_int_equal(read_card(offset, data + 1, size), 0);
	assert_memory_equal(data + 1, card.data + offset, size);
	assert_int_equal(data[0], 0xee);
	assert_int_equal(data[size + 1], 0xee);
}

/* Hz that the card gets, as the clock register says. */
static uint32_t card_clock(void)
{
	uint32_t high = card.clock >> 8 & 0xff;

	if (card.usdhc)
		return CLOCK_HZ / (high ? 2 * high : 1) / ((card.clock >> 4 & 0xf) + 1);
	high |= (card.clock >> 6 & 3) << 8;
	return high ? CLOCK_HZ / (2 * high) : CLOCK_HZ;
}

static void test_any_bytes(void **state)
{
	(void)state;
	for (int usdhc = 0; usdhc < 2; usdhc++) {
		set_up(usdhc);
		assert_reads(0, 1);
		assert_reads(0, STORAGE_BLOCK);
		assert_reads(0, 3 * STORAGE_BLOCK);
		assert_reads(511, 2);
		assert_reads(100, 412);
		assert_reads(100, 5 * STORAGE_BLOCK);
		assert_reads(STORAGE_BLOCK, 4 * STORAGE_BLOCK + 3);
		assert_reads(0, sizeof(card.data));
		assert_true(card.width == 2 && card.control & CONTROL_4_BITS);
		assert_in_range(card_clock(), FAST / 2, FAST);
	}
}

/* A run of blocks is one transfer: what is asked for as one piece costs no more commands than needed. */
static void test_a_run_is_one_transfer(void **state)
{
	(void)state;
	set_up(true);
	assert_reads(STORAGE_BLOCK, 100 * STORAGE_BLOCK);
	assert_int_equal(card.transfers, 1);
}

static void test_cards_of_other_kinds(void **state)
{
	(void)state;
	set_up(true);
	card.by_bytes = true;
	assert_reads(3 * STORAGE_BLOCK, 2 * STORAGE_BLOCK);
	set_up(false);
	card.old = card.by_bytes = true;
	assert_reads(3 * STORAGE_BLOCK, 2 * STORAGE_BLOCK);
}

static void test_clock_stays_below(void **state)
{
	const uint32_t clocks[] = { 400000,   1000000,	 24000000,  25000000, 50000000,
				    52000000, 100000000, 198000000, 200000000 };

	(void)state;
	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++)
		for (int usdhc = 0; usdhc < 2; usdhc++)
			for (int fast = 0; fast < 2; fast++) {
				uint32_t hz = fast ? FAST : SLOW, got;

				set_up(usdhc);
				sd.clock = clocks[i];
				assert_true(set_clock(&sd, hz));
				got = (uint32_t)((uint64_t)card_clock() * clocks[i] / CLOCK_HZ);
				assert_in_range(
					got, hz < clocks[i] ? hz / 2 : clocks[i] - clocks[i] / 100,
					hz);
			}
}

static void test_no_card(void **state)
{
	uint8_t data[4];
	struct error e = { 0 };

	(void)state;
	set_up(true);
	card.absent = true;
	assert_int_equal(sdhci_read(&sd.storage, 0, data, sizeof(data), &e), E_STORAGE_MISSING);
	assert_non_null(strstr(e.text, "sd card"));
	/* One that is put in is found. */
	card.absent = false;
	assert_reads(0, 4);
}

static void test_card_that_never_gets_ready(void **state)
{
	uint8_t data[4];

	(void)state;
	set_up(true);
	card.busy = UINT32_MAX;
	assert_int_equal(read_card(0, data, sizeof(data)), E_STORAGE_MISSING);
}

static void test_read_error(void **state)
{
	uint8_t data[8 * STORAGE_BLOCK];
	struct error e = { 0 };

	(void)state;
	set_up(true);
	card.bad_block = 5;
	assert_int_equal(sdhci_read(&sd.storage, 2 * STORAGE_BLOCK, data, sizeof(data), &e),
			 E_STORAGE_READ);
	assert_non_null(strstr(e.text, "0x400"));
	/* What does not need that block can still be read. */
	assert_reads(6 * STORAGE_BLOCK, STORAGE_BLOCK);
	assert_reads(0, 5 * STORAGE_BLOCK);
}

static void test_behind_the_end(void **state)
{
	uint8_t data[STORAGE_BLOCK];

	(void)state;
	set_up(true);
	assert_reads(0, 1);
	card.now = 0;
	assert_int_equal(read_card(sizeof(card.data), data, sizeof(data)), E_STORAGE_READ);
	assert_in_range(card.now, 0, sd.patience - 1); /* the card has said so */
	assert_reads(0, 1);
}

static void test_write(void **state)
{
	uint8_t data[3 * STORAGE_BLOCK];
	struct error e = { 0 };

	(void)state;
	for (int usdhc = 0; usdhc < 2; usdhc++) {
		set_up(usdhc);
		memset(data, 0x5a, sizeof(data));
		assert_int_equal(
			sdhci_write(&sd.storage, 4 * STORAGE_BLOCK, data, sizeof(data), &e), 0);
		assert_memory_equal(card.data + 4 * STORAGE_BLOCK, data, sizeof(data));
		assert_reads(0, 10 * STORAGE_BLOCK);
		assert_int_equal(sdhci_write(&sd.storage, sizeof(card.data), data, STORAGE_BLOCK,
					     &e),
				 E_FLASH_WRITE);
	}
}

/* It took the data, and then could not write them: it says so only when it is asked. */
static void test_write_that_the_card_fails(void **state)
{
	uint8_t data[2 * STORAGE_BLOCK] = { 0 };
	struct error e = { 0 };

	(void)state;
	set_up(true);
	card.bad_write = true;
	assert_int_equal(sdhci_write(&sd.storage, STORAGE_BLOCK, data, sizeof(data), &e),
			 E_FLASH_WRITE);
	assert_non_null(strstr(e.text, "0x200"));
	card.bad_write = false;
	assert_int_equal(sdhci_write(&sd.storage, STORAGE_BLOCK, data, sizeof(data), &e), 0);
}

/* The host is busy with what went before: its registers for data are not for writing. */
static void test_waits_for_the_host(void **state)
{
	(void)state;
	set_up(true);
	assert_reads(0, 1);
	card.inhibited = 3;
	assert_reads(0, 2 * STORAGE_BLOCK);
	assert_int_equal(card.inhibited, 0);
}

static void test_no_whole_blocks(void **state)
{
	static uint8_t data[2 * STORAGE_BLOCK];
	const struct {
		uint64_t offset;
		size_t size;
	} wrong[] = { { 0, 1 }, { 0, STORAGE_BLOCK + 4 }, { 4, STORAGE_BLOCK } };

	(void)state;
	set_up(true);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct error e = { 0 };

		assert_int_equal(sdhci_write(&sd.storage, wrong[i].offset, data, wrong[i].size, &e),
				 E_FLASH_WRITE);
		assert_int_equal(card.commands, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_a_run_is_one_transfer),
		cmocka_unit_test(test_cards_of_other_kinds),
		cmocka_unit_test(test_clock_stays_below),
		cmocka_unit_test(test_no_card),
		cmocka_unit_test(test_card_that_never_gets_ready),
		cmocka_unit_test(test_read_error),
		cmocka_unit_test(test_behind_the_end),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_write_that_the_card_fails),
		cmocka_unit_test(test_waits_for_the_host),
		cmocka_unit_test(test_no_whole_blocks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
