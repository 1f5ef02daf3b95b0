/* SPDX-License-Identifier: BSD-2-Clause */
/* A reset by i.MX's watchdog cuts off nothing that was printed, but waits for no UART that is stuck. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define BOARD_MEMORY_MAP "test/unit/imx_map.h"

#include "driver/imx_uart.c"

#include "boot/board/sabrelite/power.c"

static jmp_buf after;
static volatile sig_atomic_t sent;

volatile uint32_t imx_uart[64];

uint64_t clock_ticks(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

uint32_t clock_frequency(void)
{
	return 1000000000;
}

/* In place of the watchdog. */
void imx_wdog_reset(void)
{
	longjmp(after, 1);
}

void imx_wdog_feed(unsigned seconds)
{
	(void)seconds;
}

/* Nobody starts a core. */
const struct core_ops imx_src_ops;

void arch_park(void)
{
	longjmp(after, 2);
}

static void last_bit_is_out(int number)
{
	(void)number;
	sent = 1;
	USR2 = USR2_SENT;
}

static void what_was_printed_comes_first(void **unused)
{
	(void)unused;
	signal(SIGALRM, last_bit_is_out);
	ualarm(20000, 0);
	if (!setjmp(after))
		board_reset();
	assert_true(sent);
}

static void a_stuck_uart_ends_it_late(void **unused)
{
	const uint64_t start = clock_ticks();
	int how;

	(void)unused;
	USR2 = 0;
	how = setjmp(after);
	if (!how)
		board_reset();
	assert_int_equal(how, 1);
	assert_true(clock_ticks() - start >= 100000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_printed_comes_first),
		cmocka_unit_test(a_stuck_uart_ends_it_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
