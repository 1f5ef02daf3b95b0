/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The monitor: what of the loader stays in the Secure world. It starts the cores of contexts, by
 * PSCI as they ask for it and each only its own, and stops and starts contexts for those whom the
 * manifest names (docs/monitor.md).
 *
 * All of it but monitor/platform.h is pure: state in struct monitor, calls in, answers out, the
 * same on the host. Every core runs it at the same time, without caches: what several of them write
 * is written under the lock (monitor/lock.h).
 */
#ifndef MONITOR_MONITOR_H
#define MONITOR_MONITOR_H

#include "base/bytes.h"
#include "monitor/config.h"
#include "monitor/life.h"
#include "monitor/lock.h"
#include "monitor/slots.h"

enum monitor_core_state { /* as PSCI's AFFINITY_INFO has them */
	CORE_ON,
	CORE_OFF,
	CORE_PENDING, /* told to start, not yet there */
};

/* Where a core goes, in which world, and what it finds in its first registers. */
struct monitor_entry {
	uintptr_t address; /* bit 0: in Thumb state */
	uintptr_t argument[3];
	uint32_t secure;
};

struct monitor_core {
	volatile uint32_t state;
	volatile uint32_t leaves; /* it is to leave its context */
	volatile uint32_t began;  /* by the loader's word, once */
	volatile uint32_t renews; /* its context is to be made anew before it enters it */
	struct monitor_entry entry;
};

struct monitor_watch {
	uint64_t until; /* ticks: its context is to be fed before; 0: it needs not */
	uint64_t armed; /* when its first core is interrupted */
	uint64_t since; /* the first of the restarts */
	uint32_t restarts;
};

/* Where a context was stopped for what it did; syndrome 0: it was not. */
struct monitor_trap {
	uint64_t address, syndrome;
	uint32_t core;
};

struct monitor {
	const struct monitor_config *config;
	struct monitor_lock lock;
	struct monitor_core core[MONITOR_CORES];
	volatile uint32_t state[MONITOR_CONTEXTS]; /* enum life_state */
	volatile uint32_t again[MONITOR_CONTEXTS]; /* it is to start when it has stopped */
	volatile uint32_t held[MONITOR_CONTEXTS];  /* by monitor/hold_boot.h: the bit is 0 */
	struct monitor_watch watch[MONITOR_CONTEXTS];
	struct monitor_trap trap[MONITOR_CONTEXTS]; /* the last of each */
	uint32_t refused[MONITOR_CONTEXTS];	    /* calls of that context */
	uint32_t records, dropped;		    /* in the boot record */
	struct slots_state slots;		    /* magic 0: there is none */
	volatile uint32_t writing;  /* their flash: nobody can read images from it */
	volatile uint32_t renewing; /* so many contexts are being made from there */
	volatile uint32_t is_open;  /* the loader has ended: contexts may be stopped and started */
};

/* The first four registers of a call, and of its answer. */
struct monitor_call {
	uintptr_t r[4];
};

/* The context that @core is of; -1: nobody's. */
int monitor_context_of(const struct monitor_config *config, unsigned core);

/* A core has come here, from reset or out of its context: nobody's code runs on it any more. */
void monitor_arrive(struct monitor *m, unsigned core);

/*
 * @core is first to enter its context, which the loader has made; said by @caller, and by others, but
 * done once, and not before @core is here.
 */
void monitor_enter_first(struct monitor *m, unsigned caller, unsigned core);

/* Where @core, which is here, goes next; NULL: nowhere, it sleeps until it is kicked. */
const struct monitor_entry *monitor_next(struct monitor *m, unsigned core);

/* @core was kicked out of its context's code: does it leave it? Else it goes on. */
bool monitor_kicked(struct monitor *m, unsigned core);

/*
 * @core's context has done at @address what is not its level's to do, as @syndrome says: the way on
 * is nobody's to know, and it is stopped.
 */
void monitor_trapped(struct monitor *m, unsigned core, uint64_t address, uint64_t syndrome);

/* A call from @core's context, with its answer; does it leave? */
bool monitor_call(struct monitor *m, unsigned core, struct monitor_call *call);

/*
 * Under the lock. An entry in the boot record: the name of @core's context, @what it does, to @whom,
 * and a number. Nothing while the loader still writes there.
 */
void monitor_record_open(struct monitor *m);
void monitor_record(struct monitor *m, unsigned core, int result, const char *what,
		    const char *whom, uint32_t value);
void monitor_record_at(struct monitor *m, unsigned core, int result, const char *what,
		       const char *whom, uint64_t address, uint64_t size);

/*
 * The parts of it: PSCI (Arm DEN 0022D) and SMCCC (DEN 0028), life cycle (monitor/life.h), also as
 * Linux's stm32_rproc asks for it (monitor/hold_boot.h), and slots (monitor/slots.h).
 */
bool monitor_psci(struct monitor *m, unsigned core, struct monitor_call *call, bool *leaves);
bool monitor_life(struct monitor *m, unsigned core, struct monitor_call *call);
bool monitor_hold_boot(struct monitor *m, unsigned core, struct monitor_call *call);
bool monitor_slots(struct monitor *m, unsigned core, struct monitor_call *call);

/* Under the lock, of a context that is not stopped: all its cores leave it. */
void monitor_stop_context(struct monitor *m, unsigned context);

/* Under the lock, of one that is: its first core makes it anew, and enters it. */
void monitor_start_context(struct monitor *m, unsigned context);

/* Likewise, but what is in its memory stays: it enters the start of that. */
void monitor_start_loaded(struct monitor *m, unsigned context);

/*
 * Its watchdog, if the manifest has given it one. Under the lock: the time runs from where its first
 * core, which this is, enters it; on every way of a core into the monitor it is looked whether it is
 * up. From any of its cores: it is fed, for @ms or, if that is 0, as long as there may be.
 */
void monitor_watch_begin(struct monitor *m, unsigned core, unsigned context);
void monitor_watch(struct monitor *m, unsigned core);
int monitor_watch_feed(struct monitor *m, unsigned core, uintptr_t ms);

/* Under the lock: that it was not fed, and what comes of it. */
void monitor_watch_record(struct monitor *m, unsigned core, unsigned context);

/*
 * Its memory as the loader made it, from the same bytes, verified before any of them is written;
 * false: they are not the same any more. Its cores are all here.
 */
bool monitor_renew(const struct monitor *m, unsigned context);

/* Of an LZ4 frame that is known to make @size bytes, these to @to; false: it does not. */
bool monitor_unpack(struct bytes frame, uint8_t *to, size_t size);

#endif
