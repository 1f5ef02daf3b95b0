/* SPDX-License-Identifier: BSD-2-Clause */
/* A reset by i.MX's watchdog cuts off nothing that was printed. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#define BOARD_MEMORY_MAP "test/unit/imx_map.h"

#include "driver/imx_uart.c"

#include "boot/board/sabrelite/power.c"

static jmp_buf after;
static volatile sig_atomic_t sent;

volatile uint32_t imx_uart[64];

/* In place of the watchdog. */
void imx_wdog_reset(void)
{
	longjmp(after, 1);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_printed_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
