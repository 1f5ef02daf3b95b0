/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls of the life cycle, by SMC: docs/monitor.md. Functions are fast calls in the range of
 * vendors (Arm DEN 0028, 6.1, OEM service calls); contexts are numbered as in the manifest.
 */
#ifndef MONITOR_LIFE_H
#define MONITOR_LIFE_H

#define LIFE_VERSION 0x83000000u /* answers LIFE_ABI */
#define LIFE_STATE   0x83000001u /* of context r1: enum life_state */
#define LIFE_STOP    0x83000002u /* context r1: its cores are taken; LIFE_STATE says when all are */
#define LIFE_START   0x83000003u /* context r1, stopped: made anew from its images, and entered */
#define LIFE_FEED    0x83000004u /* the caller's own watchdog, for r1 ms; 0: the manifest's */

#define LIFE_ABI 1

/* Answers, as PSCI's. */
#define LIFE_OK		   0
#define LIFE_NOT_SUPPORTED (-1)
#define LIFE_INVALID	   (-2) /* there is no such context */
#define LIFE_DENIED	   (-3) /* the caller doesn't control it */
#define LIFE_ALREADY	   (-4) /* it is in that state */
#define LIFE_PENDING	   (-5) /* it is on its way from one state to another */

enum life_state {
	LIFE_STOPPED,
	LIFE_STARTING, /* it is being made */
	LIFE_RUNNING,
	LIFE_STOPPING, /* some of its cores are still to come */
	LIFE_BROKEN,   /* an image did not verify: it can't be started */
};

#endif
