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

	call->r[1] = (s->booted ? SLOTS_BOOTED_B : 0) |
		     (s->status[s->booted] == SLOT_CONFIRMED ? SLOTS_CONFIRMED : 0) |
		     (s->update ? SLOTS_UPDATING : 0);
	call->r[2] = s->minimum;
	return LIFE_OK;
}

/* Under the lock, which is left while flash is written. */
static int change(struct monitor *m, unsigned core, bool (*policy)(struct slots_state *s),
		  const char *what, unsigned slot)
{
	struct slots_state s = m->slots;
	int result;

	if (m->writing || m->renewing)
		return LIFE_PENDING;
	if (!policy(&s))
		return LIFE_OK;
	m->writing = true;
	monitor_unlock(&m->lock, core);
	result = slots_state_write(platform_state_flash(), &s);
	monitor_lock(&m->lock, core);
	m->writing = false;
	if (!result)
		m->slots = s;
	monitor_record(m, core, result, what, slot ? "slot b" : "slot a", 0);
	return result ? SLOTS_FAILED : LIFE_OK;
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
	else if (function == SLOTS_CONFIRM)
		answer = change(m, core, policy_confirm, " confirms ", m->slots.booted);
	else if (!policy_may_update(&m->slots))
		answer = SLOTS_KEPT;
	else
		answer = change(m, core, policy_ask, " updates ", !m->slots.booted);
	monitor_unlock(&m->lock, core);
	call->r[0] = (uintptr_t)answer;
	return true;
}
