/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A context with a watchdog feeds it, or is made anew: so many times in so long, then it stays
 * stopped. Its first core, wherever that is, is interrupted when the time is up.
 */
#include "base/error.h"
#include "monitor/monitor.h"
#include "monitor/platform.h"

static uint64_t in_ms(uint64_t ms)
{
	return platform_ticks() + ms * platform_ticks_per_ms();
}

/* Under the lock: on its first core itself, or by a kick to there. */
static void arm(struct monitor *m, unsigned core, unsigned context)
{
	const unsigned first = m->config->context[context].first;
	struct monitor_watch *w = &m->watch[context];

	if (core != first) {
		if (w->until < w->armed)
			platform_kick(m->config->core[first]);
		return;
	}
	w->armed = w->until;
	platform_alarm(w->armed);
}

void monitor_watch_begin(struct monitor *m, unsigned core, unsigned context)
{
	const struct monitor_watchdog *dog = &m->config->context[context].watchdog;

	m->watch[context].until = dog->ms ? in_ms(dog->ms) : 0;
	arm(m, core, context);
}

int monitor_watch_feed(struct monitor *m, unsigned core, uintptr_t ms)
{
	const unsigned context = (unsigned)monitor_context_of(m->config, core);
	const struct monitor_watchdog *dog = &m->config->context[context].watchdog;

	if (!dog->ms)
		return LIFE_NOT_SUPPORTED;
	if (ms > dog->ms)
		return LIFE_INVALID;
	monitor_lock(&m->lock, core);
	if (m->state[context] == LIFE_RUNNING) {
		m->watch[context].until = in_ms(ms ? ms : dog->ms);
		arm(m, core, context);
	}
	monitor_unlock(&m->lock, core);
	return LIFE_OK;
}

/* Once more, of as many as there may be in that time from the first one on? */
static bool may_restart(const struct monitor_watchdog *dog, struct monitor_watch *w)
{
	const uint64_t now = platform_ticks();
	const uint64_t window = (uint64_t)dog->seconds * 1000 * platform_ticks_per_ms();

	if (!w->restarts || now - w->since > window) {
		w->since = now;
		w->restarts = 0;
	}
	if (w->restarts == dog->restarts)
		return false;
	w->restarts++;
	return true;
}

void monitor_watch_record(struct monitor *m, unsigned core, unsigned context)
{
	monitor_record(m, core, E_NOT_FED, m->again[context] ? " starts again" : " stays stopped",
		       "", m->watch[context].restarts);
}

void monitor_watch(struct monitor *m, unsigned core)
{
	const int context = monitor_context_of(m->config, core);
	struct monitor_watch *w;

	if (context < 0 || m->config->context[context].first != core)
		return;
	w = &m->watch[context];
	if (m->state[context] == LIFE_RUNNING && w->until && platform_ticks() >= w->until) {
		m->again[context] = may_restart(&m->config->context[context].watchdog, w);
		monitor_watch_record(m, core, (unsigned)context);
		monitor_stop_context(m, (unsigned)context);
	}
	if (m->state[context] != LIFE_RUNNING)
		w->until = 0;
	arm(m, core, (unsigned)context);
}
