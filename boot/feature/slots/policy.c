/* SPDX-License-Identifier: BSD-2-Clause */
#include "boot/feature/slots/policy.h"

#define UPDATE_TRIES 3

static unsigned other(unsigned slot)
{
	return !slot;
}

bool policy_is_good(const struct slots_state *s, unsigned slot)
{
	return s->status[slot] == SLOT_CONFIRMED ||
	       (s->status[slot] == SLOT_TRIED && s->tries[slot]);
}

unsigned policy_order(const struct slots_state *s, unsigned order[SLOTS])
{
	const unsigned preference[SLOTS] = { s->preferred, other(s->preferred) };
	unsigned count = 0;

	for (unsigned good = 2; good-- > 0;)
		for (unsigned i = 0; i < SLOTS; i++)
			if (s->status[preference[i]] != SLOT_WRITTEN &&
			    policy_is_good(s, preference[i]) == good)
				order[count++] = preference[i];
	return count;
}

bool policy_boot(struct slots_state *s, unsigned slot)
{
	bool tried = s->status[slot] == SLOT_TRIED && s->tries[slot];
	bool changed = tried || s->booted != slot;

	s->tries[slot] = (uint8_t)(s->tries[slot] - tried);
	s->booted = (uint8_t)slot;
	return changed;
}

bool policy_found(struct slots_state *s, unsigned slot, uint32_t version)
{
	bool changed = s->version[slot] != version;

	s->version[slot] = version;
	return changed;
}

bool policy_ended(struct slots_state *s, unsigned slot)
{
	unsigned next = s->status[other(slot)] == SLOT_WRITTEN ? slot : other(slot);
	bool lost = s->status[slot] == SLOT_CONFIRMED;
	bool changed = lost || s->preferred != next;

	s->preferred = (uint8_t)next;
	if (lost) {
		s->status[slot] = SLOT_TRIED;
		s->tries[slot] = s->attempts;
	}
	return changed;
}

bool policy_confirm(struct slots_state *s)
{
	unsigned slot = s->booted;
	uint32_t minimum = s->minimum > s->version[slot] ? s->minimum : s->version[slot];
	bool changed = s->status[slot] != SLOT_CONFIRMED || s->preferred != slot ||
		       s->minimum != minimum;

	s->status[slot] = SLOT_CONFIRMED;
	s->preferred = (uint8_t)slot;
	s->minimum = minimum;
	return changed;
}

static bool may_be_written(const struct slots_state *s, unsigned slot)
{
	return slot != s->booted &&
	       (s->status[slot] != SLOT_CONFIRMED || s->status[other(slot)] == SLOT_CONFIRMED);
}

bool policy_may_update(const struct slots_state *s)
{
	return may_be_written(s, other(s->booted));
}

bool policy_ask(struct slots_state *s)
{
	bool changed = !s->update;

	s->update = UPDATE_TRIES;
	return changed;
}

bool policy_refuse(struct slots_state *s)
{
	bool changed = s->update;

	s->update = 0;
	return changed;
}

bool policy_write(struct slots_state *s, unsigned slot)
{
	if (!may_be_written(s, slot))
		return false;
	s->status[slot] = SLOT_WRITTEN;
	s->preferred = (uint8_t)other(slot);
	return true;
}

bool policy_release(struct slots_state *s, unsigned slot, bool refused)
{
	bool lost = refused && s->status[slot] == SLOT_CONFIRMED;
	bool changed = lost || s->booted == slot;

	if (lost)
		s->status[slot] = SLOT_TRIED;
	s->booted = (uint8_t)other(slot);
	return changed;
}

void policy_written(struct slots_state *s, unsigned slot)
{
	s->status[slot] = SLOT_TRIED;
	s->tries[slot] = s->attempts;
	s->version[slot] = 0;
	s->update = 0;
	s->preferred = (uint8_t)slot;
}
