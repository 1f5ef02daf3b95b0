/* SPDX-License-Identifier: BSD-2-Clause */
/* The life cycle of contexts, for those who control them. */
#include "monitor/monitor.h"

static bool controls(const struct monitor *m, unsigned caller, uintptr_t context)
{
	return m->config->context[caller].controls >> context & 1;
}

/* Under the lock. */
static int stop(struct monitor *m, unsigned context)
{
	switch (m->state[context]) {
	case LIFE_STARTING:
	case LIFE_RUNNING:
		m->again[context] = false;
		monitor_stop_context(m, context);
		return LIFE_OK;
	case LIFE_STOPPING:
		m->again[context] = false;
		monitor_stop_context(m, context); /* a kick may have got lost */
		return LIFE_PENDING;
	default:
		return LIFE_ALREADY;
	}
}

static int start(struct monitor *m, unsigned context)
{
	switch (m->state[context]) {
	case LIFE_STOPPED:
	case LIFE_BROKEN: /* what was wrong may have been mended */
		m->watch[context].restarts = 0;
		monitor_start_context(m, context);
		return LIFE_OK;
	case LIFE_RUNNING:
		return LIFE_ALREADY;
	default:
		return LIFE_PENDING;
	}
}

bool monitor_life(struct monitor *m, unsigned core, struct monitor_call *call)
{
	const uint32_t function = (uint32_t)call->r[0];
	const unsigned caller = (unsigned)monitor_context_of(m->config, core);
	const uintptr_t context = call->r[1];
	int answer;

	if (function == LIFE_VERSION) {
		call->r[0] = LIFE_ABI;
		return true;
	}
	if (function == LIFE_FEED) {
		call->r[0] = (uintptr_t)monitor_watch_feed(m, core, context);
		return true;
	}
	if (function != LIFE_STATE && function != LIFE_STOP && function != LIFE_START)
		return false;
	/* One that failed while it was loaded has no cores, and so nothing to be done with. */
	if (context >= m->config->contexts || !m->config->context[context].cores) {
		answer = LIFE_INVALID;
	} else if (!controls(m, caller, context)) {
		answer = LIFE_DENIED;
	} else if (function == LIFE_STATE) {
		answer = (int)m->state[context];
	} else if (!m->is_open) {
		answer = LIFE_PENDING;
	} else {
		monitor_lock(&m->lock, core);
		answer = function == LIFE_STOP ? stop(m, (unsigned)context) :
						 start(m, (unsigned)context);
		if (answer == LIFE_OK)
			monitor_record(m, core, 0, function == LIFE_STOP ? " stops " : " starts ",
				       m->config->context[context].name, 0);
		monitor_unlock(&m->lock, core);
	}
	call->r[0] = (uintptr_t)answer;
	return true;
}
