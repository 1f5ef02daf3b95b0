/* SPDX-License-Identifier: BSD-2-Clause */
/* The menu of recovery, by a line and a clock of its own: what ends the wait for a key. */
#include "boot/feature/recovery/menu.c"
#include "boot/feature/recovery/serial.c"
#include "test/unit/features.h"
#include "test/unit/unit.h"

#define SECONDS(ms) ((ms) / 1000)

const struct board board;

static const char *line; /* what comes, a byte a second; at its end the last byte again and again */
static uint64_t now;	 /* seconds */
static unsigned boots;
static jmp_buf reset;

uint64_t clock_ticks(void)
{
	return now;
}

uint32_t clock_frequency(void)
{
	return 1;
}

int board_get(void)
{
	int byte = *line;

	now++;
	if (line[0] && line[1])
		line++;
	return byte ? byte : -1;
}

void board_put(char c)
{
	(void)c;
}

void watchdog_feed(void)
{
}

void board_reset(void)
{
	longjmp(reset, 1);
}

int in_ram_boot(struct boot *boot, struct range received, struct error *e)
{
	(void)boot, (void)received, (void)e;
	return ++boots ? 0 : -1;
}

int in_ram_check(struct boot *boot, struct range received, struct error *e)
{
	(void)boot, (void)received;
	return e->code;
}

int receive(struct range room, struct range *received, struct error *e)
{
	(void)room, (void)e;
	*received = (struct range){ 1, 1 };
	return 0;
}

static int write_slot(unsigned slot, struct range received, struct error *e)
{
	(void)slot, (void)received;
	return e->code;
}

static const struct slots_feature slots = { .write = write_slot };

void boot_report(const struct error *e)
{
	(void)e;
}

void console_put(const char *format, ...)
{
	(void)format;
}

void console_put_line(const char *format, ...)
{
	(void)format;
}

/* Until the board starts anew: how long that took after the last command, in seconds. */
static uint64_t run(const char *bytes)
{
	static struct boot boot;
	struct error e;

	line = bytes;
	now = 0;
	boots = 0;
	test_features.slots = &slots;
	if (!setjmp(reset))
		menu(&boot, &e);
	return now - strlen(bytes);
}

static void test_silence(void **state)
{
	(void)state;
	assert_in_range(run(""), SECONDS(MENU_WAIT), SECONDS(MENU_WAIT) + 5);
}

static void test_noise(void **state)
{
	(void)state;
	assert_in_range(run("?"), SECONDS(MENU_WAIT) - 5, SECONDS(MENU_WAIT) + 5);
}

/* A command is somebody: the time begins anew. */
static void test_commands(void **state)
{
	(void)state;
	assert_in_range(run("?????????????rb?"), SECONDS(MENU_WAIT) - 5, SECONDS(MENU_WAIT) + 5);
	assert_int_equal(boots, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_silence),
		cmocka_unit_test(test_noise),
		cmocka_unit_test(test_commands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
