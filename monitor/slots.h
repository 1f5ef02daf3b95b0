/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls about slots and boot state (docs/slots.md), by SMC: docs/monitor.md. For contexts with
 * `controls-slots`; numbers and answers as those of monitor/life.h.
 */
#ifndef MONITOR_SLOTS_H
#define MONITOR_SLOTS_H

#define SLOTS_STATE   0x83000010u /* answers with SLOTS_… in r1, and in r2 the lowest version */
#define SLOTS_CONFIRM 0x83000011u /* this boot is a good one */
#define SLOTS_UPDATE \
	0x83000012u /* the boot image in the place for it is wanted in the other slot */

/* Of SLOTS_STATE. */
#define SLOTS_BOOTED_B	(1u << 0) /* else slot A */
#define SLOTS_CONFIRMED (1u << 1) /* that slot is */
#define SLOTS_UPDATING	(1u << 2) /* the next boot begins with the update */

#define SLOTS_FAILED (-6) /* flash did not take it: nothing has changed */
#define SLOTS_KEPT   (-7) /* the other slot is the only one that is confirmed */

#endif
