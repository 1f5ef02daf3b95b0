/* SPDX-License-Identifier: BSD-2-Clause */
/* Cores on their way between contexts and here. */
#include "base/error.h"
#include "monitor/monitor.h"
#include "monitor/platform.h"

int monitor_context_of(const struct monitor_config *config, unsigned core)
{
	for (unsigned i = 0; i < config->contexts; i++)
		if (config->context[i].cores >> core & 1)
			return (int)i;
	return -1;
}

static bool all_off(const struct monitor *m, uint32_t cores)
{
	for (unsigned i = 0; i < m->config->cores; i++)
		if (cores >> i & 1 && m->core[i].state != CORE_OFF)
			return false;
	return true;
}

/* Under the lock. */
static void start_again(struct monitor *m, unsigned context)
{
	m->again[context] = false;
	monitor_start_context(m, context);
}

static void record_trap(struct monitor *m, unsigned context)
{
	const struct monitor_trap *t = &m->trap[context];

	monitor_record_at(m, t->core, E_EXCEPTION, " traps", "", t->address, t->syndrome);
}

/* The loader has ended: what a context is made of is known. */
static void open_all(struct monitor *m)
{
	monitor_record_open(m);
	m->slots = m->config->slots;
	m->is_open = true;
	for (unsigned i = 0; i < m->config->contexts; i++) {
		if (m->trap[i].syndrome)
			record_trap(m, i);
		if (m->watch[i].since)
			monitor_watch_record(m, m->config->context[i].first, i);
		if (m->again[i] && m->state[i] == LIFE_STOPPED)
			start_again(m, i);
	}
}

/* Under the lock. */
static void left(struct monitor *m, unsigned core)
{
	const int context = monitor_context_of(m->config, core);

	m->core[core].state = CORE_OFF;
	m->core[core].leaves = false;
	m->core[core].renews = false;
	if (context < 0 || !all_off(m, m->config->context[context].cores))
		return;
	platform_silence_shared(m->config->core, m->config->context[context].cores);
	if (m->state[context] == LIFE_STOPPING)
		monitor_record(m, core, 0, " has stopped", "", 0);
	/* Its last core; one that has all its cores off by itself has stopped, too. */
	if (m->state[context] != LIFE_BROKEN)
		m->state[context] = LIFE_STOPPED;
	if (m->again[context] && m->is_open)
		start_again(m, (unsigned)context);
}

void monitor_arrive(struct monitor *m, unsigned core)
{
	platform_silence();
	monitor_lock(&m->lock, core);
	if (!core && !m->is_open) /* the loader's: it comes last, when all is made */
		open_all(m);
	left(m, core);
	monitor_watch(m, core);
	monitor_unlock(&m->lock, core);
}

void monitor_stop_context(struct monitor *m, unsigned context)
{
	const uint32_t cores = m->config->context[context].cores;

	m->state[context] = LIFE_STOPPING;
	for (unsigned i = 0; i < m->config->cores; i++) {
		if (!(cores >> i & 1) || m->core[i].state == CORE_OFF)
			continue;
		m->core[i].leaves = true;
		platform_kick(m->config->core[i]);
	}
}

/* Under the lock. */
static void pend(struct monitor *m, unsigned context, bool renews)
{
	const struct monitor_context *c = &m->config->context[context];
	struct monitor_core *core = &m->core[c->first];

	m->state[context] = LIFE_STARTING;
	core->entry = (struct monitor_entry){ (uintptr_t)c->entry | c->thumb,
					      { c->argument[0], c->argument[1], c->argument[2] },
					      c->secure };
	core->renews = renews;
	core->state = CORE_PENDING;
	for (unsigned i = 0; i < m->config->contexts; i++)
		if (m->config->context[i].holder ==
		    context) /* a Linux that begins finds the bit as the first did */
			m->held[i] = false;
}

void monitor_start_context(struct monitor *m, unsigned context)
{
	pend(m, context, true);
	platform_kick(m->config->core[m->config->context[context].first]);
}

void monitor_start_loaded(struct monitor *m, unsigned context)
{
	const struct monitor_context *c = &m->config->context[context];

	pend(m, context, false);
	m->core[c->first].entry = (struct monitor_entry){ .address = (uintptr_t)c->memory[0].base };
	platform_kick(m->config->core[c->first]);
}

void monitor_enter_first(struct monitor *m, unsigned caller, unsigned core)
{
	const int context = monitor_context_of(m->config, core);

	if (context < 0 || m->core[core].began)
		return;
	monitor_lock(&m->lock, caller);
	if (!m->core[core].began && m->core[core].state == CORE_OFF) {
		m->core[core].began = true;
		pend(m, (unsigned)context, false);
	}
	monitor_unlock(&m->lock, caller);
}

/* Under the lock, which is left while the context is made. */
static void renew(struct monitor *m, unsigned core)
{
	const unsigned context = (unsigned)monitor_context_of(m->config, core);
	bool made;

	m->core[core].renews = false;
	while (m->writing && !m->core[core].leaves) { /* no longer than the flash may take */
		monitor_unlock(&m->lock, core);
		monitor_lock(&m->lock, core);
	}
	if (m->core[core].leaves)
		return;
	m->renewing++;
	monitor_unlock(&m->lock, core);
	made = monitor_renew(m, context);
	monitor_lock(&m->lock, core);
	m->renewing--;
	if (made) {
		monitor_record(m, core, 0, " is made anew", "", 0);
		return;
	}
	m->state[context] = LIFE_BROKEN;
	m->core[core].leaves = true;
	monitor_record(m, core, E_HASH_WRONG, " can't start", "", 0);
}

const struct monitor_entry *monitor_next(struct monitor *m, unsigned core)
{
	struct monitor_core *c = &m->core[core];
	const struct monitor_entry *entry = NULL;

	monitor_lock(&m->lock, core);
	monitor_watch(m, core);
	if (c->state == CORE_PENDING && !c->leaves && c->renews)
		renew(m, core);
	if (c->state == CORE_PENDING && c->leaves) {
		left(m, core);
	} else if (c->state == CORE_PENDING) {
		const unsigned context = (unsigned)monitor_context_of(m->config, core);

		c->state = CORE_ON;
		if (m->state[context] == LIFE_STARTING) {
			m->state[context] = LIFE_RUNNING;
			monitor_watch_begin(m, core, context);
		}
		entry = &c->entry;
	}
	monitor_unlock(&m->lock, core);
	return entry;
}

bool monitor_kicked(struct monitor *m, unsigned core)
{
	monitor_lock(&m->lock, core);
	monitor_watch(m, core);
	monitor_unlock(&m->lock, core);
	return m->core[core].leaves;
}

void monitor_trapped(struct monitor *m, unsigned core, uint64_t address, uint64_t syndrome)
{
	const int context = monitor_context_of(m->config, core);

	if (context < 0)
		return;
	monitor_lock(&m->lock, core);
	m->trap[context] = (struct monitor_trap){ address, syndrome, core };
	record_trap(m, (unsigned)context);
	if (m->state[context] != LIFE_STOPPING) /* else who stops it says what comes then */
		monitor_stop_context(m, (unsigned)context);
	monitor_unlock(&m->lock, core);
}
