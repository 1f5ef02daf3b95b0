/* SPDX-License-Identifier: BSD-2-Clause */
/* PSCI 1.1 (Arm DEN 0022D) for each context's own cores, and what SMCCC 1.1 (DEN 0028) asks. */
#include "monitor/monitor.h"
#include "monitor/platform.h"

#define PSCI_VERSION	       0x84000000u
#define PSCI_CPU_SUSPEND       0x84000001u
#define PSCI_CPU_OFF	       0x84000002u
#define PSCI_CPU_ON	       0x84000003u
#define PSCI_AFFINITY_INFO     0x84000004u
#define PSCI_MIGRATE_INFO_TYPE 0x84000006u
#define PSCI_SYSTEM_OFF	       0x84000008u
#define PSCI_SYSTEM_RESET      0x84000009u
#define PSCI_FEATURES	       0x8400000au
#define PSCI_CPU_SUSPEND_64    0xc4000001u
#define PSCI_CPU_ON_64	       0xc4000003u
#define PSCI_AFFINITY_INFO_64  0xc4000004u
#define SMCCC_VERSION	       0x80000000u

#define PSCI_1_1	0x00010001
#define SMCCC_1_1	0x00010001
#define POWER_DOWN	(1u << 16) /* of CPU_SUSPEND's power_state */
#define NOT_MIGRATABLE	2	   /* and no Trusted OS that would care */
#define INVALID		(-2)
#define DENIED		(-3)
#define ALREADY_ON	(-4)
#define ON_PENDING	(-5)
#define INVALID_ADDRESS (-9)
#define NOT_SUPPORTED	(-1)

/* Number of the core @id; cores if there is none. */
static unsigned find_core(const struct monitor_config *c, core_id_t id)
{
	unsigned i = 0;

	while (i < c->cores && c->core[i] != id)
		i++;
	return i;
}

static bool is_in_memory(const struct monitor_context *context, uintptr_t address)
{
	const struct range word = { address & ~(uintptr_t)1, 2 };

	return range_in_any(context->memory, context->memories, &word);
}

/* Nobody's core is told from somebody else's: what others have is none of the caller's business. */
static int cpu_on(struct monitor *m, unsigned caller, const uintptr_t r[4])
{
	const unsigned context = (unsigned)monitor_context_of(m->config, caller);
	const struct monitor_context *c = &m->config->context[context];
	const unsigned core = find_core(m->config, r[1]);
	struct monitor_core *to = &m->core[core];
	int answer = 0;

	if (core == m->config->cores)
		return INVALID;
	if (!(c->cores >> core & 1))
		return DENIED;
	if (!is_in_memory(c, r[2]))
		return INVALID_ADDRESS;
	monitor_lock(&m->lock, caller);
	if (m->state[context] != LIFE_RUNNING) { /* it is being stopped: this core goes, too */
		answer = DENIED;
	} else if (to->state == CORE_ON) {
		answer = ALREADY_ON;
	} else if (to->state == CORE_PENDING) {
		answer = ON_PENDING;
	} else {
		to->entry = (struct monitor_entry){ r[2], { r[3] }, c->secure };
		to->state = CORE_PENDING;
	}
	monitor_unlock(&m->lock, caller);
	if (!answer)
		platform_kick(m->config->core[core]);
	return answer;
}

static int affinity_info(const struct monitor *m, unsigned caller, const uintptr_t r[4])
{
	const int context = monitor_context_of(m->config, caller);
	const unsigned core = find_core(m->config, r[1]);

	if (r[2] || core == m->config->cores || !(m->config->context[context].cores >> core & 1))
		return INVALID;
	return (int)m->core[core].state;
}

static int features(uintptr_t function)
{
	switch ((uint32_t)function) {
	case PSCI_VERSION:
	case PSCI_CPU_SUSPEND:
	case PSCI_CPU_SUSPEND_64:
	case PSCI_CPU_OFF:
	case PSCI_CPU_ON:
	case PSCI_CPU_ON_64:
	case PSCI_AFFINITY_INFO:
	case PSCI_AFFINITY_INFO_64:
	case PSCI_MIGRATE_INFO_TYPE:
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
	case PSCI_FEATURES:
	case SMCCC_VERSION:
		return 0;
	default:
		return NOT_SUPPORTED;
	}
}

/* The board's, of who may do that; else the caller's context ends, or begins anew. */
static void system_end(struct monitor *m, unsigned caller, bool again)
{
	const unsigned context = (unsigned)monitor_context_of(m->config, caller);

	if (m->config->context[context].powers)
		platform_power(again);
	monitor_lock(&m->lock, caller);
	if (m->state[context] != LIFE_STOPPING) { /* else whoever stops it has the last word */
		m->again[context] = again;
		monitor_stop_context(m, context);
	}
	monitor_unlock(&m->lock, caller);
}

bool monitor_psci(struct monitor *m, unsigned core, struct monitor_call *call, bool *leaves)
{
	const uint32_t function = (uint32_t)call->r[0];
	int answer;

	switch (function) {
	case PSCI_VERSION:
		answer = PSCI_1_1;
		break;
	case SMCCC_VERSION:
		answer = SMCCC_1_1;
		break;
	case PSCI_MIGRATE_INFO_TYPE:
		answer = NOT_MIGRATABLE;
		break;
	case PSCI_FEATURES:
		answer = features(call->r[1]);
		break;
	case PSCI_CPU_ON:
	case PSCI_CPU_ON_64:
		answer = cpu_on(m, core, call->r);
		break;
	case PSCI_AFFINITY_INFO:
	case PSCI_AFFINITY_INFO_64:
		answer = affinity_info(m, core, call->r);
		break;
	case PSCI_CPU_SUSPEND_64:
	case PSCI_CPU_SUSPEND: /* standby, which ends at once, is all there is */
		answer = call->r[1] & POWER_DOWN ? INVALID : 0;
		break;
	case PSCI_CPU_OFF:
		answer = DENIED; /* if it comes back */
		*leaves = true;
		break;
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
		system_end(m, core, function == PSCI_SYSTEM_RESET);
		answer = 0;
		*leaves = true;
		break;
	default:
		return false;
	}
	call->r[0] = (uintptr_t)answer;
	return true;
}
