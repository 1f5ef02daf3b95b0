/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The few things of a processor that the tests' own programs need: no library, no stack. Of each
 * architecture by PROCESSOR, which test/boot/firmware.py defines.
 *
 * ENTRY(run)	_start, the first instruction: what the registers hold goes on to run().
 * core()	this core's number.
 * is_supervisor()	is it in the mode that the images' library runs in?
 * read_state()	registers of system state by name, STATES of them.
 * TREE_IN	the one of the first three registers that Linux finds its device tree by.
 * power_off()	by PSCI; returns where nobody answers.
 */
#ifndef TEST_BOOT_PROCESSOR_H
#define TEST_BOOT_PROCESSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PSCI_SYSTEM_OFF 0x84000008u

struct state {
	const char *name;
	uint32_t value;
};

#include PROCESSOR

#endif
