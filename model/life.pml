/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The life of a context, as monitor/core.c, life.c, psci.c and watchdog.c have it, by the same names:
 * a context with two cores, which switch each other on and themselves off, end their context and
 * begin it anew, or hang; one that controls it and stops and starts it; a watchdog that bites;
 * images that verify or don't. For all orders of steps:
 *
 *  - no core is in the context's code while its memory is made anew, nor once it is said to have stopped
 *  - a core enters it only when it has been made
 *  - no run goes on for ever
 *  - when nothing happens any more, nobody is on the way: what was to stop has, and what was to start
 *    has, or is broken
 *
 * Not in here are contexts that Linux loads (monitor/hold_boot.c), and writes to flash.
 *
 * What happens under the lock is one step, and so is what a core does by itself. A kick is a latch:
 * two that come at once are one.
 *
 * BREAK_X   the monitor with one thing wrong: must be found out (model/check)
 */
#ifndef ORDERS
#define ORDERS 3 /* of the one that controls it */
#endif
#ifndef CALLS
#define CALLS 3 /* of the context's own */
#endif
#ifndef BITES
#define BITES 1
#endif

#define FIRST 0

mtype = { ON, OFF, PENDING };
mtype = { STOPPED, STARTING, RUNNING, STOPPING, BROKEN };

mtype core_state[2] = ON; /* until they have arrived */
mtype state = STOPPED;
bool leaves[2], renews, again, kick[2], inside[2];
bool making, made; /* its memory: by its first core */
byte calls, bites;

#define never_together assert(!making || !(inside[0] || inside[1]))

inline stop_context(step)
{
	state = STOPPING;
	step = 0;
	do
	:: step < 2 && core_state[step] != OFF -> leaves[step] = true; kick[step] = true; step++
	:: step < 2 && core_state[step] == OFF -> step++
	:: step == 2 -> break
	od
}

inline start_context()
{
	state = STARTING;
	renews = true;
	core_state[FIRST] = PENDING;
	kick[FIRST] = true
}

#ifdef BREAK_FIRST_COUNTS
#define all_off (core_state[FIRST] == OFF)
#else
#define all_off (core_state[0] == OFF && core_state[1] == OFF)
#endif

/* Of a core that is here. */
inline left()
{
	core_state[me] = OFF;
	leaves[me] = false;
	if
	:: me == FIRST -> renews = false
	:: else
	fi;
	if
	:: all_off ->
		if
		:: state != BROKEN -> state = STOPPED
		:: else
		fi;
		assert(!inside[0] && !inside[1]);
		if
		:: again -> again = false; start_context()
		:: else
		fi
	:: else
	fi
}

/* On the first core: the time may be up. */
inline watch()
{
	if
	:: me == FIRST && state == RUNNING && bites < BITES ->
		bites++;
		if
		:: again = true
		:: again = false
		fi;
		stop_context(step)
	:: true
	fi
}

/* Its context, or nothing. */
inline enter()
{
	if
#ifndef BREAK_ENTERS_ANYWAY
	:: core_state[me] == PENDING && leaves[me] -> left()
	:: core_state[me] == PENDING && !leaves[me] ->
#else
	:: core_state[me] == PENDING ->
#endif
		core_state[me] = ON;
		if
		:: state == STARTING -> state = RUNNING
		:: else
		fi;
		assert(made && (state == RUNNING || state == STOPPING));
		inside[me] = true;
		never_together;
		goto end_inside
	:: core_state[me] != PENDING
	fi
}

proctype core(byte me)
{
	byte step;

arrive:
	atomic { left(); watch() }
next:
	atomic {
		watch();
		if
		:: me == FIRST && core_state[me] == PENDING && !leaves[me] && renews ->
			renews = false;
			goto renew
		:: else -> enter()
		fi
	}
end_asleep:
	atomic { kick[me] -> kick[me] = false; goto next }
renew:
	atomic { making = true; made = false; never_together }
	atomic {
		making = false;
		if
		:: made = true
		:: state = BROKEN; leaves[me] = true
		fi;
		enter();
		goto end_asleep
	}
end_inside:
	do
	:: atomic { kick[me] -> kick[me] = false }
	   atomic {
		watch();
		if
		:: leaves[me] -> inside[me] = false; goto arrive
		:: else
		fi
	   }
	:: atomic { calls < CALLS -> calls++ } /* CPU_OFF */
	   atomic { inside[me] = false; goto arrive }
	:: atomic { calls < CALLS -> calls++ } /* CPU_ON */
	   atomic {
		if
#ifndef BREAK_ON_WHILE_STOPPING
		:: state == RUNNING && core_state[1 - me] == OFF ->
#else
		:: core_state[1 - me] == OFF ->
#endif
			core_state[1 - me] = PENDING;
			step = 1
		:: else -> step = 0
		fi
	   }
	   if
	   :: step == 1 -> kick[1 - me] = true
	   :: else
	   fi
	:: atomic { calls < CALLS -> calls++ } /* SYSTEM_RESET, SYSTEM_OFF */
	   atomic {
		if
#ifndef BREAK_RESETS_WHILE_STOPPING
		:: state != STOPPING ->
#else
		:: true ->
#endif
			if
			:: again = true
			:: again = false
			fi;
			stop_context(step)
		:: else
		fi;
		inside[me] = false;
		goto arrive
	   }
	od
}

bool stopped; /* by the last order, which is to hold */

/* Whoever controls it. */
proctype controls()
{
	byte order, step;

	do
	:: order < ORDERS ->
		order++;
		atomic { /* stop */
			stopped = true;
#ifndef BREAK_BEGINS_AGAIN
			again = false;
#endif
			if
			:: state == STARTING || state == RUNNING || state == STOPPING ->
				stop_context(step)
			:: else
			fi
		}
	:: order < ORDERS ->
		order++;
		atomic { /* start */
			if
			:: state == STOPPED || state == BROKEN ->
				stopped = false;
				start_context()
			:: else /* it is told so, and asks again */
			fi
		}
	:: break
	od
}

/* The watchdog's alarm: it may be early, and rings no more often than it may bite. */
proctype alarm()
{
	byte rings;

	do
	:: rings <= BITES -> rings++; kick[FIRST] = true
	:: break
	od
}

/* Nothing can happen any more. */
proctype rests()
{
	timeout;
	assert(state == STOPPED || state == BROKEN || state == RUNNING);
	assert(!again || state == RUNNING);
	assert(!stopped || state == STOPPED || state == BROKEN);
	assert(state != RUNNING || inside[0] || inside[1] || core_state[FIRST] == PENDING)
}

init
{
	atomic {
		run core(0);
		run core(1);
		run controls();
		run alarm();
		run rests()
	}
}
