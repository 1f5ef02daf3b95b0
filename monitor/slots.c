/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot state, for those who may know and change it. It is kept here, and in flash for the next
 * boot: contexts are made anew from the same flash, which can't be read while it is written.
 */
#include "boot/feature/slots/policy.h"
#include "monitor/monitor.h"
#include "monitor/platform.h"

static int show(const struct monitor *m, struct monitor_call *call)
{
	const struct slots_state *s = &m->slots;

	call->r[1] = s->booted * SLOTS_BOOTED_B |
		     (s->status[s->booted] == SLOT_CONFIRMED) * SLOTS_CONFIRMED |
		     !!s->update * SLOTS_UPDATING;
	call->r[2] = s->minimum;
	return LIFE_OK;
}

/* Under the lock, which is left while flash is written. */
static int keep(struct monitor *m, unsigned core, struct slots_state *s, bool updates)
{
	int result;

	if (m->writing || m->renewing)
		return LIFE_PENDING;
	m->writing = true;
	monitor_unlock(&m->lock, core);
	result = slots_state_write(platform_state_flash(), s);
	monitor_lock(&m->lock, core);
	m->writing = false;
	if (!result)
		m->slots = *s;
	monitor_record(m, core, result, updates ? " updates " : " confirms ",
		       updates != s->booted ? "slot b" : "slot a", 0);
	return result ? SLOTS_FAILED : LIFE_OK;
}

static int change(struct monitor *m, unsigned core, bool updates)
{
	struct slots_state s = m->slots;

	if (updates && !policy_may_update(&s))
		return SLOTS_KEPT;
	if (updates ? !policy_ask(&s) : !policy_confirm(&s))
		return LIFE_OK;
	return keep(m, core, &s, updates);
}

bool monitor_slots(struct monitor *m, unsigned core, struct monitor_call *call)
{
	const uint32_t function = (uint32_t)call->r[0];
	const int caller = monitor_context_of(m->config, core);
	int answer;

	if (function != SLOTS_STATE && function != SLOTS_CONFIRM && function != SLOTS_UPDATE)
		return false;
	monitor_lock(&m->lock, core);
	if (!m->config->context[caller].slots)
		answer = LIFE_DENIED;
	else if (!m->is_open)
		answer = LIFE_PENDING;
	else if (!m->slots.magic)
		answer = LIFE_NOT_SUPPORTED;
	else if (function == SLOTS_STATE)
		answer = show(m, call);
	else
		answer = change(m, core, function == SLOTS_UPDATE);
	monitor_unlock(&m->lock, core);
	call->r[0] = (uintptr_t)answer;
	return true;
}
