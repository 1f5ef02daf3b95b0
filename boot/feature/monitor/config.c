/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan as the monitor has it. Compiled for the host, too. */
#include <string.h>

#include "boot/feature/monitor/config.h"
#include "boot/feature/stm32.h"
#include "doorbell/ipcc.h"

static uint32_t controls_of(const struct plan *plan, const struct manifest_context *m)
{
	uint32_t mask = 0;

	for (unsigned i = 0; i < plan->contexts; i++)
		if (manifest_controls(m, plan->context[i].manifest->name))
			mask |= 1u << i;
	return mask;
}

static void set_memory(const struct plan *plan, const struct plan_context *c,
		       struct monitor_context *to)
{
	const struct range *memory = c->runs_linux ? plan->tree.memory : c->manifest->memory;
	unsigned count = c->runs_linux ? plan->tree.memories : c->manifest->memories;

	for (; to->memories < count && to->memories < MONITOR_MEMORIES; to->memories++)
		to->memory[to->memories] = memory[to->memories];
}

static uint32_t hold_boot_of(const struct plan *plan, const struct plan_context *c)
{
	for (unsigned i = 0; i < plan->links; i++) {
		const struct plan_link *link = &plan->link[i];

		if (link->end[LINK_OWNER] == c && stm32_loads(link))
			return (uint32_t)link->page.base + STM32_HOLDBOOT;
	}
	return 0;
}

static void add_context(struct monitor_config *config, const struct plan *plan,
			const struct plan_context *c)
{
	struct monitor_context *to = &config->context[c->index];
	const struct image *main = &c->image[PLAN_MAIN].image;

	memcpy(to->name, c->manifest->name, strnlen(c->manifest->name, sizeof(to->name) - 1));
	if (c->failed)
		return;
	to->cores = c->cores;
	to->first = c->core;
	to->controls = controls_of(plan, c->manifest);
	to->powers = c->manifest->powers;
	to->slots = c->manifest->slots;
	to->secure = c->manifest->secure;
	to->watchdog = (struct monitor_watchdog){ c->manifest->watchdog[0],
						  c->manifest->watchdog[1],
						  c->manifest->watchdog[2] };
	to->entry = main->entry;
	to->thumb = main->thumb;
	if (c->runs_linux && main->bits == 64) {
		to->argument[0] = (uintptr_t)plan->fdt.base;
	} else if (c->runs_linux) {
		to->argument[1] = UINT32_MAX;
		to->argument[2] = (uintptr_t)plan->fdt.base;
	} else {
		to->argument[0] = (uintptr_t)c->table_home.base;
	}
	set_memory(plan, c, to);
	to->hold_boot = hold_boot_of(plan, c);
	to->holder = (unsigned)plan->linux_context;
}

void monitor_configure(struct monitor_config *config, const struct plan *plan)
{
	const struct core_set *cores = &plan->in->board->core;

	config->contexts = plan->contexts;
	config->record = plan->in->board->record.base;
	for (; cores->mask >> config->cores; config->cores++)
		config->core[config->cores] = cores->id[config->cores];
	for (unsigned i = 0; i < plan->contexts; i++)
		add_context(config, plan, &plan->context[i]);
}
