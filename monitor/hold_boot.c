/* SPDX-License-Identifier: BSD-2-Clause */
#include "monitor/hold_boot.h"
#include "monitor/monitor.h"
#include "monitor/platform.h"

/* Whose register it is; contexts: nobody's. */
static unsigned find(const struct monitor_config *c, uintptr_t address)
{
	unsigned i = 0;

	while (i < c->contexts && (!address || c->context[i].hold_boot != address))
		i++;
	return i;
}

static void record(struct monitor *m, unsigned core, const char *does, unsigned context)
{
	const struct monitor_context *c = &m->config->context[context];

	monitor_record(m, core, 0, does, c->name, c->hold_boot);
}

/* Under the lock. */
static int release(struct monitor *m, unsigned core, unsigned context)
{
	switch (m->state[context]) {
	case LIFE_STOPPED:
	case LIFE_BROKEN: /* by its own images: here it has Linux's */
		record(m, core, " loads, starts ", context);
		m->watch[context].restarts = 0;
		monitor_start_loaded(m, context);
		break;
	case LIFE_RUNNING:
		break;
	default:
		return LIFE_PENDING;
	}
	m->held[context] = false;
	return LIFE_OK;
}

/* Under the lock. */
static void hold(struct monitor *m, unsigned core, unsigned context)
{
	const bool ends = !m->held[context];
	const uint32_t state = m->state[context];

	m->held[context] = true;
	if (ends)
		return;
	m->again[context] = false; /* nor does whoever was about to begin anew */
	if (state != LIFE_RUNNING && state != LIFE_STARTING)
		return;
	record(m, core, " stops ", context);
	monitor_stop_context(m, context);
}

static int write(struct monitor *m, unsigned core, unsigned context, uintptr_t value)
{
	int answer = LIFE_OK;

	monitor_lock(&m->lock, core);
	if (value)
		answer = release(m, core, context);
	else
		hold(m, core, context);
	monitor_unlock(&m->lock, core);
	/*
	 * What comes next is loaded over it: none of its cores may still run. Only other world's
	 * are waited for, which can't put off their leaving.
	 */
	while (!value && m->state[context] == LIFE_STOPPING && !m->core[core].leaves)
		platform_relax();
	return answer;
}

bool monitor_hold_boot(struct monitor *m, unsigned core, struct monitor_call *call)
{
	const unsigned caller = (unsigned)monitor_context_of(m->config, core);
	const unsigned context = find(m->config, call->r[2]);
	int answer;

	if ((uint32_t)call->r[0] != HOLD_BOOT_CALL || call->r[1] != HOLD_BOOT_WRITE)
		return false;
	if (context == m->config->contexts || !m->config->context[context].cores)
		answer = LIFE_INVALID;
	else if (m->config->context[context].holder != caller ||
		 !(m->config->context[caller].controls >> context & 1))
		answer = LIFE_DENIED;
	else if (!m->is_open)
		answer = LIFE_PENDING;
	else
		answer = write(m, core, context, call->r[3]);
	call->r[0] = (uintptr_t)answer;
	return true;
}
