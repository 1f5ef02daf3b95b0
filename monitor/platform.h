/* SPDX-License-Identifier: BSD-2-Clause */
/* What the monitor wants of the machine that it runs on; tests have one of their own. */
#ifndef MONITOR_PLATFORM_H
#define MONITOR_PLATFORM_H

#include "monitor/config.h"

/* What is written before is seen by all before what is written behind. */
void platform_barrier(void);

/* Wake @core if it sleeps here, and bring it here if it does not. */
void platform_kick(core_id_t core);

/* While this core waits for another one. */
void platform_relax(void);

/* Of the interrupts of the core that this runs on none is pending or active, and none reaches it. */
void platform_silence(void);

/* Nor of those that cores share, of what reaches none but these: cores of @core, in @mask. */
void platform_silence_shared(const core_id_t *core, uint32_t mask);

/* Memory by its physical address, uncached. */
void *platform_memory(phys_addr_t address);

/* The board's counter, as the boot record has it. */
uint64_t platform_ticks(void);
uint32_t platform_ticks_per_ms(void);

/* Kick the core that this runs on at that tick; 0: never. The last one that was asked for holds. */
void platform_alarm(uint64_t at);

struct flash;

/* Where the boot state is: driver/flash.h. Images may be in the same flash. */
const struct flash *platform_state_flash(void);

/* The board's power: off, or all of it from reset. */
void platform_power(bool again) __attribute__((noreturn));

#endif
