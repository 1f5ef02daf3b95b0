/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/error.h"
#include "monitor/monitor.h"

#define SMC64 (1u << 30) /* of a function: its arguments are as wide as registers */

/* Whoever asks for what there is not, or what is not his, is told so, and it is counted. */
bool monitor_call(struct monitor *m, unsigned core, struct monitor_call *call)
{
	const int context = monitor_context_of(m->config, core);
	const uint32_t function = (uint32_t)call->r[0];
	bool leaves = false;

	for (unsigned i = 1; i < 4 && !(function & SMC64); i++)
		call->r[i] = (uint32_t)call->r[i]; /* what is above is of no argument */
	if (!monitor_psci(m, core, call, &leaves) && !monitor_life(m, core, call) &&
	    !(MONITOR_HOLD_BOOT && monitor_hold_boot(m, core, call)) &&
	    !monitor_slots(m, core, call))
		call->r[0] = (uintptr_t)LIFE_NOT_SUPPORTED;
	if (leaves || ((int)call->r[0] != LIFE_INVALID && (int)call->r[0] != LIFE_DENIED))
		return leaves;
	monitor_lock(&m->lock, core);
	m->refused[context]++;
	monitor_record(m, core, E_CALL_REFUSED, " calls", "", function);
	monitor_unlock(&m->lock, core);
	return false;
}
