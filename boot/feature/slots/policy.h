/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which slot boots, and what becomes of the state: numbers in, numbers out. Whoever calls writes
 * the state that these change (slots_state_write()) before he acts on it.
 */
#ifndef BOOT_FEATURE_SLOTS_POLICY_H
#define BOOT_FEATURE_SLOTS_POLICY_H

#include "boot/feature/slots/state.h"

/*
 * Slots in the order in which to boot them, each if the one before was refused; returns how many.
 * First those that are confirmed or have tries left, the preferred one before the other. Then, for
 * a board must boot what it has, those whose tries are used up. Never one that is being written.
 */
unsigned policy_order(const struct slots_state *s, unsigned order[SLOTS]);

/* May @slot boot because of the state, or only because there is nothing else? */
bool policy_is_good(const struct slots_state *s, unsigned slot);

/* @slot is going to be booted: this takes one of its tries. True if @s has changed. */
bool policy_boot(struct slots_state *s, unsigned slot);

/* A signed image of @version was found in @slot. True if @s has changed. */
bool policy_found(struct slots_state *s, unsigned slot, uint32_t version);

/*
 * The boot of @slot has ended with a core already running, so that the other one could not be
 * tried: that one comes first the next time, unless it is being written. If @slot was confirmed,
 * that has to be earned anew. True if @s has changed.
 */
bool policy_ended(struct slots_state *s, unsigned slot);

/*
 * What was booted last is good: it is preferred from now on, and nothing older than its version
 * boots any more. True if @s has changed.
 */
bool policy_confirm(struct slots_state *s);

/* May the slot that was not booted last be written, by policy_write()'s rules? */
bool policy_may_update(const struct slots_state *s);

/*
 * Somebody wants a boot image in that slot: it waits elsewhere until the loader has verified it,
 * and then either wrote it (policy_written()) or refused it. True if @s has changed.
 */
bool policy_ask(struct slots_state *s);
bool policy_refuse(struct slots_state *s);

/*
 * @slot is going to be written. False, and nothing changed, for the slot that was booted last and
 * for the only one that is confirmed: a board keeps what it has.
 */
bool policy_write(struct slots_state *s, unsigned slot);

/*
 * Nothing runs, so neither slot is in use; and if @slot was @refused, it is no use that it was
 * confirmed: it may be written. True if @s has changed.
 */
bool policy_release(struct slots_state *s, unsigned slot, bool refused);

/* @slot holds a whole new image, which is tried next. Nothing waits for a slot any more. */
void policy_written(struct slots_state *s, unsigned slot);

#endif
