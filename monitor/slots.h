/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls about slots and boot state (docs/slots.md), by SMC: docs/monitor.md. For contexts with
 * `controls-slots`; numbers and answers as those of monitor/life.h.
 */
#ifndef MONITOR_SLOTS_H
#define MONITOR_SLOTS_H

#define SLOTS_STATE   0x83000010u /* answers with SLOTS_… in r1, and in r2 the lowest version */
#define SLOTS_CONFIRM 0x83000011u /* this boot is a good one */

/* Of SLOTS_STATE. */
#define SLOTS_BOOTED_B	(1u << 0) /* else slot A */
#define SLOTS_CONFIRMED (1u << 1) /* that slot is */

#define SLOTS_FAILED (-6) /* flash did not take it: nothing has changed */

#endif
