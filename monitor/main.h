/* SPDX-License-Identifier: BSD-2-Clause */
/* Between C and the architecture's code that every core comes and goes by (arch/<arch>/monitor/). */
#ifndef MONITOR_MAIN_H
#define MONITOR_MAIN_H

#include "monitor/head.h"
#include "monitor/monitor.h"

/* What monitor_head of the architecture's leads to. */
extern struct monitor_config monitor_config;
extern struct monitor_handover monitor_handover;

/* @core is nobody's: until it has somewhere to go. */
const struct monitor_entry *monitor_main(unsigned core);

/* @core was interrupted, and called. Does it leave its context? Else it goes on there. */
bool monitor_fiq(unsigned core);
bool monitor_smc(unsigned core, struct monitor_call *call);

/* Or it has come by an exception that is no call, and leaves. */
void monitor_exception(unsigned core, uint64_t address, uint64_t syndrome);

#endif
